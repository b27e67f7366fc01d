/**
 * Stands between a replica and its log, and knows what was handed over and what of it is durable: so it knows what a
 * restart must find, whatever way the member died.
 *
 * 1. What was reported durable is there, byte for byte; of what was on its way a part from its beginning may be.
 * 2. The hard state never goes back: no term and no vote that was durable is forgotten.
 * 3. A vote is granted and an append accepted only once it is durable.
 */
import { deepEqual, equal, ok } from 'node:assert/strict';
import type { MemberMessage } from '@concord/kv';
import type { Entry, HardState, LogPosition } from '@concord/raft';
import type { ClusterWitness, WitnessedEntry } from './cluster-witness.ts';
import { LogImage } from './log-image.ts';

type Step =
  | {
      readonly kind: 'append';
      readonly hardState: HardState | undefined;
      readonly entries: readonly WitnessedEntry[];
    }
  /** The log begins anew behind a snapshot. */
  | { readonly kind: 'reset'; readonly position: LogPosition };

export class LogWitness {
  readonly #cluster: ClusterWitness;
  #durable = new LogImage();
  /** With everything that is on its way to the disk. */
  #written = new LogImage();
  #pending: Step[] = [];

  constructor(cluster: ClusterWitness) {
    this.#cluster = cluster;
  }

  get lastIndex(): number {
    return this.#written.lastIndex;
  }

  /** `before` for what a snapshot stands for. */
  termAt(index: number): number | 'before' | undefined {
    return this.#written.termAt(index);
  }

  /** Whether an entry is durable here. */
  holds({ index, term }: LogPosition): boolean {
    const own = this.#durable.termAt(index);
    return own === 'before' || own === term;
  }

  append(hardState: HardState | undefined, entries: readonly Entry[], nowMs: number): void {
    const own: WitnessedEntry[] = [];
    for (const entry of entries) {
      ok(entry.index > 0, 'the log begins at 1');
      const previous = own.at(-1)?.term ?? this.#written.previousTerm(entry.index);
      own.push(this.#cluster.appended(entry, previous, nowMs));
    }
    this.#begin({ kind: 'append', hardState, entries: own });
  }

  /** The log is about to begin anew. */
  resets(position: LogPosition): void {
    this.#begin({ kind: 'reset', position });
  }

  /** The oldest of what was on its way is durable. */
  durable(): void {
    const step = this.#pending.shift();
    ok(step !== undefined, 'something was reported durable twice');
    take(this.#durable, step);
  }

  #begin(step: Step): void {
    take(this.#written, step);
    this.#pending.push(step);
  }

  /** A message is about to leave: it must not promise what is not durable. */
  sends(message: MemberMessage): void {
    const { hardState } = this.#durable;
    if (message.kind === 'vote-reply' && message.granted) {
      const { term, to } = message;
      ok(
        hardState.term > term || (hardState.term === term && hardState.votedFor === to),
        `a vote in term ${term} was granted before it was durable`,
      );
    }
    if (message.kind === 'append-reply' && message.accepted) {
      const { index } = message;
      ok(index <= this.#durable.lastIndex, `entry ${index} was accepted before it was durable`);
      ok(hardState.term >= message.term, `term ${message.term} was heard of before it was durable`);
    }
  }

  /** A restart found this in store and log. */
  recovered(stored: LogPosition, entries: readonly Entry[], hardState: HardState): void {
    const lastIndex = entries.at(-1)?.index ?? stored.index;
    ok(lastIndex >= stored.index, `the store is at ${stored.index}, the log ends at ${lastIndex}`);
    const { term, votedFor } = this.#durable.hardState;
    ok(hardState.term >= term, `term ${term} was durable, ${hardState.term} is there`);
    const isSameVote = hardState.votedFor === votedFor || votedFor === 0n;
    ok(hardState.term > term || isSameVote, `the vote in term ${term} was forgotten`);
    const found = (): boolean => this.#isImage(entries, lastIndex, hardState);
    while (!found()) {
      const next = this.#pending.shift();
      ok(next !== undefined, `a log that ends at ${lastIndex} was found, which never was`);
      take(this.#durable, next);
    }
    this.#pending = [];
    this.#written = this.#durable.copy();
    for (const { index, term: own, data } of entries) {
      const known = this.#cluster.entry(index, own);
      deepEqual(Buffer.from(data), Buffer.from(known?.data ?? []), `entry ${index} was changed`);
    }
  }

  #isImage(entries: readonly Entry[], lastIndex: number, hardState: HardState): boolean {
    const { hardState: own, lastIndex: ownLast } = this.#durable;
    if (own.term !== hardState.term || own.votedFor !== hardState.votedFor) return false;
    if (ownLast !== lastIndex) return false;
    return entries.every(({ index, term }) => this.#durable.termAt(index) === term);
  }

  /** The log and the store are of one age: their entries follow each other. */
  connects(stored: LogPosition, base: LogPosition): void {
    ok(
      base.index <= stored.index,
      `the log begins at ${base.index}, the store is at ${stored.index}`,
    );
    const own = this.#written.termAt(stored.index);
    if (own !== 'before' && stored.index > 0) equal(own, stored.term, 'the store is of the log');
  }
}

function take(image: LogImage, step: Step): void {
  if (step.kind === 'append') image.append(step.hardState, step.entries);
  else image.reset(step.position);
}
