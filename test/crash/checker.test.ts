/**
 * Goal: the checker accepts an honest store and catches each kind of broken promise. Method: a round of
 * two writers is written down by hand, as operations and as the history they lead to; each test bends
 * one thing.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Checker } from './checker.ts';
import type { StoreReader } from './checker.ts';
import type { StoredKey, WatchEvent } from './etcd-client.ts';
import type { Effect, Operation, Outcome } from './operation.ts';
import { SeededRandom } from './seeded-random.ts';
import { Writer } from './writer.ts';

const LEASE = 1_000_000;

function acknowledged(revision: number): Outcome {
  return { kind: 'acknowledged', revision };
}

function put(key: string, value: string, lease = 0): Effect {
  return { type: 'put', key, value, lease };
}

function operation(effects: Effect[], outcome: Outcome, lease?: Operation['lease']): Operation {
  return { name: 'test', effects, lease, outcome };
}

function event(effect: Effect, created: number, modified: number, version: number): WatchEvent {
  const kv: StoredKey = {
    key: Buffer.from(effect.key),
    value: Buffer.from(effect.type === 'put' ? effect.value : ''),
    create_revision: created,
    mod_revision: modified,
    version,
    lease: effect.type === 'put' ? effect.lease : 0,
  };
  return { type: effect.type === 'put' ? 0 : 1, kv };
}

/** A store that tells what it is given. */
interface Told {
  revision: number;
  events: WatchEvent[];
  keys: StoredKey[];
  leases: number[];
  leaseKeys: string[];
}

/** Two writers' round: writer 0 holds a lease with a key; writer 1 puts a pair and dies in a delete. */
function honestRound(): { checker: Checker; told: Told; tell: () => StoreReader } {
  const writers = [0, 1].map((number) => new Writer(number, new SeededRandom(number)));
  const grant = { id: LEASE, action: 'grant' } as const;
  const pair = [put('w001/pair-a', 'w001/0'), put('w001/pair-b', 'w001/0')];
  writers[0]!.operations = [
    operation([], acknowledged(0), grant),
    operation([put('w000/l0', 'w000/0', LEASE)], acknowledged(2)),
    operation([put('w000/k1', 'w000/1')], acknowledged(4)),
  ];
  writers[1]!.operations = [
    operation(pair, acknowledged(3)),
    operation([{ type: 'delete', key: 'w001/pair-a' }], { kind: 'unknown' }),
  ];
  for (const writer of writers) {
    for (const done of writer.operations) {
      if (done.outcome.kind === 'acknowledged') writer.tookPlace(done);
    }
  }
  const events = [
    event(put('w000/l0', 'w000/0', LEASE), 2, 2, 1),
    event(pair[0]!, 3, 3, 1),
    event(pair[1]!, 3, 3, 1),
    event(put('w000/k1', 'w000/1'), 4, 4, 1),
  ];
  const keys = events.map(({ kv }) => kv);
  const told = { revision: 4, events, keys, leases: [LEASE], leaseKeys: ['w000/l0'] };
  const tell = (): StoreReader => ({
    readPrefix: () => Promise.resolve({ revision: told.revision, keys: told.keys }),
    watchHistory: (_prefix, from, to) =>
      Promise.resolve(
        told.events.filter(({ kv }) => kv.mod_revision >= from && kv.mod_revision <= to),
      ),
    listLeases: () => Promise.resolve(told.leases),
    leaseKeys: () => Promise.resolve(told.leaseKeys),
  });
  return { checker: new Checker(writers), told, tell };
}

test('an honest store is accepted, whether the unanswered operation took place or not', async () => {
  const without = honestRound();
  assert.deepEqual(await without.checker.check(without.tell()), {
    revision: 4,
    acknowledged: 4,
    tookPlaceUnanswered: 0,
  });
  await without.checker.checkWholeHistory(without.tell());

  const { checker, told, tell } = honestRound();
  told.events.push(event({ type: 'delete', key: 'w001/pair-a' }, 0, 5, 0));
  told.keys = told.keys.filter((kv) => String(kv.key) !== 'w001/pair-a');
  told.revision = 5;
  assert.equal((await checker.check(tell())).tookPlaceUnanswered, 1);
});

const lies: Record<string, { bend: (told: Told) => void; evidence: RegExp }> = {
  'a lost acknowledged write': {
    bend: (told) => {
      told.events.pop();
      told.keys.pop();
      told.revision = 3;
    },
    evidence: /the revision went back/,
  },
  'a lost write whose revision another took': {
    bend: (told) => {
      told.events[3] = event({ type: 'delete', key: 'w001/pair-a' }, 0, 4, 0);
    },
    evidence: /lost: test \[put w000\/k1=w000\/1/,
  },
  'a torn transaction': {
    bend: (told) => {
      told.events.splice(2, 1);
    },
    evidence: /revision 3 holds \[put w001\/pair-a=w001\/0 lease 0\], expected/,
  },
  'a gap in the history': {
    bend: (told) => {
      told.events.splice(1, 2);
    },
    evidence: /history has a gap: nothing happened at 3/,
  },
  'a write at another revision than was told': {
    bend: (told) => {
      told.events = [told.events[1]!, told.events[2]!, told.events[0]!, told.events[3]!].map(
        ({ type, kv }, at) => ({ type, kv: { ...kv, mod_revision: [2, 2, 3, 4][at]! } }),
      );
    },
    evidence: /acknowledged at 3 happened at 2/,
  },
  'a write that nobody asked for': {
    bend: (told) => {
      told.events.push(event(put('w000/k2', 'w000/9'), 5, 5, 1));
      told.revision = 5;
    },
    evidence: /revision 5 holds \[put w000\/k2=w000\/9 lease 0\], asked by nobody/,
  },
  'a wrong version': {
    bend: (told) => {
      told.events[3] = event(put('w000/k1', 'w000/1'), 4, 4, 2);
    },
    evidence: /expected 4, 1/,
  },
  'a present that its history does not lead to': {
    bend: (told) => {
      told.keys.pop();
    },
    evidence: /w000\/k1 is missing/,
  },
  'a key back from the dead': {
    bend: (told) => {
      told.keys.push({ ...told.keys[0]!, key: Buffer.from('w000/k7') });
    },
    evidence: /5 keys are there, history leads to 4/,
  },
  'a lost lease': { bend: (told) => void told.leases.pop(), evidence: /lease 1000000 is lost/ },
  'a lease that lost its key': {
    bend: (told) => void told.leaseKeys.pop(),
    evidence: /lease 1000000 holds , expected w000\/l0/,
  },
  'a lease that nobody holds': {
    bend: (told) => void told.leases.push(7),
    evidence: /leases that nobody holds: 7/,
  },
};

for (const [lie, { bend, evidence }] of Object.entries(lies)) {
  test(`${lie} is caught`, async () => {
    const { checker, told, tell } = honestRound();
    bend(told);
    await assert.rejects(checker.check(tell()), evidence);
  });
}

test('history that changes after it was seen is caught', async () => {
  const { checker, told, tell } = honestRound();
  await checker.check(tell());
  told.events[0] = event(put('w000/l0', 'w000/other', LEASE), 2, 2, 1);
  await assert.rejects(
    checker.checkWholeHistory(tell()),
    /revision 2 holds other events than before/,
  );
});
