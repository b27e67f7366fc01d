/** What a feed is about: which entries it looks at, and the items that it makes of them. */
import type { Entries } from './entry-index.ts';

/**
 * A subject is pure: the same entries make the same items at every gateway, so that a subscriber can move from one to
 * another. What it shows of the clock is as of the moment when its entries changed last.
 */
export interface Subject<Item> {
  /** Unique among the subjects of a source: whoever asks for the same name shares one feed. */
  readonly name: string;
  /** The keys that it is made of, as prefixes: read again at an earlier revision when a subscriber comes back. */
  readonly prefixes: readonly string[];
  /** The item that an entry belongs to; undefined for what is none of this subject's business. */
  itemKey(entryKey: string): string | undefined;
  /** An item as it is; undefined where there is none. Becomes JSON. */
  item(itemKey: string, entries: Entries): Item | undefined;
  /** Changes within so many milliseconds are told as one: for items that are made of many entries. Default 0. */
  readonly coalesceMs?: number;
  /** The items there may be. Without it all entries of the source are looked through. */
  itemKeys?(entries: Entries): Iterable<string>;
}

/** Every item of a subject as JSON, by its key. */
export function itemTexts(subject: Subject<unknown>, entries: Entries): Map<string, string> {
  const texts = new Map<string, string>();
  const keys = subject.itemKeys?.(entries) ?? keysIn(subject, entries);
  for (const key of keys) {
    const text = itemText(subject, key, entries);
    if (text !== undefined) texts.set(key, text);
  }
  return texts;
}

export function itemText(
  subject: Subject<unknown>,
  key: string,
  entries: Entries,
): string | undefined {
  const item = subject.item(key, entries);
  return item === undefined ? undefined : JSON.stringify(item);
}

function keysIn(subject: Subject<unknown>, entries: Entries): Set<string> {
  const keys = new Set<string>();
  for (const { key } of entries.values()) {
    const itemKey = subject.itemKey(key);
    if (itemKey !== undefined) keys.add(itemKey);
  }
  return keys;
}
