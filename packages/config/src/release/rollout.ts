/**
 * A release in steps: to a few clients on a gray track, to more once those have applied it, at last to everybody. The
 * first rejection stops it. Progress is what the clients acknowledge, not the clock.
 */
import {
  ConcordError,
  durationMs,
  type Client,
  type Duration,
  type Mirror,
  checkNames,
} from '@concord/client';
import {
  convergenceOf,
  type ClientConvergence,
  type Convergence,
} from '../feedback/convergence.ts';
import { acknowledgementsPrefix, itemKey } from '../item/address.ts';
import type { ConfigDefinition } from '../item/definition.ts';
import { storedAcknowledgements } from '../feedback/stored.ts';
import { sleep } from '../time/sleep.ts';
import { ACT_OPTIONS } from '../options.ts';
import type { ContentOptions } from './content.ts';
import { decodeRecord } from './record.ts';
import type { ActOptions, Release, Releases } from './releases.ts';
import { checkedGray, type GrayOptions } from './track.ts';

/** Who gets it at a step, on top of those who have it. */
export type RolloutStep = Omit<GrayOptions, 'name'>;

export interface RolloutOptions extends ActOptions, ContentOptions {
  /** The gray track's name, `rollout` by default. */
  readonly name?: string | undefined;
  /**
   * Such as `[{ percent: 5 }, { percent: 25 }]`. After the last, everybody gets it. A step that reaches no client (five
   * percent of ten may be none) is passed at once.
   */
  readonly steps: readonly RolloutStep[];
  /** How long each step is watched after all of its clients have applied it. Default none. */
  readonly hold?: Duration | undefined;
  readonly haltWhen?:
    | {
        /** Rejections that are tolerated at a step. Default 0. */
        readonly rejectedOver?: number | undefined;
        /** How long a step may wait for acknowledgements, 5 minutes by default. */
        readonly unackedAfter?: Duration | undefined;
        /** Asked at the end of each step, such as of an error budget: false halts. */
        readonly probe?: ((signal: AbortSignal) => boolean | Promise<boolean>) | undefined;
      }
    | undefined;
  /** Goes on with what another process began: `step` is under way, and its content is `release` on the track. */
  readonly resume?: { readonly step: number; readonly release: number } | undefined;
  /** Told when a step has begun, and awaited: whoever knows this can go on with the rollout elsewhere. */
  readonly onStep?: ((step: number, release: Release) => void | Promise<void>) | undefined;
  /** `pause` (default) leaves the track as it is, to be looked at; `revert` abandons it. */
  readonly onHalt?: 'pause' | 'revert' | undefined;
}

export type RolloutOutcome =
  | { readonly state: 'completed'; readonly release: Release }
  | {
      readonly state: 'halted';
      readonly reason: 'rejected' | 'unacknowledged' | 'probe' | 'superseded';
      /** The step that it stopped at, from 0. */
      readonly step: number;
      readonly track: string;
      readonly convergence: Convergence;
      readonly isReverted: boolean;
    };

type Halt = Extract<RolloutOutcome, { state: 'halted' }>['reason'];

const UNACKED_AFTER = '5m';

const ROLLOUT_OPTIONS = [
  ...ACT_OPTIONS,
  'format',
  'secret',
  'name',
  'steps',
  'hold',
  'haltWhen',
  'onHalt',
  'resume',
  'onStep',
];

export class Rollout {
  readonly #client: Client;
  readonly #releases: Releases;
  readonly #target: string | ConfigDefinition;
  readonly #content: unknown;
  readonly #options: RolloutOptions;
  readonly #steps: readonly GrayOptions[];
  readonly #holdMs: number;
  readonly #unackedMs: number;

  /** @throws ConcordError `INVALID_ARGUMENT` for a plan that can't be meant */
  constructor(
    client: Client,
    releases: Releases,
    target: string | ConfigDefinition,
    content: unknown,
    options: RolloutOptions,
  ) {
    const operation = 'config.rollout';
    checkNames(options, ROLLOUT_OPTIONS, operation);
    const { name = 'rollout', steps, hold = 0, haltWhen = {}, onHalt } = options;
    const refuse = (option: string, value: unknown, remedy: string): ConcordError =>
      new ConcordError('INVALID_ARGUMENT', {
        operation,
        problem: `option "${option}" is ${JSON.stringify(value)}`,
        remedy,
      });
    const given: unknown = steps;
    if (!Array.isArray(given) || given.length === 0) {
      throw refuse('steps', steps, 'give at least one, such as [{ percent: 10 }]');
    }
    if (!['pause', 'revert', undefined].includes(onHalt)) {
      throw refuse('onHalt', onHalt, 'give "pause" or "revert"');
    }
    const { rejectedOver = 0, unackedAfter = UNACKED_AFTER } = haltWhen;
    if (!(rejectedOver >= 0))
      throw refuse('haltWhen.rejectedOver', rejectedOver, 'give a number from 0');
    this.#client = client;
    this.#releases = releases;
    this.#target = target;
    this.#content = content;
    this.#options = options;
    this.#steps = steps.map((step) => checkedGray(operation, { ...step, name })!);
    this.#holdMs = durationMs(hold, `${operation}: option "hold"`);
    this.#unackedMs = durationMs(unackedAfter, `${operation}: option "haltWhen.unackedAfter"`, 1);
  }

