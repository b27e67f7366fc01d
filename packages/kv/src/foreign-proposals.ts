/**
 * Proposals that other members have sent to this one because it leads: they join the append of the turn.
 *
 * Each counts once, and only in the term it was sent in. Its proposer waits for a later term to show that it
 * was lost, and proposes it again then (`proposals.ts`).
 */
import type { ProposeForward } from '@concord/raft';
import { originOf } from './proposal-origin.ts';

export class ForeignProposals {
  #term = 0;
  #payloads: Uint8Array[] = [];
  /** The last number that was taken of each incarnation, in this term. */
  readonly #lastNumbers = new Map<number, number>();

  get count(): number {
    return this.#payloads.length;
  }

  /** Takes in what was sent in the term that this member leads in. What comes twice, or overtaken, is dropped. */
  add({ term, payloads }: ProposeForward): void {
    this.#enter(term);
    for (const payload of payloads) {
      const origin = originOf(payload);
      if (origin === undefined) continue;
      const { incarnation, number } = origin;
      if (number <= (this.#lastNumbers.get(incarnation) ?? 0)) continue;
      this.#lastNumbers.set(incarnation, number);
      this.#payloads.push(payload);
    }
  }

  /** What is to be appended in `term`; of an earlier one nothing is. */
  waiting(term: number): readonly Uint8Array[] {
    if (term !== this.#term) this.#payloads = [];
    return this.#payloads;
  }

  /** All that waited were appended. */
  appended(): void {
    this.#payloads = [];
  }

  #enter(term: number): void {
    if (term === this.#term) return;
    this.#term = term;
    this.#payloads = [];
    this.#lastNumbers.clear();
  }
}
