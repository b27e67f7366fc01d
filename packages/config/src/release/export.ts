/** Items carried from one cluster to another, by the gateway or by concordctl: one kind of document, brought in the same way. */
import { RELEASE_BYTES_MAX, RELEASE_ITEMS_MAX } from './store.ts';
import type { Content } from './record.ts';

/** What such a document says of itself, as `kind`. */
export const EXPORT_KIND = 'concord.config/v1';

/** Keys, names, times, and the wrapping as JSON of an item and of its entry in the history. */
const ITEM_OVERHEAD_BYTES = 2 * 1024;

/**
 * What an item takes of a transaction, at most: its content is in the item and in its history.
 *
 * @param storedBytes - of the item as it is, whose gray tracks stay in it
 */
export const releaseBytes = (content: Content, storedBytes = 0): number =>
  2 * Buffer.byteLength(JSON.stringify(content)) + storedBytes + ITEM_OVERHEAD_BYTES;

/** As few transactions as hold what is to be released, in its order; each is all or nothing. */
export function releaseParts<Item extends { readonly bytes: number }>(
  items: readonly Item[],
): readonly (readonly Item[])[] {
  const parts: Item[][] = [];
  let bytes = Infinity;
  for (const item of items) {
    const last = parts.at(-1);
    if (last === undefined || last.length === RELEASE_ITEMS_MAX) bytes = Infinity;
    bytes += item.bytes;
    if (bytes > RELEASE_BYTES_MAX) {
      parts.push([item]);
      ({ bytes } = item);
    } else last!.push(item);
  }
  return parts;
}
