/**
 * Decides one condition of a transaction against the state before it. A range holds if each of its keys does; a
 * range without keys counts as one key of which everything is zero, but whose value compares to nothing.
 */
import {
  Compare_CompareResult as CompareResult,
  Compare_CompareTarget as CompareTarget,
  decodeKeyRange,
  toByteString,
} from '@concord/protocol';
import type { Compare, KeyRange } from '@concord/protocol';
import { compareBytes } from '../mvcc/compare-bytes.ts';
import type { KeySpace } from '../mvcc/key-space.ts';
import { chainStart } from '../mvcc/key-version.ts';
import type { KeyVersion } from '../mvcc/key-version.ts';
import { valueOfRecord } from '../mvcc/record.ts';

const EMPTY = new Uint8Array();

const MISSING: KeyVersion = {
  modRevision: 0,
  subRevision: 0,
  createRevision: 0,
  version: 0,
  lease: 0n,
  isTombstone: true,
  ...chainStart,
};

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
    if (decides(compare, order(compare, version))) holding++;
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

function holdsFor(space: KeySpace, compare: Compare, version: KeyVersion): boolean {
  if (compare.target !== CompareTarget.VALUE) return decides(compare, order(compare, version));
  const { targetUnion } = compare;
  const operand = targetUnion?.case === 'value' ? targetUnion.value : EMPTY;
  return decides(compare, compareBytes(valueOfRecord(space.record(version)), operand));
}

const holdsForMissing = (compare: Compare): boolean =>
  compare.target !== CompareTarget.VALUE && decides(compare, order(compare, MISSING));

/** Below, at or above 0 as the stored number is below, at or above the operand; an operand of another target is 0. */
function order(compare: Compare, stored: KeyVersion): number {
  const { target, targetUnion } = compare;
  switch (target) {
    case CompareTarget.VERSION:
      return stored.version - (targetUnion?.case === 'version' ? targetUnion.value : 0);
    case CompareTarget.CREATE:
      return (
        stored.createRevision - (targetUnion?.case === 'createRevision' ? targetUnion.value : 0)
      );
    case CompareTarget.MOD:
      return stored.modRevision - (targetUnion?.case === 'modRevision' ? targetUnion.value : 0);
    case CompareTarget.LEASE: {
      const operand = targetUnion?.case === 'lease' ? targetUnion.value : 0n;
      return stored.lease < operand ? -1 : stored.lease > operand ? 1 : 0;
    }
    default:
      return 0;
  }
}

/** A result that this version does not know holds, as in etcd. */
function decides(compare: Compare, difference: number): boolean {
  switch (compare.result) {
    case CompareResult.EQUAL:
      return difference === 0;
    case CompareResult.NOT_EQUAL:
      return difference !== 0;
    case CompareResult.GREATER:
      return difference > 0;
    case CompareResult.LESS:
      return difference < 0;
    default:
      return true;
  }
}
