/**
 * The keys that a transaction's deletions cover, as sorted ranges that neither overlap nor touch, so that asking
 * for one key is a binary search however many deletions there are.
 */
import { isEmpty } from '@concord/protocol';
import type { ByteString, KeyRange } from '@concord/protocol';

export class DeletedKeys {
  readonly #spans: KeyRange[] = [];

  /** An empty range adds nothing. */
  add(range: KeyRange): void {
    const { from, to } = range;
    if (isEmpty(range)) return;
    const first = this.#firstEndingAtOrAfter(from);
    let last = first;
    let mergedFrom = from;
    let mergedTo = to;
    for (; last < this.#spans.length; last++) {
      const span = this.#spans[last] as KeyRange;
      if (mergedTo !== undefined && span.from > mergedTo) break;
      if (span.from < mergedFrom) mergedFrom = span.from;
      if (span.to === undefined || (mergedTo !== undefined && span.to > mergedTo))
        mergedTo = span.to;
    }
    this.#spans.splice(first, last - first, { from: mergedFrom, to: mergedTo });
  }

  addAll(other: DeletedKeys): void {
    for (const range of other.#spans) this.add(range);
  }

  has(key: ByteString): boolean {
    const span = this.#spans[this.#firstEndingAtOrAfter(`${key}\0`)];
    return span !== undefined && span.from <= key;
  }

  #firstEndingAtOrAfter(bound: ByteString): number {
    let low = 0;
    let high = this.#spans.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const { to } = this.#spans[middle] as KeyRange;
      if (to !== undefined && to < bound) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
