/** Section 3 of the semantics, row by row: what a Range answers, quirks included. */
import { deepEqual, equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import {
  RangeRequest_SortOrder as SortOrder,
  RangeRequest_SortTarget as SortTarget,
} from '@concord/protocol';
import type { RangeRequest } from '@concord/protocol';
import { MemoryStore } from '../memory-store.ts';
import { MvccStore } from './mvcc-store.ts';
import { deleteRange, keysOf, NO_END, pairsOf, put, range } from './requests.fixture.ts';

const { NONE, ASCEND, DESCEND } = SortOrder;
const { KEY, VERSION, CREATE, MOD, VALUE } = SortTarget;

/**
 * Five keys whose order differs in every target:
 *
 *        a   b   c   d   e
 * create 6   2   3   4   5
 * mod    6  11   9   4   5
 * vers.  1   4   2   1   1    (d and e: 1 too)
 * value  v   u   z   x   y
 */
function sample(flushes: boolean): MvccStore {
  const store = MvccStore.open(new MemoryStore({ reusesBuffer: true }));
  const write = (key: string, value: string): void => {
    store.put(put(key, value));
    if (flushes) store.flush();
  };
  for (const [key, value] of [
    ['b', '1'],
    ['c', '1'],
    ['d', 'x'],
    ['e', 'y'],
    ['a', 'v'],
    ['b', '2'],
    ['b', '3'],
    ['c', 'z'],
    ['gone', '1'],
  ] as const) {
    write(key, value);
  }
  store.deleteRange(deleteRange('gone'));
  // Revision 12 is the last put: 10 put `gone`, 11 took it.
  write('b', 'u');
  return store;
}

interface Row {
  readonly claim: string;
  readonly ask: Partial<RangeRequest>;
  readonly keys: string;
  readonly more?: boolean;
  readonly count?: number;
}

const rows: readonly Row[] = [
  { claim: 'keys come ascending by default', ask: {}, keys: 'a b c d e' },
  { claim: 'a negative revision is the newest', ask: { revision: -5 }, keys: 'a b c d e' },
  {
    claim: 'a limit cuts, says so, and leaves the count',
    ask: { limit: 2 },
    keys: 'a b',
    more: true,
  },
  { claim: 'a limit that is just enough cuts nothing', ask: { limit: 5 }, keys: 'a b c d e' },
  { claim: 'a negative limit is none', ask: { limit: -1 }, keys: 'a b c d e' },
  { claim: 'keys descend on request', ask: { sortOrder: DESCEND }, keys: 'e d c b a' },
  {
    claim: 'a limit of descending keys takes the last ones',
    ask: { sortOrder: DESCEND, limit: 2 },
    keys: 'e d',
    more: true,
  },
  {
    claim: 'versions sort as numbers',
    ask: { sortOrder: DESCEND, sortTarget: VERSION, limit: 2 },
    keys: 'b c',
    more: true,
  },
  {
    claim: 'create revisions sort',
    ask: { sortOrder: ASCEND, sortTarget: CREATE },
    keys: 'b c d e a',
  },
  { claim: 'mod revisions sort', ask: { sortOrder: DESCEND, sortTarget: MOD }, keys: 'b c a e d' },
  {
    claim: 'values sort bytewise',
    ask: { sortOrder: ASCEND, sortTarget: VALUE },
    keys: 'b a d e c',
  },
  {
    claim: 'a target without an order ascends',
    ask: { sortOrder: NONE, sortTarget: MOD },
    keys: 'd e a c b',
  },
  {
    claim: 'a target without an order is sorted behind the limit: the first keys, not the lowest',
    ask: { sortOrder: NONE, sortTarget: MOD, limit: 2 },
    keys: 'a c',
    more: true,
  },
  {
    claim: 'with an order the whole range is sorted before the limit',
    ask: { sortOrder: ASCEND, sortTarget: MOD, limit: 2 },
    keys: 'd e',
    more: true,
  },
  {
    claim: 'with a filter too',
    ask: { sortOrder: NONE, sortTarget: MOD, limit: 2, minModRevision: 1 },
    keys: 'd e',
    more: true,
  },
  { claim: 'the lowest mod revision is included', ask: { minModRevision: 9 }, keys: 'b c' },
  { claim: 'the highest mod revision is included', ask: { maxModRevision: 5 }, keys: 'd e' },
  { claim: 'the lowest create revision is included', ask: { minCreateRevision: 4 }, keys: 'a d e' },
  { claim: 'the highest create revision is included', ask: { maxCreateRevision: 3 }, keys: 'b c' },
  {
    claim: 'a limit counts what the filters leave',
    ask: { minCreateRevision: 4, limit: 2 },
    keys: 'a d',
    more: true,
  },
  {
    claim: 'filters that leave as many as the limit cut nothing',
    ask: { minCreateRevision: 4, limit: 3 },
    keys: 'a d e',
  },
  { claim: 'filters see the past as it was', ask: { revision: 6, minModRevision: 5 }, keys: 'a e' },
  { claim: 'counting alone answers no keys', ask: { countOnly: true, limit: 1 }, keys: '' },
  {
    claim: 'counting alone of the past neither, whatever the order',
    ask: { countOnly: true, revision: 6, sortOrder: DESCEND },
    keys: '',
  },
  {
    claim: 'the past sorts, cuts and counts',
    ask: { revision: 4, sortOrder: DESCEND, limit: 2 },
    keys: 'd c',
    more: true,
    count: 3,
  },
];

for (const flushes of [false, true]) {
  for (const { claim, ask, keys, more = false, count = 5 } of rows) {
    test(`${claim} (${flushes ? 'stored' : 'in the overlay'})`, () => {
      const answer = sample(flushes).range(range('a', 'f', { sortTarget: KEY, ...ask }));
      deepEqual([keysOf(answer.records), answer.more, answer.count], [keys, more, count]);
      equal(answer.revision, 12, 'the revision of the store, not the one asked for');
    });
  }
}

test('keys alone keep every field but the value, and are sorted by it before', () => {
  const ask = { keysOnly: true, sortTarget: VALUE, sortOrder: DESCEND };
  deepEqual(pairsOf(sample(true).range(range('a', 'f', ask)).records), [
    'c=',
    'e=',
    'd=',
    'a=',
    'b=',
  ]);
});

test('a range end of one zero byte has no upper bound, an inverted one holds nothing', () => {
  const store = sample(false);
  equal(keysOf(store.range(range('d', NO_END)).records), 'd e');
  equal(keysOf(store.range(range('\0', NO_END)).records), 'a b c d e');
  for (const end of ['a', 'c']) deepEqual(store.range(range('c', end)).records, []);
  equal(store.range(range('c', 'a', { countOnly: true })).count, 0);
});

test('a single key answers one or none, now and then', () => {
  const store = sample(true);
  equal(store.range(range('c')).count, 1);
  equal(store.range(range('gone')).count, 0);
  equal(store.range(range('gone', '', { revision: 10 })).count, 1);
  deepEqual(store.range(range('c', '', { minModRevision: 100 })), {
    ...{ kind: 'range', revision: 12, records: [], more: false, count: 1 },
  });
});

test('the compacted revision can be read, those below it and those to come cannot', () => {
  const store = sample(true);
  throws(() => store.range(range('a', '', { revision: 13 })), { name: 'ErrFutureRev' });
  store.compact(6);
  equal(store.range(range('a', 'f', { revision: 6 })).count, 5);
  throws(() => store.range(range('a', '', { revision: 5 })), { name: 'ErrCompacted' });
  throws(() => store.range(range('a', 'a', { revision: 5 })), { name: 'ErrCompacted' });
});

test('the past of a key with a long history is found without walking all of it', () => {
  const store = MvccStore.open(new MemoryStore({ reusesBuffer: true }));
  for (let version = 1; version <= 100; version++) {
    for (const key of ['x', 'y', 'y\0']) store.put(put(key, String(version)));
  }
  for (const version of [1, 7, 8, 9, 50, 99, 100]) {
    const revision = 1 + 3 * version;
    const expected = ['x', 'y', 'y\0'].map((key) => `${key}=${version}`);
    deepEqual(pairsOf(store.range(range('x', 'z', { revision })).records), expected);
  }
});

test('the past of more keys than a window holds is whole', () => {
  const store = MvccStore.open(new MemoryStore({ reusesBuffer: true }));
  const keys = Array.from({ length: 1500 }, (_, number) => `k${String(number).padStart(4, '0')}`);
  for (const key of keys) store.put(put(key, 'old'));
  const revision = store.revision;
  keys.forEach((key, number) => {
    if (number % 3 === 0) store.put(put(key, 'new'));
    if (number % 3 === 1) store.deleteRange(deleteRange(key));
    if (number === 700) store.flush();
  });
  const { records, count } = store.range(range('k', 'l', { revision }));
  deepEqual(
    pairsOf(records),
    keys.map((key) => `${key}=old`),
  );
  equal(count, 1500);
});

test('pages of the past count right, whatever was created, changed or deleted since', () => {
  const store = MvccStore.open(new MemoryStore({ reusesBuffer: true }));
  const keys = Array.from({ length: 400 }, (_, number) => `k${String(number).padStart(4, '0')}`);
  for (const key of keys) store.put(put(key));
  store.flush();
  const revision = store.revision;
  // Few changes against 400 keys: counted from what has changed. At the end there are too many, and it is walked.
  const changes = [
    () => store.put(put('k0100', 'changed')),
    () => store.deleteRange(deleteRange('k0200')),
    () => store.put(put('k0200', 'again')),
    () => store.put(put('k0200x', 'new')),
    () => store.put(put('elsewhere')),
    () => store.deleteRange(deleteRange('k0300', 'k0310')),
    () => store.put(put('k0300x')),
    () => store.deleteRange(deleteRange('k0300x')),
    () => store.deleteRange(deleteRange('k0350', 'l')),
    () => store.deleteRange(deleteRange('k', 'l')),
  ];
  for (const change of changes) {
    change();
    for (const from of [0, 150, 250, 399]) {
      const expected = 400 - from;
      const page = { revision, limit: 7 };
      const answer = store.range(range(keys[from] as string, NO_END, page));
      deepEqual([answer.count, answer.more], [expected, expected > 7]);
      equal(keysOf(answer.records), keys.slice(from, from + 7).join(' '));
      equal(
        store.range(range(keys[from] as string, NO_END, { revision, countOnly: true })).count,
        expected,
      );
    }
  }
});
