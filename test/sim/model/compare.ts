/** Whether a transaction's condition holds in a state. A key that is not there compares as zero. */
import {
  Compare_CompareResult as CompareResult,
  Compare_CompareTarget as CompareTarget,
  KeyValue,
  toByteString,
} from '@concord/protocol';
import type { Compare } from '@concord/protocol';
import { inRange, type KeySpaceState } from './select.ts';

export function compareHolds(state: KeySpaceState, compare: Compare): boolean {
  const subjects = [...state].filter(([key]) => inRange(key, compare)).map(([, kv]) => kv);
  // The value of a key that is not there is unlike anything, even itself.
  if (subjects.length === 0 && compare.target === CompareTarget.VALUE) return false;
  if (subjects.length === 0) subjects.push(KeyValue.create());
  return subjects.every((kv) => holdsFor(kv, compare));
}

function holdsFor(kv: KeyValue, compare: Compare): boolean {
  const [stored, operand] = sidesOf(kv, compare);
  switch (compare.result) {
    case CompareResult.EQUAL:
      return stored === operand;
    case CompareResult.NOT_EQUAL:
      return stored !== operand;
    case CompareResult.GREATER:
      return stored > operand;
    case CompareResult.LESS:
      return stored < operand;
    default:
      return true;
  }
}

type Comparable = number | bigint | string;

/** What is stored, and what it is compared with: zero where the request names another target. */
function sidesOf(kv: KeyValue, { target, targetUnion }: Compare): [Comparable, Comparable] {
  switch (target) {
    case CompareTarget.VERSION:
      return [kv.version, targetUnion?.case === 'version' ? targetUnion.value : 0];
    case CompareTarget.CREATE:
      return [kv.createRevision, targetUnion?.case === 'createRevision' ? targetUnion.value : 0];
    case CompareTarget.MOD:
      return [kv.modRevision, targetUnion?.case === 'modRevision' ? targetUnion.value : 0];
    case CompareTarget.LEASE:
      return [kv.lease, targetUnion?.case === 'lease' ? targetUnion.value : 0n];
    default:
      return [
        toByteString(kv.value),
        targetUnion?.case === 'value' ? toByteString(targetUnion.value) : '',
      ];
  }
}
