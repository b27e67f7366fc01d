/** The parts of a registration that need no cluster: what it says, under which address, and who has heard it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventEmitter, once } from 'node:events';
import { resolveAddress } from './address.ts';
import { Announcement, newId } from './announcement.ts';
import { acknowledgedBy } from './drain.ts';
import { drainOnSignals } from './signals.ts';

const fixed = { id: 'a', service: 'orders', address: '10.0.0.1', port: 1, ttlMs: 15_000 };
const said = { weight: 100, labels: {}, metadata: {}, isServing: true, isReady: false };

function announcement(): Announcement {
  return new Announcement(fixed, { ...said, isDraining: false }, 'first', 1000);
}

const written = (it: Announcement): Record<string, unknown> =>
  JSON.parse(it.encode()) as Record<string, unknown>;

test('an announcement serves when both its owner and its check say so, and drains whatever they say', () => {
  const it = announcement();
  assert.equal(it.state, 'starting');
  it.change({ isReady: true }, 2000);
  assert.deepEqual([it.state, written(it)['servingSince']], ['serving', 2000]);
  it.change({ isServing: false }, 3000);
  assert.deepEqual([it.state, written(it)['servingSince']], ['starting', undefined]);
  it.change({ isServing: true }, 4000);
  assert.equal(written(it)['servingSince'], 4000);
  it.change({ isDraining: true }, 5000);
  it.change({ isReady: false }, 6000);
  assert.equal(it.state, 'draining');
});

test('only what changes something is a new version', () => {
  const it = announcement();
  const { version } = it;
  it.change({ weight: 100, labels: {} }, 2000);
  assert.equal(it.version, version);
  it.change({ weight: 99 }, 2000);
  assert.equal(it.version, version + 1);
});

test('another life says when it began', () => {
  const it = announcement();
  it.change({ isReady: true }, 1500);
  it.reincarnate('second', 9000);
  const { incarnation, registeredAt, servingSince } = written(it);
  assert.deepEqual([incarnation, registeredAt, servingSince], ['second', 9000, 9000]);
});

test('what is too large is refused before it is sent', () => {
  const metadata = 'x'.repeat(70_000);
  assert.throws(() => announcement().checkSize('registry.register', { metadata }), /"metadata"/);
});

test('an id is a name, and unlike any other', () => {
  assert.match(newId(3000), /^[A-Za-z0-9][A-Za-z0-9._-]*-3000-[0-9a-f]{6}$/);
  assert.notEqual(newId(3000), newId(3000));
});

test('the address is that from which the cluster is reached', async () => {
  const auto = (endpoint?: string): Promise<string> => resolveAddress('test', 'auto', endpoint);
  assert.equal(await auto('127.0.0.1:2379'), '127.0.0.1');
  assert.equal(await auto('http://localhost:2379'), '127.0.0.1');
  assert.equal(await auto('https://[::1]:2379'), '127.0.0.1');
  assert.match(await auto(), /^[0-9a-f.:]+$/);
  assert.equal(await resolveAddress('test', 'db.example', '127.0.0.1:1'), 'db.example');
  assert.equal(await resolveAddress('test', () => Promise.resolve('a'), undefined), 'a');
  await assert.rejects(
    resolveAddress('test', () => '', undefined),
    { code: 'INVALID_ARGUMENT' },
  );
});

test('who has not acknowledged the revision is named, and what nobody can read holds up nobody', () => {
  const entries = [
    { key: '/o/a', text: '{"revision":10}' },
    { key: '/o/b', text: '{"revision":9}' },
    { key: '/o/c', text: 'broken' },
    { key: '/o/d', text: '{}' },
  ];
  assert.deepEqual(acknowledgedBy('/o/', entries, 10), { acknowledged: 3, pending: ['b'] });
});

/** A process that only takes signals. */
class Signals extends EventEmitter {
  readonly pid = 1;
  readonly killed: string[] = [];
  kill(_: number, signal: string): void {
    this.killed.push(signal);
    this.emit('killed');
  }
}

test('a signal drains, and is raised again when nobody else listens', async () => {
  const source = new Signals();
  const drained = Promise.withResolvers<undefined>();
  const killed = once(source, 'killed');
  drainOnSignals(source, ['SIGTERM', 'SIGINT'], () => drained.promise);
  source.emit('SIGTERM');
  assert.deepEqual(source.killed, []);
  drained.resolve(undefined);
  await killed;
  assert.deepEqual(source.killed, ['SIGTERM']);
  assert.equal(source.listenerCount('SIGTERM') + source.listenerCount('SIGINT'), 0);
});

test('a signal that somebody else listens to is theirs after the drain', async () => {
  const source = new Signals();
  source.on('SIGTERM', () => undefined);
  const drained = Promise.withResolvers<undefined>();
  drainOnSignals(source, ['SIGTERM'], () => drained.promise);
  source.emit('SIGTERM');
  drained.resolve(undefined);
  while (source.listenerCount('SIGTERM') > 1) await Promise.resolve();
  assert.deepEqual(source.killed, []);
});

test('the same signal again ends the wait', () => {
  const source = new Signals();
  let hurry: AbortSignal | undefined;
  drainOnSignals(source, ['SIGINT'], (signal) => {
    hurry = signal;
    return new Promise(() => undefined);
  });
  source.emit('SIGINT');
  assert.equal(hurry?.aborted, false);
  source.emit('SIGINT');
  assert.equal(hurry.aborted, true);
});

test('disposed of, nobody listens', () => {
  const source = new Signals();
  drainOnSignals(source, ['SIGTERM'], () => Promise.resolve())[Symbol.dispose]();
  assert.equal(source.listenerCount('SIGTERM'), 0);
});
