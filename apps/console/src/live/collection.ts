/** A list that is kept current: what a snapshot held, with the changes after it. Pure, so that it can be tested. */
import type { LiveEvent } from './event-stream.ts';

/** The items of one subject at one revision, by their names. */
export interface Collection<Item> {
  readonly revision: number;
  readonly items: ReadonlyMap<string, Item>;
}

/** What the gateway's events hold. */
interface SnapshotData<Item> {
  readonly revision: number;
  readonly items: readonly Item[];
}
interface ChangeData<Item> {
  readonly revision: number;
  readonly put?: readonly Item[];
  /** Names, or items of which the name is all that counts. */
  readonly deleted?: readonly (string | Item)[];
}

/** The collection after `events`; a new one, so that React sees that it is another. */
export function folded<Item>(
  before: Collection<Item> | undefined,
  events: readonly LiveEvent[],
  nameOf: (item: Item) => string,
): Collection<Item> {
  let revision = before?.revision ?? 0;
  let items = new Map(before?.items);
  for (const event of events) {
    if (event.kind === 'snapshot') {
      const snapshot = event.data as SnapshotData<Item>;
      revision = snapshot.revision;
      items = new Map(snapshot.items.map((item) => [nameOf(item), item]));
      continue;
    }
    const change = event.data as ChangeData<Item>;
    revision = change.revision;
    for (const item of change.put ?? []) items.set(nameOf(item), item);
    for (const gone of change.deleted ?? []) {
      items.delete(typeof gone === 'string' ? gone : nameOf(gone));
    }
  }
  return { revision, items };
}
