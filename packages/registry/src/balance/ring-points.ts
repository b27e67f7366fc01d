/** The points of a hash ring, sorted: how lists of them are made, and merged into a ring that is there. */
import type { Loaded } from './chooser.ts';

/** Points in ascending order, and the index of the member that each belongs to. Never changed in place. */
export interface Ring {
  readonly points: Uint32Array;
  readonly owners: Int32Array;
}

export const EMPTY_RING: Ring = { points: new Uint32Array(), owners: new Int32Array() };

/** A point and its owner in one number, so that points sort as numbers: 32 bits and 20. */
const OWNER_VALUES = 2 ** 20;

/** Lists are sorted in so many parts, a step each: 16 of 131,072 points take half a millisecond each. */
const SORT_PARTS = 16;
const PART_VALUES = (2 ** 32 / SORT_PARTS) * OWNER_VALUES;

/** Points that come to a ring, or go. */
export class PointList {
  readonly #packed: number[] = [];

  push(point: number, owner: number): void {
    this.#packed.push(point * OWNER_VALUES + owner);
  }

  /** Points are hashes and so spread evenly: each part of the ring is sorted by itself. */
  *sorted(): Generator<void, Float64Array, void> {
    const packed = this.#packed;
    const starts = new Int32Array(SORT_PARTS + 1);
    for (const point of packed) {
      const part = Math.floor(point / PART_VALUES);
      starts[part + 1] = starts[part + 1]! + 1;
    }
    for (let part = 0; part < SORT_PARTS; part++)
      starts[part + 1] = starts[part + 1]! + starts[part]!;
    const sorted = new Float64Array(packed.length);
    const next = starts.slice();
    for (const point of packed) {
      const part = Math.floor(point / PART_VALUES);
      const place = next[part]!;
      sorted[place] = point;
      next[part] = place + 1;
    }
    for (let part = 0; part < SORT_PARTS; part++) {
      if (packed.length > SORT_PARTS) yield;
      sorted.subarray(starts[part], starts[part + 1]).sort();
    }
    return sorted;
  }
}

/**
 * @param indexes - where the owners of `ring` are in `members`; -1 for those that are gone
 * @param added - sorted, of members by their new index, as is `removed`
 */
export function mergedRing(
  ring: Ring,
  indexes: Int32Array,
  added: Float64Array,
  removed: Float64Array,
  members: readonly Loaded[],
): Ring {
  const length = ring.points.length + added.length;
  const merged = new RingWriter(new Uint32Array(length), new Int32Array(length), members);
  let nextAdded = 0;
  let nextRemoved = 0;
  for (let place = 0; place < ring.points.length; place++) {
    const owner = indexes[ring.owners[place]!]!;
    if (owner < 0) continue;
    const point = ring.points[place]!;
    while (nextAdded < added.length && pointOf(added[nextAdded]!) <= point) {
      merged.writePacked(added[nextAdded++]!);
    }
    nextRemoved = skipBelow(removed, nextRemoved, point);
    if (!isListed(removed, nextRemoved, point, owner)) merged.write(point, owner);
  }
  while (nextAdded < added.length) merged.writePacked(added[nextAdded++]!);
  return merged.ring;
}

const pointOf = (packed: number): number => Math.floor(packed / OWNER_VALUES);

function skipBelow(list: Float64Array, from: number, point: number): number {
  let next = from;
  while (next < list.length && pointOf(list[next]!) < point) next += 1;
  return next;
}

/** Whether the point of `owner` is in the list at `from`, among equal ones. */
function isListed(list: Float64Array, from: number, point: number, owner: number): boolean {
  for (let next = from; next < list.length && pointOf(list[next]!) === point; next++) {
    if (list[next]! % OWNER_VALUES === owner) return true;
  }
  return false;
}

class RingWriter {
  readonly #points: Uint32Array;
  readonly #owners: Int32Array;
  readonly #members: readonly Loaded[];
  #length = 0;

  constructor(points: Uint32Array, owners: Int32Array, members: readonly Loaded[]) {
    this.#points = points;
    this.#owners = owners;
    this.#members = members;
  }

  get ring(): Ring {
    // A copy, lest a ring that shrinks for ever keeps what it was.
    return {
      points: this.#points.slice(0, this.#length),
      owners: this.#owners.slice(0, this.#length),
    };
  }

  writePacked(packed: number): void {
    this.write(pointOf(packed), packed % OWNER_VALUES);
  }

  /** Equal points, which are rare, are in the order of their owners' ids, as every client has it. */
  write(point: number, owner: number): void {
    let place = this.#length++;
    while (place > 0 && this.#points[place - 1] === point && this.#isBefore(owner, place - 1)) {
      this.#points[place] = point;
      this.#owners[place] = this.#owners[place - 1]!;
      place -= 1;
    }
    this.#points[place] = point;
    this.#owners[place] = owner;
  }

  #isBefore(owner: number, place: number): boolean {
    return this.#members[owner]!.id < this.#members[this.#owners[place]!]!.id;
  }
}
