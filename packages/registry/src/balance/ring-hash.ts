/**
 * Ring hash: every member has points on a ring, as many as its weight asks for, and a key belongs to the next point
 * after its hash. When a member comes or goes, only keys next to its points move. Shares follow the weights to about
 * 1/√points: for exact ones there is Maglev.
 *
 * A ring is made from the one before it: what was added and removed is sorted and merged in, so that a change of one
 * member costs a walk along the ring and not its sorting.
 *
 * Invariant: the ring is the same for the same members and weights, whatever was before and in whatever order the
 * members are known.
 */
import { hasRoom } from './bounded-load.ts';
import {
  totalOf,
  type Candidates,
  type Chooser,
  type ChooserSteps,
  type Draw,
  type Loaded,
} from './chooser.ts';
import { hashText, rehash } from './hash.ts';
import { EMPTY_RING, mergedRing, PointList, type Ring } from './ring-points.ts';

/** Points of a member of mean weight: shares to about 8 %. */
export const RING_REPLICAS_DEFAULT = 160;
/** 1 MB of ring; members have fewer points each where there are very many. */
const RING_POINTS_MAX = 131_072;
/** Members that are walked past because they are full or refused, before the first is taken after all. */
const WALK_MEMBERS_MAX = 64;

export class RingHash implements Chooser {
  readonly #members: readonly Loaded[];
  readonly #weights: Float64Array;
  readonly #total: number;
  readonly #boundedLoad: number | undefined;
  /** How many points each member has. */
  readonly #counts: Int32Array;
  readonly #ring: Ring;
  #shares: Float64Array | undefined;

  private constructor(
    { members, weights }: Candidates,
    counts: Int32Array,
    ring: Ring,
    boundedLoad: number | undefined,
  ) {
    this.#members = members;
    this.#weights = weights;
    this.#total = totalOf(weights);
    this.#counts = counts;
    this.#ring = ring;
    this.#boundedLoad = boundedLoad;
  }

  /**
   * @param replicas - points of a member of mean weight
   * @param previous - a ring with mostly the same members
   */
  static *make(
    candidates: Candidates,
    replicas: number,
    boundedLoad?: number,
    previous?: RingHash,
  ): ChooserSteps {
    const { members } = candidates;
    const counts = pointCounts(candidates, replicas);
    const before = previous === undefined ? new Int32Array() : previous.#indexesIn(members);
    const known = new Int32Array(members.length);
    before.forEach((index, was) => {
      if (index >= 0) known[index] = previous!.#counts[was]!;
    });
    yield;
    const added = new PointList();
    const removed = new PointList();
    members.forEach(({ id }, index) => {
      if (known[index] === counts[index]) return;
      // Points are numbered, and more weight adds to the end: those of before stay where they are.
      const hash = hashText(id);
      for (let n = known[index]!; n < counts[index]!; n++) added.push(rehash(hash, n), index);
      for (let n = counts[index]!; n < known[index]!; n++) removed.push(rehash(hash, n), index);
    });
    yield;
    const addedPoints = yield* added.sorted();
    const removedPoints = yield* removed.sorted();
    const ring = mergedRing(
      previous === undefined ? EMPTY_RING : previous.#ring,
      before,
      addedPoints,
      removedPoints,
      members,
    );
    return new RingHash(candidates, counts, ring, boundedLoad);
  }

  choose(draw: Draw): number {
    const place = this.#placeOf(draw.hash);
    const first = this.#ring.owners[place]!;
    return draw.refused === 0 && this.#hasRoom(first, draw) ? first : this.#walk(place, draw);
  }

  share(index: number): number {
    return (this.#shares ??= this.#arcs())[index]!;
  }

  /** Where each of this ring's members is in `members`; -1 for those that are gone. */
  #indexesIn(members: readonly Loaded[]): Int32Array {
    const indexes = new Map(members.map((member, index) => [member, index]));
    return Int32Array.from(this.#members, (member) => indexes.get(member) ?? -1);
  }

  /** The next member along the ring that has room, after those that were refused. */
  #walk(start: number, draw: Draw): number {
    const { owners } = this.#ring;
    const first = owners[start]!;
    const passed = new Set<number>();
    let last = first;
    for (let step = 0; step < owners.length; step++) {
      const owner = owners[(start + step) % owners.length]!;
      if (passed.has(owner)) continue;
      last = owner;
      if (passed.size >= draw.refused && this.#hasRoom(owner, draw)) return owner;
      passed.add(owner);
      if (passed.size >= WALK_MEMBERS_MAX || passed.size === this.#members.length) break;
    }
    // All are full or refused.
    return draw.refused === 0 ? first : last;
  }

  /** Of its part by weight: the arcs are what the bound is to even out. */
  #hasRoom(owner: number, draw: Draw): boolean {
    const share = this.#weights[owner]! / this.#total;
    return hasRoom(this.#members[owner]!, share, draw, this.#boundedLoad);
  }

  /** The first point at or after `hash`, around the ring. */
  #placeOf(hash: number): number {
    const { points } = this.#ring;
    let low = 0;
    let high = points.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (points[middle]! < hash) low = middle + 1;
      else high = middle;
    }
    return low === points.length ? 0 : low;
  }

  /** The part of the ring that is each member's. */
  #arcs(): Float64Array {
    const { points, owners } = this.#ring;
    const arcs = new Float64Array(this.#members.length);
    let before = points.at(-1)! - 2 ** 32;
    points.forEach((point, place) => {
      const owner = owners[place]!;
      arcs[owner] = arcs[owner]! + (point - before) / 2 ** 32;
      before = point;
    });
    return arcs;
  }
}

/** How many points each member has: at least one, and otherwise as its weight says. */
function pointCounts({ members, weights }: Candidates, replicas: number): Int32Array {
  const perMember = Math.max(1, Math.min(replicas, RING_POINTS_MAX / members.length));
  const mean = totalOf(weights) / members.length;
  return Int32Array.from(weights, (weight) => Math.max(1, Math.round((perMember * weight) / mean)));
}
