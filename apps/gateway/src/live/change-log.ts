/**
 * The newest changes of a feed. Nobody has a queue of their own: a subscriber is a place in this log, and one that is
 * too far behind for it is given everything anew. So ten thousand slow readers hold no more memory than one.
 */
import { LiveEvent, type ItemChanges } from './live-event.ts';

/** Some seconds of a storm, and what a subscriber misses while it goes from one gateway to another. */
const CHANGES_MAX = 1024;
/** In characters. A feed may hold as much, so a thousand feeds hold little where little happens. */
const CHARACTERS_MAX = 2 * 1024 * 1024;
/** Who is further behind gets one event that says the same: the last state of each item. */
const FOLD_ABOVE = 64;

interface Logged extends ItemChanges {
  readonly event: LiveEvent;
}

export class ChangeLog {
  readonly #changes: Logged[] = [];
  #characters = 0;
  /** Invariant: every change after this revision is in the log. */
  #floor: number;

  constructor(revision: number) {
    this.#floor = revision;
  }

  get floor(): number {
    return this.#floor;
  }

  push(revision: number, changes: ItemChanges): void {
    const event = LiveEvent.change(revision, changes);
    this.#changes.push({ event, ...changes });
    this.#characters += event.length;
    while (this.#changes.length > CHANGES_MAX || this.#characters > CHARACTERS_MAX) {
      const oldest = this.#changes.shift();
      if (oldest === undefined) return;
      this.#characters -= oldest.event.length;
      this.#floor = oldest.event.revision;
    }
  }

  /** What came after `revision`; undefined where that is not known any more. */
  after(revision: number): readonly LiveEvent[] | undefined {
    if (revision < this.#floor) return undefined;
    const first = this.#firstAfter(revision);
    const count = this.#changes.length - first;
    if (count <= FOLD_ABOVE) return this.#changes.slice(first).map(({ event }) => event);
    return [fold(this.#changes.slice(first))];
  }

  /** What is behind is at the end: looking from there is shortest. */
  #firstAfter(revision: number): number {
    let at = this.#changes.length;
    while (at > 0 && this.#changes[at - 1]!.event.revision > revision) at -= 1;
    return at;
  }
}

function fold(changes: readonly Logged[]): LiveEvent {
  const put = new Map<string, string>();
  const deleted = new Set<string>();
  for (const change of changes) {
    for (const key of change.deleted) {
      put.delete(key);
      deleted.add(key);
    }
    for (const [key, text] of change.put) {
      put.set(key, text);
      deleted.delete(key);
    }
  }
  return LiveEvent.change(changes.at(-1)!.event.revision, { put, deleted });
}
