/** A whole range at one revision, in entries that can be kept. */
import type { Entry } from '../kv/entry.ts';
import type { KeyRange } from '../kv/key-space.ts';
import type { KeyValues, PagesOptions } from '../kv/key-values.ts';

export interface Listing {
  readonly revision: number;
  readonly entries: ReadonlyMap<string, Entry>;
}

/** Reads all pages of `range`. */
export async function list(
  kv: KeyValues,
  range: KeyRange,
  options: PagesOptions,
): Promise<Listing> {
  const entries = new Map<string, Entry>();
  let revision = 0;
  for await (const page of kv.pages(range, options)) {
    revision = page.revision;
    // Detached: the last entry that is left of a page would keep all of the page's bytes.
    for (const entry of page.entries) entries.set(entry.key, entry.detached());
  }
  return { revision, entries };
}
