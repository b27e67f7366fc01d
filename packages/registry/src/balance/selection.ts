/** Candidates and their chooser for one kind of pick, made when they are asked for and kept until something changes. */
import { electCandidates, type Demand, type Elected } from './candidates.ts';
import type { Chooser, Draw } from './chooser.ts';
import type { Endpoint } from './endpoint.ts';
import type { ChooserFactory } from './policy.ts';

/** Choices that are refused, by `exclude` or a probe on its way, before all members are looked through. */
const CHOICES_MAX = 16;
/**
 * Where making a selection takes long, as with 10,000 instances, at most a tenth of the time goes into it while
 * changes rain in. Nobody who has gone or is ill is picked from an older one; those who came, and new weights, wait:
 * some 30 ms with round robin and 10,000 instances, longer with the tables of hashing.
 */
const REBUILD_PART = 0.1;
const REBUILD_WAIT_MS_MAX = 1000;

export class Selection {
  readonly demand: Demand;
  readonly #factory: ChooserFactory;
  readonly #random: () => number;
  #elected: Elected = {
    members: [],
    weights: new Float64Array(),
    isPanic: false,
    localShare: undefined,
    eligible: [],
  };
  #chooser: Chooser | undefined;
  /** The version of the balancer's state that this was made from; 0 for none. */
  #version = 0;
  #notBeforeMs = -Infinity;

  constructor(demand: Demand, factory: ChooserFactory, random: () => number) {
    this.demand = demand;
    this.#factory = factory;
    this.#random = random;
  }

  get elected(): Elected {
    return this.#elected;
  }

  isCurrent(version: number): boolean {
    return this.#version === version;
  }

  /** Whether it may be made anew by now: see {@link REBUILD_PART}. */
  mayRebuild(nowMs: number): boolean {
    return nowMs >= this.#notBeforeMs;
  }

  rebuild(endpoints: Iterable<Endpoint>, version: number, now: () => number): void {
    const startMs = now();
    this.#elected = electCandidates(endpoints, this.demand, startMs);
    this.#chooser =
      this.#elected.members.length === 0
        ? undefined
        : this.#factory(this.#elected, this.#random, this.#chooser);
    this.#version = version;
    const endMs = now();
    const waitMs = Math.min(REBUILD_WAIT_MS_MAX, (endMs - startMs) / REBUILD_PART);
    this.#notBeforeMs = endMs + waitMs;
  }

  /** The part of the picks that a member gets. */
  shares(): Map<Endpoint, { share: number; weight: number }> {
    const shares = new Map<Endpoint, { share: number; weight: number }>();
    this.#elected.members.forEach((member, index) => {
      const share = this.#chooser!.share(index);
      shares.set(member, { share, weight: this.#elected.weights[index]! });
    });
    return shares;
  }

  /** Who is next, free or not; undefined where there are no members. */
  first(draw: Draw): Endpoint | undefined {
    const chooser = this.#chooser;
    return chooser === undefined ? undefined : this.#elected.members[chooser.choose(draw)];
  }

  /** After the first was not: one of the members that `isFree`, or undefined when none is. */
  another(draw: Draw, isFree: (endpoint: Endpoint) => boolean): Endpoint | undefined {
    const chooser = this.#chooser;
    if (chooser === undefined) return undefined;
    const members = this.#elected.members;
    for (let refused = 1; refused < CHOICES_MAX; refused++) {
      const next = members[chooser.choose({ ...draw, refused })]!;
      if (isFree(next)) return next;
    }
    // Few are left, and the policy would rather have others: any of them, from a place that the draw decides.
    for (let step = 0; step < members.length; step++) {
      const member = members[(draw.hash + step) % members.length]!;
      if (isFree(member)) return member;
    }
    return undefined;
  }
}
