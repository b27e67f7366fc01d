/**
 * The last events, in order and without gaps, as a member holds them in memory for those who ask with `waitIndex`.
 * Bounded by number, as etcd's, and by size: values may be large.
 */
import { indexOf, type KeyEvent } from './key-event.ts';
import { HISTORY_EVENTS_MAX } from './draft.ts';

/** 64 KiB an event on average; more only for whoever stores large values. */
const HISTORY_CHARACTERS_MAX = 64 * 1024 * 1024;

export class History {
  #events: KeyEvent[] = [];
  #characters = 0;
  /** The events up to here are gone. */
  #forgottenTo = 0;

  /** The first index that can be asked for. */
  get firstIndex(): number {
    return this.#forgottenTo + 1;
  }

  get lastIndex(): number {
    const last = this.#events.at(-1);
    return last === undefined ? this.#forgottenTo : indexOf(last);
  }

  /** False when events are missing before this one: then there is a gap, and the history begins anew. */
  add(event: KeyEvent): boolean {
    const isNext = this.#events.length === 0 || indexOf(event) === this.lastIndex + 1;
    if (!isNext) this.#clear();
    if (this.#events.length === 0) this.#forgottenTo = indexOf(event) - 1;
    this.#events.push(event);
    this.#characters += charactersOf(event);
    while (this.#isTooLong() && this.#events.length > 1) this.#forgetFirst();
    return isNext;
  }

  /** Before the first event of all, everything is in the history. */
  beginsAtFirst(): void {
    this.#forgottenTo = 0;
  }

  /** The events from `index` on. */
  from(index: number): readonly KeyEvent[] {
    const first = this.#events[0];
    return first === undefined ? [] : this.#events.slice(Math.max(0, index - indexOf(first)));
  }

  #isTooLong(): boolean {
    return this.#events.length > HISTORY_EVENTS_MAX || this.#characters > HISTORY_CHARACTERS_MAX;
  }

  #forgetFirst(): void {
    const first = this.#events.shift();
    if (first === undefined) return;
    this.#forgottenTo = indexOf(first);
    this.#characters -= charactersOf(first);
  }

  #clear(): void {
    this.#events = [];
    this.#characters = 0;
  }
}

const charactersOf = ({ node, prevNode }: KeyEvent): number =>
  node.key.length + (node.value?.length ?? 0) + (prevNode?.value?.length ?? 0);
