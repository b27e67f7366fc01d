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
    this.#heap = new Int32Array(members.length);
    this.#deadlines = new Float64Array(members.length);
    members.forEach((member, index) => {
      this.#heap[index] = index;
      this.#deadlines[index] = (waits?.get(member) ?? random()) * this.#periods[index]!;
    });
    for (let place = (members.length >>> 1) - 1; place >= 0; place--) {
      this.#sink(place, this.#heap[place]!, this.#deadlines[place]!);
    }
  }

  choose(): number {
    const chosen = this.#heap[0]!;
    this.#virtualNow = this.#deadlines[0]!;
    this.#sink(0, chosen, this.#virtualNow + this.#periods[chosen]!);
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

  /** Puts a member, which was at `start` of the heap, where its deadline belongs from there on. */
  #sink(start: number, member: number, deadline: number): void {
    const heap = this.#heap;
    const deadlines = this.#deadlines;
    const length = heap.length;
    let place = start;
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
