/**
 * Runs one program on two servers, step by step, and stops at the first answer that differs without an
 * entry in the allow-list. Each run starts two fresh servers.
 *
 * Invariant: watchers have told everything before a step that may cut what they tell short (a compaction, a
 * cancel, a restart), so that only what must be equal is compared.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Backend } from '../harness/backend.ts';
import type { Version } from '../harness/version.ts';
import type { Json } from './canonical.ts';
import { avoidanceOf, explanationOf } from './differences.ts';
import { watchExplanationOf } from './watch-differences.ts';
import { Side, type Manner } from './side.ts';
import { resolve } from './step.ts';
import type { Program, Step } from './step.ts';

/** A program whose stores have parted differs all the way: a few mismatches tell as much as a hundred. */
const MISMATCHES_MAX = 10;
/** Watchers that catch up are served in rounds of 100 ms: this many may be missed. */
const QUIET_MS_MAX = 3_000;
const SETTLE_EVERY_STEPS = 40;

export interface Mismatch {
  /** The index of the step whose answers differ. */
  readonly index: number;
  readonly step: Step;
  readonly what: 'answer' | 'watch';
  readonly reference: Json;
  readonly subject: Json;
}

export interface LockstepResult {
  /** In order of their steps; one at most unless the run was told to keep going. */
  readonly mismatches: readonly Mismatch[];
  readonly steps: number;
  /** How often each entry of the allow-list was needed. */
  readonly allowed: ReadonlyMap<string, number>;
}

export async function runLockstep(
  reference: Backend,
  subject: Backend,
  program: Program,
  mismatchesMax: number,
  manner: Manner,
): Promise<LockstepResult> {
  const isGuarded = program.some(({ kind }) => kind === 'call-as' || kind === 'log-in');
  const started = await Promise.allSettled([
    Side.start(reference, manner, isGuarded),
    Side.start(subject, manner, isGuarded),
  ]);
  const sides = started.flatMap((side) => (side.status === 'fulfilled' ? [side.value] : []));
  const [left, right] = sides;
  try {
    const failure = started.find((side) => side.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
    if (left === undefined || right === undefined) throw new Error('both sides have started');
    return await new Lockstep(left, right).run(program, Math.min(mismatchesMax, MISMATCHES_MAX));
  } finally {
    await Promise.all(sides.map((side) => side.stop()));
  }
}

class Lockstep {
  readonly #reference: Side;
  readonly #subject: Side;
  readonly #allowed = new Map<string, number>();
  #compacted = 0;

  constructor(reference: Side, subject: Side) {
    this.#reference = reference;
    this.#subject = subject;
  }

  async run(program: Program, mismatchesMax: number): Promise<LockstepResult> {
    const mismatches: Mismatch[] = [];
    const note = (mismatch: Mismatch | undefined): void => {
      if (mismatch !== undefined) mismatches.push(mismatch);
    };
    let steps = 0;
    for (const [index, step] of program.entries()) {
      note(await this.#step(step, index));
      steps++;
      if (mismatches.length >= mismatchesMax) break;
    }
    const last = program.at(-1);
    if (last !== undefined && mismatches.length < mismatchesMax) {
      note(await this.#settle(last, program.length - 1));
    }
    return { mismatches, steps, allowed: this.#allowed };
  }

  get #versions(): readonly [Version, Version] {
    return [this.#reference.version, this.#subject.version];
  }

  async #step(symbolic: Step, index: number): Promise<Mismatch | undefined> {
    if (cutsWatchers(symbolic) || index % SETTLE_EVERY_STEPS === SETTLE_EVERY_STEPS - 1) {
      const mismatch = await this.#settle(symbolic, index);
      if (mismatch !== undefined) return mismatch;
    }
    const now = this.#reference.now;
    const step = resolve(symbolic, this.#reference.situation(now, this.#compacted));
    const twin = resolve(symbolic, this.#subject.situation(now, this.#compacted));
    const avoidance = avoidanceOf(this.#versions, step);
    if (avoidance !== undefined) {
      this.#count(avoidance.name);
      return undefined;
    }
    const [reference, subject] = await Promise.all([
      this.#reference.execute(step),
      this.#subject.execute(twin),
    ]);
    if (isDeepStrictEqual(reference, subject)) {
      this.#noteCompaction(step, reference);
      return undefined;
    }
    const explanation = explanationOf(this.#versions, step, reference, subject, this.#compacted);
    if (explanation === undefined) return { index, step, what: 'answer', reference, subject };
    this.#count(explanation.name);
    return undefined;
  }

  /** Compares what the watchers of both sides were told, once both have told all. */
  async #settle(step: Step, index: number): Promise<Mismatch | undefined> {
    const settled = await Promise.all([
      this.#reference.settle(cutsWatchers(step)),
      this.#subject.settle(cutsWatchers(step)),
    ]);
    if (settled.some((failure) => failure !== null)) {
      return { index, step, what: 'watch', reference: settled[0], subject: settled[1] };
    }
    for (;;) {
      const [reference, subject] = [this.#reference.told(), this.#subject.told()];
      if (isDeepStrictEqual(reference, subject)) break;
      const news = Promise.race([this.#reference.news(), this.#subject.news()]);
      if (await quiet(news)) {
        const told = watchExplanationOf(this.#versions, reference, subject, this.#compacted);
        this.#forget();
        if (told === undefined) return { index, step, what: 'watch', reference, subject };
        this.#count(told.name);
        return undefined;
      }
    }
    this.#forget();
    return undefined;
  }

  #forget(): void {
    this.#reference.forget();
    this.#subject.forget();
  }

  #noteCompaction(called: Step, answer: Json): void {
    const step = called.kind === 'call-as' ? called.call : called;
    if (step.kind !== 'call' || step.method !== 'Compact') return;
    const done = typeof answer === 'object' && answer !== null && 'header' in answer;
    if (done) this.#compacted = Number(step.request.revision ?? 0);
  }

  #count(name: string): void {
    this.#allowed.set(name, (this.#allowed.get(name) ?? 0) + 1);
  }
}

function cutsWatchers(step: Step): boolean {
  if (step.kind === 'call') return step.method === 'Compact';
  return step.kind === 'cancel-watch' || step.kind === 'restart';
}

/** Whether nothing happens for as long as the slowest watcher may take. */
async function quiet(news: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(true), QUIET_MS_MAX);
  });
  try {
    return await Promise.race([news.then(() => false), silence]);
  } finally {
    clearTimeout(timer);
  }
}