  async run(): Promise<RolloutOutcome> {
    const { address } = this.#releases.item('config.rollout', this.#target);
    const item = this.#client.mirror(itemKey(address));
    const said = this.#client.mirror({ prefix: acknowledgementsPrefix(address) });
    try {
      await Promise.all([item.ready(this.#call), said.ready(this.#call)]);
      const { resume, onStep } = this.#options;
      let release = resume?.release;
      for (const [index, step] of this.#steps.entries()) {
        if (index < (resume?.step ?? 0)) continue;
        if (release === undefined || index !== resume?.step) {
          const done: Release = await this.#begin(step, release);
          release ??= done.release;
          await item.reached(done.revision, this.#call);
          await onStep?.(index, { ...done, release });
        }
        const halt = await this.#watchStep(step, release, item, said);
        if (halt !== undefined) return await this.#halt(halt, index, step.name, item, said);
      }
      const { name } = this.#steps[0]!;
      return {
        state: 'completed',
        release: await this.#releases.promote(this.#target, name, this.#act),
      };
    } finally {
      await Promise.all([item.close(), said.close()]);
    }
  }

  get #call(): { signal?: AbortSignal | undefined; timeout?: Duration | undefined } {
    const { signal, timeout } = this.#options;
    return { signal, timeout };
  }

  get #act(): ActOptions {
    const { comment, by } = this.#options;
    return { ...this.#call, comment, by };
  }

  async #begin(step: GrayOptions, release: number | undefined): Promise<Release> {
    if (release !== undefined) return this.#releases.widen(this.#target, step, this.#act);
    const { format, secret } = this.#options;
    const [first] = await this.#releases.release(
      [{ item: this.#target, content: this.#content, gray: step, format, secret }],
      this.#options,
    );
    return first!;
  }

  /** Resolves when all of the step's clients have applied the release and the hold is over, or with why it must stop. */
  async #watchStep(
    { name }: GrayOptions,
    release: number,
    item: Mirror,
    said: Mirror,
  ): Promise<Halt | undefined> {
    const { haltWhen = {}, signal } = this.#options;
    const { rejectedOver = 0, probe } = haltWhen;
    const deadlineMs = performance.now() + this.#unackedMs;
    let appliedAtMs: number | undefined;
    for (;;) {
      signal?.throwIfAborted();
      const record = recordOf(item);
      if (record?.gray?.find((track) => track.name === name)?.release !== release)
        return 'superseded';
      const clients = this.#judge(item, said).clients.filter((one) => one.track === name);
      if (clients.filter(isRejected).length > rejectedOver) return 'rejected';
      const now = performance.now();
      if (clients.some(isWaiting)) {
        appliedAtMs = undefined;
        if (now >= deadlineMs) return 'unacknowledged';
        await this.#change([item, said], deadlineMs - now);
        continue;
      }
      appliedAtMs ??= now;
      const leftMs = appliedAtMs + this.#holdMs - now;
      if (leftMs > 0) {
        await this.#change([item, said], leftMs);
        continue;
      }
      if (probe !== undefined && !(await probe(signal ?? new AbortController().signal)))
        return 'probe';
      return undefined;
    }
  }

  /** Resolves with the next change of a mirror, after `ms`, or when the signal aborts. */
  async #change(mirrors: readonly Mirror[], ms: number): Promise<void> {
    const woken = new AbortController();
    const wake = (): void => woken.abort();
    const listening = mirrors.map((mirror) => mirror.onBatch(wake));
    this.#options.signal?.addEventListener('abort', wake, { once: true });
    await sleep(ms, woken.signal);
    this.#options.signal?.removeEventListener('abort', wake);
    for (const one of listening) one[Symbol.dispose]();
  }

  #judge(item: Mirror, said: Mirror): Convergence {
    return convergenceOf(recordOf(item), storedAcknowledgements(said.entries.values()));
  }

  async #halt(
    reason: Halt,
    step: number,
    track: string,
    item: Mirror,
    said: Mirror,
  ): Promise<RolloutOutcome> {
    const convergence = this.#judge(item, said);
    const isReverted = this.#options.onHalt === 'revert' && reason !== 'superseded';
    if (isReverted) await this.#releases.abandon(this.#target, track, this.#act);
    return { state: 'halted', reason, step, track, convergence, isReverted };
  }
}

const isRejected = ({ state }: ClientConvergence): boolean => state === 'rejected';
const isWaiting = ({ state }: ClientConvergence): boolean =>
  state === 'pending' || state === 'unknown';

function recordOf(item: Mirror): ReturnType<typeof decodeRecord> {
  const [entry] = item.entries.values();
  return entry === undefined ? undefined : decodeRecord(entry.text);
}
