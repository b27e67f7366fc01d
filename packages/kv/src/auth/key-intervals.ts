/**
 * A set of keys as intervals that neither overlap nor touch, ascending: what all ranges added to it cover together.
 */
import { contains, isEmpty, type ByteString, type KeyRange } from '@concord/protocol';

export class KeyIntervals {
  /** Invariant: ascending, and each begins behind the end of the one before. */
  readonly #intervals: readonly KeyRange[];

  /** The union of `ranges`, in any order. */
  constructor(ranges: readonly KeyRange[]) {
    const merged: { from: ByteString; to: ByteString | undefined }[] = [];
    const ascending = ranges
      .filter((range) => !isEmpty(range))
      .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
    for (const { from, to } of ascending) {
      const last = merged.at(-1);
      if (last === undefined || (last.to !== undefined && last.to < from))
        merged.push({ from, to });
      else if (last.to !== undefined && (to === undefined || to > last.to)) last.to = to;
    }
    this.#intervals = merged;
  }

  /**
   * Whether every key of `range` is in the set. A range without keys is taken for its first key, as etcd does: whoever
   * asks for nothing at a place must be allowed to look there.
   */
  covers(range: KeyRange): boolean {
    const interval = this.#at(range.from);
    if (interval === undefined) return false;
    if (isEmpty(range) || interval.to === undefined) return true;
    return range.to !== undefined && range.to <= interval.to;
  }

  /** The interval that holds `key`. */
  #at(key: ByteString): KeyRange | undefined {
    let low = 0;
    let high = this.#intervals.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#intervals[middle] as KeyRange).from <= key) low = middle + 1;
      else high = middle;
    }
    const candidate = this.#intervals[low - 1];
    return candidate !== undefined && contains(candidate, key) ? candidate : undefined;
  }
}
