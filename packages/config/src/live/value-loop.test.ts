/**
 * The loop from content to the value in use. Cuts are handed in as a feed would, so that every interleaving can be had:
 * content that comes while a hook or a handler is at work, hooks that hang, values that end meanwhile.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError } from '@concord/client';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { itemOf } from '../item/item.ts';
import type { Cut } from './cut.ts';
import {
  ValueLoop,
  type Accepted,
  type ApplyHook,
  type LoopListener,
  type LoopSettings,
} from './value-loop.ts';

/** Takes numbers alone. */
const numbers: StandardSchemaV1<unknown, number> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) =>
      typeof value === 'number' ? { value } : { issues: [{ message: 'no number' }] },
  },
};

const plain = (revision: number, text: string, source: Cut['source'] = 'live'): Cut => ({
  states: [{ plain: { text, revision } }],
  revision,
  source,
  at: 0,
});

class Stage implements LoopListener {
  readonly loop: ValueLoop;
  readonly log: string[] = [];
  /** What handlers do. */
  onDeliver: () => Promise<void> = () => Promise.resolve();
  #settled = Promise.withResolvers<void>();

  constructor(options: { apply?: ApplyHook<unknown>; applyTimeoutMs?: number } = {}) {
    const item = itemOf(
      'test',
      '/x',
      { schema: numbers, format: 'json' },
      { namespace: 'default', inherits: undefined, environment: undefined },
    );
    const settings: LoopSettings = {
      operation: 'config.watch',
      name: 'x',
      items: [item],
      bundle: undefined,
      schema: undefined,
      apply: options.apply,
      applyTimeoutMs: options.applyTimeoutMs ?? 1000,
      context: () => ({ identity: { id: 'me', labels: {} }, keys: undefined, override: undefined }),
    };
    this.loop = new ValueLoop(settings, this);
  }

  accepted({ value }: Accepted, _: Accepted | undefined, isNew: boolean): void {
    this.#note(`${isNew ? 'new' : 'same'} ${String(value)}`);
  }

  async deliver({ value }: Accepted): Promise<void> {
    this.#note(`handlers begin ${String(value)}`);
    await this.onDeliver();
    this.#note(`handlers end ${String(value)}`);
  }

  rejected({ error }: { error: ConcordError }): void {
    this.#note(
      error.message.replace(/^.* was rejected: /, 'rejected: ').replace(/; release content.*/, ''),
    );
  }

  gone(error: ConcordError): void {
    this.#note(error.code);
  }

  unexpected(error: unknown): void {
    this.#note(String(error));
  }

  traced<T>(_: unknown, work: () => Promise<T>): Promise<T> {
    return work();
  }

  /** Resolves when the log ends with `line`. */
  async until(line: string): Promise<void> {
    while (this.log.at(-1) !== line) await this.#settled.promise;
  }

  #note(line: string): void {
    this.log.push(line);
    this.#settled.resolve();
    this.#settled = Promise.withResolvers();
  }
}

test('what comes while handlers run waits for them, and only the newest of it is looked at', async () => {
  const stage = new Stage();
  await stage.loop.start(plain(1, '1'));
  const handling = Promise.withResolvers<void>();
  stage.onDeliver = () => handling.promise;
  stage.loop.offer(plain(2, '2'));
  await stage.until('handlers begin 2');
  for (const text of ['3', '"bad"', '5']) stage.loop.offer(plain(Number(text) || 4, text));
  assert.equal(stage.loop.accepted?.value, 2);
  handling.resolve();
  await stage.until('handlers end 5');
  assert.deepEqual(stage.log, [
    'new 1',
    'new 2',
    'handlers begin 2',
    'handlers end 2',
    'new 5',
    'handlers begin 5',
    'handlers end 5',
  ]);
});

test('the same content again is nothing new, and the same value of other content is no change', async () => {
  const stage = new Stage();
  await stage.loop.start(plain(1, '1'));
  stage.loop.offer(plain(1, '1'));
  stage.loop.offer(plain(2, ' 1 '));
  await stage.until('same 1');
  assert.deepEqual(stage.log, ['new 1', 'same 1']);
  assert.equal(stage.loop.accepted?.cut.revision, 2);
});

test('rejected content leaves the value, and is not judged again until there is other content', async () => {
  const stage = new Stage();
  await stage.loop.start(plain(1, '1'));
  stage.loop.offer(plain(2, '"x"'));
  await stage.until('rejected: no number');
  stage.loop.offer(plain(2, '"x"'));
  assert.equal(stage.loop.accepted?.value, 1);
  assert.equal(stage.loop.rejection?.cut.revision, 2);
  stage.loop.offer(plain(3, '3'));
  await stage.until('handlers end 3');
  assert.deepEqual(stage.log.filter((line) => line.startsWith('rejected')).length, 1);
  assert.equal(stage.loop.rejection, undefined);
});

test('a snapshot in place of rejected content does not hide the rejection', async () => {
  const stage = new Stage();
  assert.ok(ConcordError.is(await stage.loop.start(plain(5, '"x"')), 'CONFIG_INVALID'));
  assert.equal(await stage.loop.start(plain(4, '4', 'snapshot')), undefined);
  assert.equal(stage.loop.accepted?.value, 4);
  assert.equal(stage.loop.rejection?.cut.revision, 5);
});

test('an apply hook that hangs is given up after its time, with its signal aborted', async () => {
  const signals: AbortSignal[] = [];
  const stage = new Stage({
    applyTimeoutMs: 20,
    apply: (next, _, { signal }) => {
      signals.push(signal);
      return next === 2 ? new Promise<void>(() => undefined) : undefined;
    },
  });
  await stage.loop.start(plain(1, '1'));
  stage.loop.offer(plain(2, '2'));
  await stage.until(
    'rejected: apply threw: config.watch: apply: it did not finish in 20 ms; do less there, or allow it more time (option "applyTimeout")',
  );
  assert.deepEqual(
    signals.map(({ aborted }) => aborted),
    [false, true],
  );
  stage.loop.offer(plain(3, '3'));
  await stage.until('handlers end 3');
});

test('closing ends a hook, and nothing becomes current after it', async () => {
  const begun = Promise.withResolvers<AbortSignal>();
  const stage = new Stage({
    apply: (next, _, { signal }) => {
      if (next !== 2) return undefined;
      begun.resolve(signal);
      return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    },
  });
  await stage.loop.start(plain(1, '1'));
  stage.loop.offer(plain(2, '2'));
  const signal = await begun.promise;
  stage.loop.close(new ConcordError('CLOSED', { operation: 'test', problem: 'closed' }));
  assert.ok(signal.aborted);
  stage.loop.offer(plain(3, '3'));
  await new Promise(setImmediate);
  assert.equal(stage.loop.accepted?.value, 1);
  assert.deepEqual(stage.log, ['new 1']);
});
