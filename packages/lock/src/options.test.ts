/** Goal: what cannot be meant is refused at the call, naming the option, what was given and what is allowed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError, type Client } from '@concord/client';
import { Elections } from './elections.ts';
import { assertFresh } from './fence/fence-store.ts';
import { MemoryFenceStore } from './fence/memory-fence-store.ts';
import { Locks } from './locks.ts';
import { checkLockNames } from './options.ts';

/** A client that fails whoever uses it: nothing is sent. */
const untouched = new Proxy({} as object as Client, {
  get: (_, property) =>
    property === 'app' ? undefined : assert.fail(`${String(property)} was used`),
});
const lock = new Locks(untouched);
const election = new Elections(untouched);
const never = (): Promise<void> => assert.fail('nothing runs');

const refused: readonly [RegExp, () => unknown][] = [
  [/lock\.acquire: the name is ""; give one/, () => lock.acquire('')],
  [/lock\.acquire: the name is 7;/, () => lock.acquire(7 as never)],
  [
    /lock\.acquire: the name .* has 1025 bytes; give at most 1024/,
    () => lock.acquire('x'.repeat(1025)),
  ],
  [
    /lock\.acquire: option "ttl": 0 is no span of time from 1000 ms/,
    () => lock.acquire('a', { ttl: 0 }),
  ],
  [/option "ttl": "999ms"/, () => lock.tryAcquire('a', { ttl: '999ms' })],
  [/option "wait": -1 is no span/, () => lock.acquire('a', { wait: -1 })],
  [/option "wait": "soon"/, () => lock.run('a', never, { wait: 'soon' as never })],
  [/option "label": is \d+/, () => lock.acquire('a', { label: 1 as never })],
  [/option "label": .*at most 256/, () => lock.acquire('a', { label: 'x'.repeat(257) })],
  [
    /option "reentrant": is "yes"; give true or false/,
    () => lock.acquire('a', { reentrant: 'yes' as never }),
  ],
  [
    /option "signal": is \{\}; give an AbortSignal/,
    () => lock.acquire('a', { signal: {} as never }),
  ],
  [
    /there is no option "waits"; did you mean "wait"\?/,
    () => lock.acquire('a', { waits: 1 } as never),
  ],
  [/lock\.readWrite: the name/, () => lock.readWrite('')],
  [/option "permits": is 0; give an integer from 1/, () => lock.semaphore('a', { permits: 0 })],
  [/option "permits": is 1\.5/, () => lock.semaphore('a', { permits: 1.5 })],
  [
    /option "count": is 3; give an integer from 1 to 2/,
    () => lock.semaphore('a', { permits: 2 }).acquire({ count: 3 }),
  ],
  [/option "parties": is -1/, () => lock.barrier('a', { parties: -1 })],
  [/lock\.all: the names are \[\]; give a list of 1 to 100/, () => lock.all([])],
  [/lock\.all: the names are "a"/, () => lock.all('a' as never)],
  [/lock\.all: the name is ""/, () => lock.all(['a', ''])],
  [/election\.campaign: the name/, () => election.campaign('')],
  [/election\.lead: option "ttl"/, () => election.lead('a', never, { ttl: 0 })],
  [/election\.observe: the name/, () => election.observe('')],
  [
    /election\.oncePerTick: the tick is "noon"/,
    () => election.oncePerTick('a', 'noon' as never, never),
  ],
  [
    /election\.oncePerTick: the tick is null/,
    () => election.oncePerTick('a', new Date(NaN), never),
  ],
  [
    /option "missed": is "maybe"; give "skip" or "catch-up"/,
    () => election.oncePerTick('a', new Date(), never, { missed: 'maybe' as never }),
  ],
  [/the token is 0/, () => assertFresh(new MemoryFenceStore(), 'a', 0)],
];

for (const [text, call] of refused) {
  test(`refused: ${text.source}`, async () => {
    await assert.rejects(
      () => new Promise((resolve) => resolve(call())),
      (error) => {
        assert.ok(ConcordError.is(error, 'INVALID_ARGUMENT'), String(error));
        assert.match(error.message, text);
        return true;
      },
    );
  });
}

test('names of a set are sorted by their bytes, each once', () => {
  assert.deepEqual(checkLockNames('lock.all', ['ä', 'b', 'a', 'B', 'b']), ['B', 'a', 'b', 'ä']);
});
