/** Candidates and their chooser for one kind of pick, made when they are asked for and kept until something changes. */
import { electCandidates, type Demand, type Elected } from './candidates.ts';
import type { Chooser, ChooserSteps, Draw } from './chooser.ts';
import type { Endpoint } from './endpoint.ts';
import type { ChooserFactory } from './policy.ts';

/** Choices that are refused, by `exclude` or a probe on its way, before all members are looked through. */
const CHOICES_MAX = 16;
/**
 * Where taking changes in takes long, as with 10,000 instances, no pick works longer on it than this, give or take a
 * step, so that the event loop is not kept; and at most a tenth of the time goes into it while changes rain in. Nobody
 * who has gone or is ill is picked meanwhile; those who came, and new weights, wait: with 10,000 instances some
 * 50 ms, with a table of Maglev 300 ms.
 */
const SLICE_MS = 3;
const WORK_PART = 0.1;
const WAIT_MS_MAX = 1000;

/** What is becoming of the selection: candidates, whose chooser is in the making. */
interface Draft {
  readonly elected: Elected;
  readonly version: number;
  readonly steps: ChooserSteps | undefined;
}

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
  #draft: Draft | undefined;
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

  /**
   * The work of the first time, when there is nothing yet to go on with, in parts. A pick that does not wait for it does
   * all of it.
   *
   * @returns whether it is done
   */
  prepare(endpoints: Iterable<Endpoint>, version: number, now: () => number): boolean {
    if (this.#version === 0) this.#work(endpoints, version, now, SLICE_MS);
    return this.#version !== 0;
  }

  /** Takes in what has changed, or a part of the work for it, if it is time: see {@link SLICE_MS}. */
  refresh(endpoints: Iterable<Endpoint>, version: number, now: () => number): void {
    const startMs = now();
    if (startMs < this.#notBeforeMs) return;
    this.#work(endpoints, version, now, this.#version === 0 ? Infinity : SLICE_MS);
    const endMs = now();
    this.#notBeforeMs = endMs + Math.min(WAIT_MS_MAX, (endMs - startMs) / WORK_PART);
  }

  /** Takes in all that has changed, however long it takes. */
  rebuild(endpoints: Iterable<Endpoint>, version: number, now: () => number): void {
    this.#draft = undefined;
    this.#work(endpoints, version, now, Infinity);
  }

  #work(endpoints: Iterable<Endpoint>, version: number, now: () => number, sliceMs: number): void {
    const startMs = now();
    const draft = (this.#draft ??= this.#begin(endpoints, version, startMs));
    let isDone = this.#step(draft);
    while (!isDone && now() < startMs + sliceMs) isDone = this.#step(draft);
  }

  #begin(endpoints: Iterable<Endpoint>, version: number, nowMs: number): Draft {
    const elected = electCandidates(endpoints, this.demand, nowMs);
    const steps =
      elected.members.length === 0
        ? undefined
        : this.#factory(elected, this.#random, this.#chooser);
    return { elected, version, steps };
  }

  /** @returns whether it was the last */
  #step({ elected, version, steps }: Draft): boolean {
    const result = steps?.next();
    if (result !== undefined && result.done !== true) return false;
    this.#draft = undefined;
    this.#elected = elected;
    this.#chooser = result?.value;
    this.#version = version;
    return true;
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
