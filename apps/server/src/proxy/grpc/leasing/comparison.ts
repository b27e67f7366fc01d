/** A condition of a transaction on one key, decided from what the key holds: as a member decides it. */
import {
  Compare_CompareResult as CompareResult,
  Compare_CompareTarget as CompareTarget,
  type Compare,
  type KeyValue,
} from '@concord/protocol';
import type { Pair } from './ownership.ts';

const EMPTY = new Uint8Array();
/** What a key that is not there counts as; its value compares to nothing. */
const MISSING = { version: 0, createRevision: 0, modRevision: 0, lease: 0n };

/** @param compare of one key */
export function holds(compare: Compare, pair: Pair): boolean {
  if (compare.target !== CompareTarget.VALUE) return decides(compare, order(compare, pair));
  if (pair === undefined) return false;
  const { targetUnion } = compare;
  const operand = targetUnion?.case === 'value' ? targetUnion.value : EMPTY;
  return decides(compare, Buffer.compare(pair.value, operand));
}

/** Below, at or above 0 as the pair is below, at or above the operand; an operand of another target is 0. */
function order(
  { target, targetUnion }: Compare,
  pair: Pick<KeyValue, keyof typeof MISSING> = MISSING,
): number {
  switch (target) {
    case CompareTarget.VERSION:
      return pair.version - (targetUnion?.case === 'version' ? targetUnion.value : 0);
    case CompareTarget.CREATE:
      return pair.createRevision - (targetUnion?.case === 'createRevision' ? targetUnion.value : 0);
    case CompareTarget.MOD:
      return pair.modRevision - (targetUnion?.case === 'modRevision' ? targetUnion.value : 0);
    case CompareTarget.LEASE:
      return Number(pair.lease - (targetUnion?.case === 'lease' ? targetUnion.value : 0n));
    default:
      return 0;
  }
}

/** A result that this version does not know holds, as in etcd. */
function decides({ result }: Compare, difference: number): boolean {
  switch (result) {
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
