/** Live values as services use them: put, release, delete; handlers, streams and selections; what is refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type } from 'arktype';
import { ConcordError } from '@concord/client';
import { defineConfig, type ConfigDefinition } from '@concord/config';
import * as v from 'valibot';
import { z } from 'zod';
import { onEachBackend } from '../harness/each-backend.ts';
import { Recorder, Stage } from './stage.ts';

const codeIs = (code: ConcordError['code'], text: RegExp) => (error: unknown) => {
  assert.ok(ConcordError.is(error), String(error));
  assert.equal(error.code, code);
  assert.match(error.message, text);
  return true;
};

onEachBackend('a live value', (target) => {
  test('a plain put reloads it, and a release takes over from the key', async () => {
    await using stage = new Stage(target);
    const client = await stage.client();
    const config = await stage.config();
    await client.kv.put('/db/url', 'postgres://one');
    const url = await config.watch('/db/url');
    const recorder = new Recorder(url);
    assert.equal(url.current, 'postgres://one');
    assert.equal(url.info.track, 'plain');
    assert.equal(url.info.source, 'live');

    await client.kv.put('/db/url', 'postgres://two');
    const put = await recorder.until(({ value }) => value === 'postgres://two');
    assert.equal(put.previous, 'postgres://one');

    const { release, revision } = await config.release('/db/url', 'postgres://three');
    const released = await recorder.until(({ value }) => value === 'postgres://three');
    assert.equal(release, 1);
    assert.equal(released.release, 1);
    assert.equal(released.revision, revision);
    assert.equal(url.info.track, 'base');

    // What lies under the release changes, and nobody is told.
    await client.kv.put('/db/url', 'postgres://hidden');
    await config.delete('/db/url');
    await recorder.until(({ value }) => value === 'postgres://hidden');
    assert.deepEqual(recorder.values, ['postgres://two', 'postgres://three', 'postgres://hidden']);
  });

  test('a loop begins with the value there is, so that no change falls between the watch and the loop', async () => {
    await using stage = new Stage(target);
    const client = await stage.client();
    const config = await stage.config();
    await client.kv.put('/db/url', 'one');
    const url = await config.watch('/db/url');
    const seen: unknown[] = [];
    for await (const { value, previous, changed } of url) {
      seen.push([previous, value, changed.length]);
      if (seen.length === 2) break;
      await client.kv.put('/db/url', 'two');
    }
    assert.deepEqual(seen[0], ['one', 'one', 0]);
    assert.deepEqual(seen[1], ['one', 'two', 1]);
  });

  test('a missing item is an error with a remedy, unless it is optional or has a fallback', async () => {
    await using stage = new Stage(target);
    const config = await stage.config();
    await assert.rejects(
      config.watch('/nothing'),
      codeIs(
        'CONFIG_MISSING',
        /nothing is not there; release "nothing" or put "\/nothing", give it a fallback/,
      ),
    );
    const optional = await config.watch('/nothing', { optional: true });
    assert.equal(optional.current, undefined);
    const fallback = await config.watch('/nothing', { fallback: 'this' });
    assert.equal(fallback.current, 'this');
    assert.equal(fallback.info.source, 'fallback');
    await assert.rejects(config.get('/nothing'), codeIs('CONFIG_MISSING', /is not there/));
    assert.equal(await config.get('/nothing', { optional: true }), undefined);
  });

  test('the suffix of a plain path, or its option, says what the text is', async () => {
    await using stage = new Stage(target);
    const client = await stage.client();
    const config = await stage.config();
    await client.kv.put('/a.yaml', 'pool:\n  max: 3\n');
    await client.kv.put('/b', '[pool]\nmax = 3\n');
    const expected = { pool: { max: 3 } };
    const a = await config.watch<typeof expected>('/a.yaml');
    const b = await config.watch<typeof expected>('/b', { format: 'toml' });
    assert.deepEqual([a.current, b.current], [expected, expected]);
    assert.throws(() => (a.current.pool.max = 4), TypeError);
    await client.kv.put('/c.json', '{\n "a": 1,\n}');
    await assert.rejects(
      config.watch('/c.json'),
      codeIs('CONFIG_INVALID', /plain \(\/c\.json\): it is not valid JSON.*at line 3, column 1/),
    );
  });

  test('schemas of zod, valibot and arktype make the value and its type', async () => {
    await using stage = new Stage(target);
    const client = await stage.client();
    const config = await stage.config();
    await client.kv.put('orders/db', '{ "url": "postgres://a", "max": 3 }');
    const definitions = [
      defineConfig({
        id: 'orders/db',
        schema: z.object({ url: z.url(), max: z.number().max(10) }),
      }),
      defineConfig({
        id: 'orders/db',
        schema: v.object({ url: v.string(), max: v.pipe(v.number(), v.maxValue(10)) }),
      }),
      defineConfig({ id: 'orders/db', schema: type({ url: 'string', max: 'number <= 10' }) }),
    ] satisfies ConfigDefinition<{ url: string; max: number }>[];
    for (const definition of definitions) {
      const live = await config.watch(definition);
      const max: number = live.current.max;
      assert.equal(max, 3);
      const rejected = config.events.once('rejected');
      await client.kv.put('orders/db', '{ "url": "postgres://a", "max": 30 }');
      const { issues, error } = await rejected;
      assert.equal(issues[0]?.path, 'max');
      assert.match(error.message, /^config\.watch: the content of orders\/db was rejected: max: /);
      assert.equal(live.current.max, 3);
      await live.close();
      await client.kv.put('orders/db', '{ "url": "postgres://a", "max": 3 }');
    }
  });

  test('handlers are awaited in order, and one that throws stops nobody', async () => {
    await using stage = new Stage(target);
    const client = await stage.client();
    const config = await stage.config();
    await client.kv.put('/x', '0');
    const live = await config.watch('/x');
    const calls: string[] = [];
    live.onChange(async ({ value }) => {
      calls.push(`first begins ${value}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
      calls.push(`first ends ${value}`);
    });
    live.onChange(({ value }) => {
      calls.push(`second ${value}`);
      throw new Error('second is bad');
    });
    const failures: unknown[] = [];
    config.events.on('handlerFailed', ({ error }) => failures.push(error));
    const recorder = new Recorder(live);
    await client.kv.put('/x', '1');
    await recorder.until(({ value }) => value === '1');
    await client.kv.put('/x', '2');
    await recorder.until(({ value }) => value === '2');
    assert.deepEqual(calls, [
      'first begins 1',
      'first ends 1',
      'second 1',
      'first begins 2',
      'first ends 2',
      'second 2',
    ]);
    assert.deepEqual(failures.map(String), ['Error: second is bad', 'Error: second is bad']);
  });

  test('a slow reader skips what is outdated, and is told what changed since it last looked', async () => {
    await using stage = new Stage(target);
    const client = await stage.client();
    const config = await stage.config();
    await client.kv.put('/x.json', '{ "a": 0, "b": 0 }');
    const live = await config.watch<{ a: number; b: number }>('/x.json');
    const reader = live.updates();
    const a = live.select(({ a }) => a);
    const seen: number[] = [];
    a.onChange(({ value }) => void seen.push(value));
    const recorder = new Recorder(live);
    for (const text of ['{ "a": 1, "b": 0 }', '{ "a": 1, "b": 1 }', '{ "a": 1, "b": 2 }']) {
      await client.kv.put('/x.json', text);
      await recorder.until(({ value }) => value.b === (JSON.parse(text) as { b: number }).b);
    }
    await recorder.until(({ value }) => value.b === 2);
    const { value: update } = (await reader.next()) as { value: (typeof recorder.updates)[number] };
    assert.deepEqual(update.value, { a: 1, b: 2 });
    assert.deepEqual(update.previous, { a: 0, b: 0 });
    assert.deepEqual(update.changed, ['a', 'b']);
    assert.deepEqual(seen, [1]);
    assert.equal(a.current, 1);
    await live.close();
    assert.deepEqual(await reader.next(), { value: undefined, done: true });
    assert.throws(() => live.onChange(() => undefined), codeIs('CLOSED', /is closed/));
  });

  test('a deleted item keeps its last value, falls back, or fails, as its definition says', async () => {
    await using stage = new Stage(target);
    const config = await stage.config();
    await config.release('x', { a: 1 }, { format: 'json' });
    const schema = z.object({ a: z.number() });
    const kept = await config.watch(defineConfig({ id: 'x', schema }));
    const back = await config.watch(
      defineConfig({ id: 'x', schema, fallback: { a: 0 }, onDelete: 'fallback' }),
    );
    const failing = await config.watch(defineConfig({ id: 'x', schema, onDelete: 'fail' }));
    const recorder = new Recorder(back);
    const deleted = config.events.once('deleted');
    await config.delete('x');
    await recorder.until(({ value }) => value.a === 0);
    await deleted;
    assert.deepEqual(kept.current, { a: 1 });
    assert.throws(() => failing.current, codeIs('CONFIG_MISSING', /x was deleted/));
    // It comes back with the item.
    const again = new Recorder(failing);
    await config.release('x', { a: 2 }, { format: 'json' });
    await again.until(({ value }) => value.a === 2);
    assert.deepEqual(failing.current, { a: 2 });
  });

  test('the apply hook runs before a value is current, and a hook that throws keeps the old one', async () => {
    await using stage = new Stage(target);
    const client = await stage.client();
    const config = await stage.config();
    await client.kv.put('/x', 'good');
    const applied: [string, string | undefined, string | undefined][] = [];
    const live = await config.watch('/x', {
      apply: (next, previous): void => {
        applied.push([next, previous, current()]);
        if (next === 'bad') throw new Error('cannot use it');
      },
    });
    function current(): string | undefined {
      return applied.length === 0 ? undefined : live.current;
    }
    const rejected = config.events.once('rejected');
    await client.kv.put('/x', 'bad');
    assert.match((await rejected).error.message, /apply threw: cannot use it/);
    assert.equal(live.current, 'good');
    const recorder = new Recorder(live);
    await client.kv.put('/x', 'better');
    await recorder.until(({ value }) => value === 'better');
    assert.deepEqual(applied, [
      ['good', undefined, undefined],
      ['bad', 'good', 'good'],
      ['better', 'good', 'good'],
    ]);
    assert.equal(live.info.rejected, undefined);
  });

  test('layers lie over each other, and explain() tells which gave what', async () => {
    await using stage = new Stage(target);
    const client = await stage.client();
    const config = await stage.config({
      environment: { variables: { CONCORD_CONFIG_DEFAULT_ORDERS_DB: '{ "pool": { "min": 2 } }' } },
    });
    await client.kv.put('orders/db', '{ "pool": { "max": 5 }, "host": "plain" }');
    await config.release('orders/db', { host: 'released' }, { format: 'json' });
    const schema = z.object({
      host: z.string(),
      pool: z.object({ min: z.number(), max: z.number(), wait: z.number() }),
    });
    const definition = defineConfig({
      id: 'orders/db',
      schema,
      merge: true,
      fallback: { host: 'fallback', pool: { min: 0, max: 1, wait: 9 } },
    });
    const live = await config.watch(definition);
    assert.deepEqual(live.current, { host: 'released', pool: { min: 2, max: 5, wait: 9 } });
    const [explanation] = live.explain();
    assert.deepEqual(
      Object.fromEntries(explanation?.fields.map(({ path, layer }) => [path, layer]) ?? []),
      {
        host: 'release',
        'pool.min': 'environment',
        'pool.max': 'plain',
        'pool.wait': 'fallback',
      },
    );
    assert.deepEqual(
      explanation?.layers.map(({ name }) => name),
      ['fallback', 'plain', 'release', 'environment'],
    );
  });

  test('what cannot be meant is refused at the call, by name', async () => {
    await using stage = new Stage(target);
    const config = await stage.config();
    const bad = config.watch.bind(config) as (...given: unknown[]) => Promise<unknown>;
    await assert.rejects(
      bad('/db//url'),
      codeIs('INVALID_ARGUMENT', /path "\/db\/\/url" has an empty segment/),
    );
    await assert.rejects(
      bad('/x', { format: 'xml' }),
      codeIs('INVALID_ARGUMENT', /option "format" is "xml"; give one of json, yaml/),
    );
    await assert.rejects(
      bad('/x', { fromat: 'json' }),
      codeIs('INVALID_ARGUMENT', /there is no option "fromat"/),
    );
    await assert.rejects(
      bad('/x', { schema: { parse: 1 } }),
      codeIs(
        'INVALID_ARGUMENT',
        /option "schema" is an object of Object, which is no Standard Schema/,
      ),
    );
    await assert.rejects(
      bad({ name: 'x' }),
      codeIs('INVALID_ARGUMENT', /neither a path nor a definition/),
    );
    await assert.rejects(
      bad('/x', { timeout: 'soon' }),
      codeIs('INVALID_ARGUMENT', /option "timeout".*"soon"/),
    );
    await assert.rejects(
      config.release('x', 'text', { gray: { name: 'canary', percent: 101 } }),
      codeIs('INVALID_ARGUMENT', /option "gray\.percent" is 101; give a number from 0 to 100/),
    );
    await assert.rejects(
      config.watch('/x', { signal: AbortSignal.abort(new Error('enough')) }),
      /enough/,
    );
  });
});
