/** What a log holds at one moment: everything from a snapshot's position on, and the hard state. */
import { ok } from 'node:assert/strict';
import type { HardState, LogPosition } from '@concord/raft';
import type { WitnessedEntry } from './cluster-witness.ts';

export class LogImage {
  hardState: HardState = { term: 0, votedFor: 0n, commit: 0 };
  #start: LogPosition = { term: 0, index: 0 };
  #entries: WitnessedEntry[] = [];

  get lastIndex(): number {
    return this.#start.index + this.#entries.length;
  }

  /** `before` for what a snapshot stands for; undefined beyond the end. */
  termAt(index: number): number | 'before' | undefined {
    if (index < this.#start.index) return 'before';
    if (index === this.#start.index) return this.#start.term;
    return this.#entries[index - this.#start.index - 1]?.term;
  }

  /** The term of the entry that one at `index` would follow. */
  previousTerm(index: number): number {
    const term = this.termAt(index - 1);
    ok(typeof term === 'number', `entry ${index} follows nothing that is known`);
    return term;
  }

  /** An entry replaces what is at its index, and everything behind. */
  append(hardState: HardState | undefined, entries: readonly WitnessedEntry[]): void {
    this.hardState = hardState ?? this.hardState;
    const [first] = entries;
    if (first === undefined) return;
    ok(first.index > this.#start.index && first.index <= this.lastIndex + 1, 'a log has no gaps');
    this.#entries.length = first.index - this.#start.index - 1;
    this.#entries.push(...entries);
  }

  /** Forgets every entry; the next one follows `start`. */
  reset(start: LogPosition): void {
    this.#start = start;
    this.#entries = [];
  }

  copy(): LogImage {
    const copy = new LogImage();
    copy.hardState = this.hardState;
    copy.#start = this.#start;
    copy.#entries = [...this.#entries];
    return copy;
  }
}
