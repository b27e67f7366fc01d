/** The entries that a mirror holds, and how lists and changes are taken in. Pure. */
import type { Entry } from '../kv/entry.ts';
import type { Change } from '../watch/change.ts';

export class View {
  readonly entries = new Map<string, Entry>();

  apply(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.kind === 'put') this.entries.set(change.entry.key, change.entry);
      else this.entries.delete(change.key);
    }
  }

  /**
   * Takes in a fresh list, and tells what is different: the changes that lead from the old view to the new one. Entries
   * that are the same object in history are the same here.
   */
  replace(list: ReadonlyMap<string, Entry>, revision: number): readonly Change[] {
    const changes: Change[] = [];
    for (const [key, previous] of this.entries) {
      if (!list.has(key)) changes.push({ kind: 'delete', key, modRevision: revision, previous });
    }
    for (const [key, entry] of list) {
      const previous = this.entries.get(key);
      if (previous === undefined) changes.push({ kind: 'put', entry });
      else if (!isSame(previous, entry)) changes.push({ kind: 'put', entry, previous });
    }
    this.apply(changes);
    return changes;
  }
}

/** After a restore another value may have the same revision: both are compared. */
function isSame(a: Entry, b: Entry): boolean {
  return (
    a.modRevision === b.modRevision &&
    a.createRevision === b.createRevision &&
    a.lease === b.lease &&
    a.value.length === b.value.length &&
    a.value.every((byte, index) => byte === b.value[index])
  );
}
