/**
 * Maglev hashing (Eisenbud et al., NSDI 2016), weighted: a table of slots in which every member fills a number of
 * them in proportion to its weight, each in an order of its own, so that the tables of different clients, and those
 * before and after a change, agree on nearly all slots. Shares are exact to one slot; a pick is one look-up.
 *
 * One change can move slots anywhere, so that a table is always made from nothing: in steps.
 */
import { hasRoom } from './bounded-load.ts';
import type { Candidates, Chooser, ChooserSteps, Draw, Loaded } from './chooser.ts';
import { hashText, rehash } from './hash.ts';
import { WeightedRoundRobin } from './weighted-round-robin.ts';

/** The smaller of the paper's sizes: prime, and 100 slots each for 655 members. */
export const MAGLEV_SLOTS = 65_537;
/** Slots that are filled in a step: about half a millisecond of work. */
const SLOTS_A_STEP = 2048;
/** Slots that are tried for one that is not full or refused, before the first is taken after all. */
const PROBES_MAX = 64;

export class Maglev implements Chooser {
  readonly #members: readonly Loaded[];
  readonly #slots: Int32Array;
  readonly #shares: Float64Array;
  readonly #boundedLoad: number | undefined;

  private constructor(
    members: readonly Loaded[],
    slots: Int32Array,
    boundedLoad: number | undefined,
  ) {
    this.#members = members;
    this.#slots = slots;
    this.#boundedLoad = boundedLoad;
    const shares = new Float64Array(members.length);
    for (let slot = 0; slot < MAGLEV_SLOTS; slot++) {
      shares[slots[slot]!] = shares[slots[slot]!]! + 1 / MAGLEV_SLOTS;
    }
    this.#shares = shares;
  }

  static *make({ members, weights }: Candidates, boundedLoad?: number): ChooserSteps {
    const slots = yield* filledSlots(members, weights);
    return new Maglev(members, slots, boundedLoad);
  }

  choose(draw: Draw): number {
    const first = this.#slots[draw.hash % MAGLEV_SLOTS]!;
    if (draw.refused === 0 && this.#hasRoom(first, draw)) return first;
    // Other slots in an order that belongs to the key: whoever comes second for it is the same for every client.
    const passed = new Set([first]);
    let last = first;
    for (let probe = 1; probe <= PROBES_MAX; probe++) {
      const owner = this.#slots[rehash(draw.hash, probe) % MAGLEV_SLOTS]!;
      if (passed.has(owner)) continue;
      last = owner;
      if (passed.size >= draw.refused && this.#hasRoom(owner, draw)) return owner;
      passed.add(owner);
    }
    return draw.refused === 0 ? first : last;
  }

  share(index: number): number {
    return this.#shares[index]!;
  }

  #hasRoom(owner: number, draw: Draw): boolean {
    return hasRoom(this.#members[owner]!, this.#shares[owner]!, draw, this.#boundedLoad);
  }
}

function* filledSlots(
  members: readonly Loaded[],
  weights: Float64Array,
): Generator<void, Int32Array, void> {
  // In the order of their ids, whatever order the client knows them in.
  const order = members.map((_, index) => index);
  order.sort((a, b) => (members[a]!.id < members[b]!.id ? -1 : 1));
  yield;
  const hashes = order.map((index) => hashText(members[index]!.id));
  const next = Int32Array.from(hashes, (hash) => rehash(hash, 1) % MAGLEV_SLOTS);
  const skips = Int32Array.from(hashes, (hash) => 1 + (rehash(hash, 2) % (MAGLEV_SLOTS - 1)));
  // Everybody's first turn is at a moment of its own, so that it does not move when others come and go.
  let starting = 0;
  const turns = new WeightedRoundRobin(
    {
      members: order.map((index) => members[index]!),
      weights: Float64Array.from(order, (index) => weights[index]!),
    },
    () => rehash(hashes[starting++]!, 3) / 2 ** 32,
  );
  const slots = new Int32Array(MAGLEV_SLOTS).fill(-1);
  for (let filled = 0; filled < MAGLEV_SLOTS; filled++) {
    if (filled % SLOTS_A_STEP === 0) yield;
    const turn = turns.choose();
    const skip = skips[turn]!;
    let slot = next[turn]!;
    while (slots[slot] !== -1) slot = (slot + skip) % MAGLEV_SLOTS;
    slots[slot] = order[turn]!;
    next[turn] = (slot + skip) % MAGLEV_SLOTS;
  }
  yield;
  return slots;
}
