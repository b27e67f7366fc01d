/** Beside a set that is so dumb that it must be right: every key of a small alphabet, one by one. */
import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { contains, isEmpty, keyRange, type KeyRange } from '@concord/protocol';
import { KeyIntervals } from './key-intervals.ts';

const key = fc.string({ unit: fc.constantFrom('\0', 'a', 'b', '\xff'), maxLength: 2 });
/** As requests name them: single keys, endless ones, empty and inverted ones among them. */
const range = fc
  .tuple(key, fc.oneof(key, fc.constant('\0'), fc.constant('')))
  .map(([from, end]) => keyRange(from, end));

const letters = ['', '\0', 'a', 'b', '\xff'];
const named = letters.flatMap((first) => letters.map((second) => first + second));
/** Every bound that a range can have, among them the ends of single keys, and one behind all of them. */
const probes = [...new Set([...named, ...named.map((key) => `${key}\0`), '\xff\xff\xff\xff'])];

const isIn = (ranges: readonly KeyRange[], probe: string): boolean =>
  ranges.some((candidate) => !isEmpty(candidate) && contains(candidate, probe));

test('a range is covered if and only if each of its keys is in one of the ranges', () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 6 }), range, (ranges, asked) => {
      const keys = isEmpty(asked) ? [asked.from] : probes.filter((probe) => contains(asked, probe));
      const isEndless = asked.to === undefined;
      // An endless range needs an endless one, which no probe can tell from one that ends behind all of them.
      const isCovered =
        keys.every((probe) => isIn(ranges, probe)) &&
        (!isEndless || ranges.some(({ to }) => to === undefined));
      equal(new KeyIntervals(ranges).covers(asked), isCovered);
    }),
    { numRuns: 5000 },
  );
});

const cases: readonly [
  claim: string,
  ranges: [string, string][],
  asked: [string, string],
  boolean,
][] = [
  ['nothing covers nothing', [], ['a', ''], false],
  ['ranges that touch are one', [['a', 'b'], ['b', 'c']], ['a', 'c'], true], // prettier-ignore
  ['with a gap they are not', [['a', 'b'], ['b\0', 'c']], ['a', 'c'], false], // prettier-ignore
  ['a key fills the gap', [['a', 'b'], ['b\0', 'c'], ['b', '']], ['a', 'c'], true], // prettier-ignore
  ['an end is not in the range', [['a', 'b']], ['b', ''], false],
  ['everything needs everything', [['a', '\xff\xff']], ['a', '\0'], false],
  ['from a key on covers any end', [['a', '\0']], ['b', '\xff\xff\xff'], true],
  ['a range without keys needs its first', [['a', 'c']], ['b', 'a'], true],
  ['and no other', [['a', 'c']], ['c', 'b'], false],
];
for (const [claim, ranges, asked, expected] of cases) {
  test(claim, () => {
    const intervals = new KeyIntervals(ranges.map(([from, end]) => keyRange(from, end)));
    equal(intervals.covers(keyRange(...asked)), expected);
  });
}
