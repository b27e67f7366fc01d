/** A process that stands in an election for as long as it lives, and works while it leads. */
import { ConcordError, type Logger } from '@concord/client';
import type { CampaignOptions } from './elections.ts';
import type { HeldElection } from './held-election.ts';
import { pause } from './pause.ts';
import { runLocked } from './run-locked.ts';

/** Pauses between attempts after a failure: doubling, with jitter, so that a fleet does not come back at once. */
const AGAIN_MS_MIN = 500;
const AGAIN_MS_MAX = 30_000;

export type LeadOptions = Omit<CampaignOptions, 'wait'>;

/** `waiting` for the leadership, `leading`, or `ended` for good. */
export type CandidacyState = 'waiting' | 'leading' | 'ended';

export interface CandidacyParts {
  readonly logger: Logger;
  readonly name: string;
  readonly campaign: (until: AbortSignal) => Promise<HeldElection>;
  readonly body: (leadership: HeldElection) => Promise<void>;
  readonly signal: AbortSignal | undefined;
}

export class Candidacy implements AsyncDisposable {
  readonly name: string;
  /** Resolves when the body has returned, or the candidacy was ended and the body with it. Never rejects. */
  readonly ended: Promise<void>;
  readonly #parts: CandidacyParts;
  readonly #end = new AbortController();
  #state: CandidacyState = 'waiting';
  #lastError: unknown;

  constructor(parts: CandidacyParts) {
    this.#parts = parts;
    this.name = parts.name;
    this.ended = this.#live();
  }

  get state(): CandidacyState {
    return this.#state;
  }

  /** What the last campaign or body failed with, for health reports. */
  get lastError(): unknown {
    return this.#lastError;
  }

  /** Ends it: aborts the signal of a body that runs, waits for the body, and resigns. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    await this.ended;
  }

  async #live(): Promise<void> {
    const { signal: given } = this.#parts;
    const until =
      given === undefined ? this.#end.signal : AbortSignal.any([this.#end.signal, given]);
    let failures = 0;
    for (;;) {
      try {
        until.throwIfAborted();
        await this.#term(until);
        break;
      } catch (error) {
        if (until.aborted) break;
        const wasLeading = this.#state === 'leading';
        this.#state = 'waiting';
        this.#lastError = error;
        // Nobody can be elected any more; a body may fail with the same for reasons of its own.
        if (!wasLeading && ConcordError.is(error, 'CLOSED')) break;
        failures = wasLeading ? 0 : failures + 1;
        const { name, logger } = this.#parts;
        logger.warn('concord.election: standing again after a failure', {
          name,
          error: String(error),
        });
        await pause(againMs(failures), until);
      }
    }
    this.#state = 'ended';
  }

  /** One leadership, from the campaign to the end of the body. */
  async #term(until: AbortSignal): Promise<void> {
    const { campaign, body, logger } = this.#parts;
    const leadership = await campaign(until);
    this.#state = 'leading';
    await runLocked(logger, leadership, body);
  }
}

function againMs(failures: number): number {
  return Math.min(AGAIN_MS_MAX, AGAIN_MS_MIN * 2 ** failures) * (0.5 + Math.random() / 2);
}
