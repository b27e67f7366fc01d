/**
 * Ring hash: every member has points on a ring, as many as its weight asks for, and a key belongs to the next point
 * after its hash. When a member comes or goes, only keys next to its points move. Shares follow the weights to about
 * 1/√points: for exact ones there is Maglev.
 */
import { hasRoom } from './bounded-load.ts';
import { totalOf, type Candidates, type Chooser, type Draw, type Loaded } from './chooser.ts';
import { hashText, rehash } from './hash.ts';

/** Points of a member of mean weight: shares to about 8 %. */
export const RING_REPLICAS_DEFAULT = 160;
/** 1.5 MB of ring; members have fewer points each where there are very many. */
const RING_POINTS_MAX = 131_072;
/** Members that are walked past because they are full or refused, before the first is taken after all. */
const WALK_MEMBERS_MAX = 64;

/** A point's place on the ring and its member in one number, so that points sort as numbers. */
const OWNER_VALUES = 2 ** 20;

export class RingHash implements Chooser {
  readonly #members: readonly Loaded[];
  readonly #points: Uint32Array;
  readonly #owners: Int32Array;
  readonly #shares: Float64Array;
  readonly #weights: Float64Array;
  readonly #total: number;
  readonly #boundedLoad: number | undefined;

  constructor({ members, weights }: Candidates, replicas: number, boundedLoad?: number) {
    this.#members = members;
    this.#weights = weights;
    this.#total = totalOf(weights);
    this.#boundedLoad = boundedLoad;
    const perMember = Math.max(1, Math.min(replicas, RING_POINTS_MAX / members.length));
    const packed = packedPoints(members, weights, perMember);
    this.#points = Uint32Array.from(packed, (point) => Math.floor(point / OWNER_VALUES));
    this.#owners = Int32Array.from(packed, (point) => point % OWNER_VALUES);
    this.#shares = this.#arcs();
  }

  choose(draw: Draw): number {
    const place = this.#placeOf(draw.hash);
    const first = this.#owners[place]!;
    return draw.refused === 0 && this.#hasRoom(first, draw) ? first : this.#walk(place, draw);
  }

  share(index: number): number {
    return this.#shares[index]!;
  }

  /** The next member along the ring that has room, after those that were refused. */
  #walk(start: number, draw: Draw): number {
    const points = this.#points.length;
    const first = this.#owners[start]!;
    const passed = new Set<number>();
    let last = first;
    for (let step = 0; step < points; step++) {
      const owner = this.#owners[(start + step) % points]!;
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
    let low = 0;
    let high = this.#points.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#points[middle]! < hash) low = middle + 1;
      else high = middle;
    }
    return low === this.#points.length ? 0 : low;
  }

  /** The part of the ring that is each member's. */
  #arcs(): Float64Array {
    const arcs = new Float64Array(this.#members.length);
    let before = this.#points.at(-1)! - 2 ** 32;
    this.#points.forEach((point, place) => {
      const owner = this.#owners[place]!;
      arcs[owner] = arcs[owner]! + (point - before) / 2 ** 32;
      before = point;
    });
    return arcs;
  }
}

function packedPoints(
  members: readonly Loaded[],
  weights: Float64Array,
  perMember: number,
): Float64Array {
  const mean = totalOf(weights) / members.length;
  const points: number[] = [];
  members.forEach(({ id }, owner) => {
    const hash = hashText(id);
    // Points are numbered, and more weight adds to the end: those of before stay where they are.
    const count = Math.max(1, Math.round((perMember * weights[owner]!) / mean));
    for (let n = 0; n < count; n++) points.push(rehash(hash, n) * OWNER_VALUES + owner);
  });
  return Float64Array.from(points).sort();
}
