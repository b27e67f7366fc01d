/**
 * What a condition of a transaction asks of one key, decided from what is known of that: by a member from its store, by a
 * proxy from what it owns.
 */
import {
  Compare_CompareResult as CompareResult,
  Compare_CompareTarget as CompareTarget,
  type Compare,
  type KeyValue,
} from '@concord/protocol';
import { compareBytes } from '../mvcc/compare-bytes.ts';

type KeyNumbers = Pick<KeyValue, 'version' | 'createRevision' | 'modRevision' | 'lease'>;

const EMPTY = new Uint8Array();
const MISSING: KeyNumbers = { version: 0, createRevision: 0, modRevision: 0, lease: 0n };

/** Whether a condition on anything but the value holds. A key that is not there counts as one of which everything is zero. */
export const numbersHold = (compare: Compare, stored: KeyNumbers = MISSING): boolean =>
  decides(compare, order(compare, stored));

/** Whether a condition on the value holds. The value of a key that is not there compares to nothing. */
export function valueHolds(compare: Compare, stored: Uint8Array): boolean {
  const { targetUnion } = compare;
  const operand = targetUnion?.case === 'value' ? targetUnion.value : EMPTY;
  return decides(compare, compareBytes(stored, operand));
}

/** Below, at or above 0 as the stored number is below, at or above the operand; an operand of another target is 0. */
function order({ target, targetUnion }: Compare, stored: KeyNumbers): number {
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
