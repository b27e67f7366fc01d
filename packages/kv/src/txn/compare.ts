/**
 * Decides one condition of a transaction against the state before it. A range holds if each of its keys does; a
 * range without keys counts as one key of which everything is zero, but whose value compares to nothing.
 */
import {
  Compare_CompareTarget as CompareTarget,
  decodeKeyRange,
  toByteString,
} from '@concord/protocol';
import type { Compare, KeyRange } from '@concord/protocol';
import type { KeySpace } from '../mvcc/key-space.ts';
import type { KeyVersion } from '../mvcc/key-version.ts';
import { valueOfRecord } from '../mvcc/record.ts';
import { numbersHold, valueHolds } from './condition.ts';

export function holds(space: KeySpace, compare: Compare): boolean {
  if (compare.rangeEnd.length === 0) {
    const version = space.current(toByteString(compare.key));
    return version === undefined ? holdsForMissing(compare) : holdsFor(space, compare, version);
  }
  const range = decodeKeyRange(compare.key, compare.rangeEnd);
  if (compare.target === CompareTarget.VALUE) return holdsForValues(space, compare, range);
  let seen = 0;
  let holding = 0;
  space.scanCurrent(range, false, (_key, version) => {
    seen++;
    if (numbersHold(compare, version)) holding++;
    return holding === seen;
  });
  return seen === 0 ? holdsForMissing(compare) : holding === seen;
}

/** Values cannot be read from inside a scan. */
function holdsForValues(space: KeySpace, compare: Compare, range: KeyRange): boolean {
  const versions: KeyVersion[] = [];
  space.scanCurrent(range, false, (_key, version) => {
    versions.push(version);
  });
  return versions.length > 0 && versions.every((version) => holdsFor(space, compare, version));
}

const holdsFor = (space: KeySpace, compare: Compare, version: KeyVersion): boolean =>
  compare.target === CompareTarget.VALUE
    ? valueHolds(compare, valueOfRecord(space.record(version)))
    : numbersHold(compare, version);

const holdsForMissing = (compare: Compare): boolean =>
  compare.target !== CompareTarget.VALUE && numbersHold(compare);
