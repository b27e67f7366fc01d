/**
 * Smooth weighted round robin, by earliest deadline first: a member of weight w is due every 1/w units of a virtual
 * time, and whoever is due next is picked. A pick costs log n, where nginx's algorithm costs n.
 *
 * Invariant: after any number of picks, each of n members is off its exact part by less than one pick and n times its
 * share: of a virtual time v it had v·w picks, give or take one, and so had all others.
 *
 * Clients begin at a place of their own by chance, so that a fleet that starts together does not meet at one
 * instance. When the members change, those that stay keep their place: frequent changes favour nobody.
 */
import { totalOf, type Candidates, type Chooser, type Loaded } from './chooser.ts';

export class WeightedRoundRobin implements Chooser {
  readonly #members: readonly Loaded[];
  readonly #weights: Float64Array;
  readonly #total: number;
  /** Members in a binary heap by deadline, the earliest first. */
  readonly #heap: Int32Array;
  /** Aligned with the heap. */
  readonly #deadlines: Float64Array;
  /** How far it is from one turn of a member to its next; by member. */
  readonly #periods: Float64Array;
  #virtualNow = 0;

  constructor(
    { members, weights }: Candidates,
    random: () => number,
    previous?: WeightedRoundRobin,
  ) {
    this.#members = members;
    this.#weights = weights;
    this.#total = totalOf(weights);
    this.#periods = weights.map((weight) => 1 / weight);
    const waits = previous?.waits();
    const start = members.map((member, index) => ({
      index,
      deadline: (waits?.get(member) ?? random()) * this.#periods[index]!,
    }));
    // A sorted array is a heap.
    start.sort((a, b) => a.deadline - b.deadline);
    this.#heap = Int32Array.from(start, ({ index }) => index);
    this.#deadlines = Float64Array.from(start, ({ deadline }) => deadline);
  }

  choose(): number {
    const chosen = this.#heap[0]!;
    this.#virtualNow = this.#deadlines[0]!;
    this.#sink(chosen, this.#virtualNow + this.#periods[chosen]!);
    return chosen;
  }

  share(index: number): number {
    return this.#weights[index]! / this.#total;
  }

  /** How far each member is from its next turn, in turns of its own. */
  waits(): Map<Loaded, number> {
    const waits = new Map<Loaded, number>();
    this.#heap.forEach((index, place) => {
      const wait = (this.#deadlines[place]! - this.#virtualNow) * this.#weights[index]!;
      waits.set(this.#members[index]!, wait);
    });
    return waits;
  }

  /** Puts the first of the heap where its new deadline belongs. */
  #sink(member: number, deadline: number): void {
    const heap = this.#heap;
    const deadlines = this.#deadlines;
    const length = heap.length;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= length) break;
      if (child + 1 < length && deadlines[child + 1]! < deadlines[child]!) child += 1;
      if (deadlines[child]! >= deadline) break;
      heap[place] = heap[child]!;
      deadlines[place] = deadlines[child]!;
      place = child;
    }
    heap[place] = member;
    deadlines[place] = deadline;
  }
}
