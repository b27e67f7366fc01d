/** One condition of a transaction: every target with every result, missing keys, ranges and mismatched operands. */
import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import {
  Compare,
  Compare_CompareResult as CompareResult,
  Compare_CompareTarget as CompareTarget,
  fromByteString,
} from '@concord/protocol';
import { MemoryStore } from '../memory-store.ts';
import { MvccStore } from '../mvcc/mvcc-store.ts';
import { deleteRange, NO_END, put } from '../mvcc/requests.fixture.ts';
import { holds } from './compare.ts';

const { EQUAL, GREATER, LESS, NOT_EQUAL } = CompareResult;
const { VERSION, CREATE, MOD, VALUE, LEASE } = CompareTarget;
const UNKNOWN = 9;
type Operand = NonNullable<Compare['targetUnion']>;

/** a: version 2, created at 2, changed at 4, value m, lease 7. b: version 1, at 3, no value, no lease. c is gone. */
function open(): MvccStore {
  const store = MvccStore.open(new MemoryStore({ reusesBuffer: true }), {
    leaseExists: () => true,
  });
  store.put(put('a', 'l'));
  store.put(put('b'));
  store.put(put('a', 'm', { lease: 7n }));
  store.put(put('c'));
  store.deleteRange(deleteRange('c'));
  return store;
}

const bytes = (text: string): Operand => ({ case: 'value', value: fromByteString(text) });
const version = (value: number): Operand => ({ case: 'version', value });

/** Target, operand below, equal to and above what `a` has. */
const targets: readonly [number, Operand, Operand, Operand][] = [
  [VERSION, version(1), version(2), version(3)],
  [
    CREATE,
    { case: 'createRevision', value: 1 },
    { case: 'createRevision', value: 2 },
    { case: 'createRevision', value: 3 },
  ],
  [
    MOD,
    { case: 'modRevision', value: 3 },
    { case: 'modRevision', value: 4 },
    { case: 'modRevision', value: 5 },
  ],
  [VALUE, bytes('l\xff'), bytes('m'), bytes('m\0')],
  [
    LEASE,
    { case: 'lease', value: -1n },
    { case: 'lease', value: 7n },
    { case: 'lease', value: 8n },
  ],
];

/** Whether the result holds when the stored value is above, equal to and below the operand. */
const results: readonly [number, boolean, boolean, boolean][] = [
  [EQUAL, false, true, false],
  [NOT_EQUAL, true, false, true],
  [GREATER, true, false, false],
  [LESS, false, false, true],
  [UNKNOWN, true, true, true],
];

for (const [target, ...operands] of targets) {
  test(`target ${target} is compared with every result`, () => {
    const { space } = open();
    for (const [result, ...expected] of results) {
      operands.forEach((targetUnion, at) => {
        const compare = Compare.create({ key: fromByteString('a'), target, result, targetUnion });
        equal(holds(space, compare), expected[at], `result ${result}, operand ${at}`);
      });
    }
  });
}

interface Row {
  readonly claim: string;
  readonly key: string;
  readonly end?: string;
  readonly target?: number;
  readonly result?: number;
  readonly operand?: Operand;
  readonly isHolding: boolean;
}

const rows: readonly Row[] = [
  { claim: 'a missing key has version 0', key: 'x', operand: version(0), isHolding: true },
  { claim: 'so has a deleted one', key: 'c', operand: version(0), isHolding: true },
  { claim: 'a missing key was created at 0', key: 'x', target: CREATE, isHolding: true },
  {
    claim: 'a missing key has lease 0',
    key: 'x',
    target: LEASE,
    result: LESS,
    operand: { case: 'lease', value: 1n },
    isHolding: true,
  },
  {
    claim: 'the value of a missing key equals nothing',
    key: 'x',
    target: VALUE,
    operand: bytes(''),
    isHolding: false,
  },
  {
    claim: 'nor does it differ from anything',
    key: 'x',
    target: VALUE,
    result: NOT_EQUAL,
    operand: bytes('v'),
    isHolding: false,
  },
  {
    claim: 'an empty value equals an empty operand',
    key: 'b',
    target: VALUE,
    operand: bytes(''),
    isHolding: true,
  },
  { claim: 'an absent operand is zero', key: 'a', result: GREATER, isHolding: true },
  { claim: 'an absent value is empty', key: 'b', target: VALUE, isHolding: true },
  {
    claim: 'an operand of another target is zero',
    key: 'a',
    target: MOD,
    operand: version(4),
    isHolding: false,
  },
  {
    claim: 'an unknown target equals',
    key: 'a',
    target: UNKNOWN,
    operand: version(4),
    isHolding: true,
  },
  { claim: 'and does not differ', key: 'a', target: UNKNOWN, result: NOT_EQUAL, isHolding: false },
  {
    claim: 'a range holds if every key does',
    key: 'a',
    end: 'c',
    result: GREATER,
    operand: version(0),
    isHolding: true,
  },
  {
    claim: 'and not if one does not',
    key: 'a',
    end: NO_END,
    result: GREATER,
    operand: version(1),
    isHolding: false,
  },
  {
    claim: 'a range of values too',
    key: 'a',
    end: 'c',
    target: VALUE,
    result: NOT_EQUAL,
    operand: bytes('x'),
    isHolding: true,
  },
  {
    claim: 'with one that does not',
    key: 'a',
    end: 'c',
    target: VALUE,
    result: NOT_EQUAL,
    operand: bytes(''),
    isHolding: false,
  },
  {
    claim: 'an empty range is a missing key',
    key: 'x',
    end: 'z',
    operand: version(0),
    isHolding: true,
  },
  { claim: 'so is an inverted one', key: 'b', end: 'a', operand: version(0), isHolding: true },
  {
    claim: 'and its value compares to nothing',
    key: 'x',
    end: 'z',
    target: VALUE,
    operand: bytes(''),
    isHolding: false,
  },
];

for (const { claim, key, end = '', target = VERSION, result = EQUAL, operand, isHolding } of rows) {
  test(claim, () => {
    const keys = { key: fromByteString(key), rangeEnd: fromByteString(end) };
    const compare = Compare.create({ ...keys, target, result, targetUnion: operand });
    equal(holds(open().space, compare), isHolding);
  });
}
