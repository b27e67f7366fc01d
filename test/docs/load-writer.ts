/**
 * A client that writes while a recipe is carried out: one key after another, to whichever member answers. What it was
 * told of must be there in the end, whatever was done to the members meanwhile.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { EtcdClient } from '../crash/etcd-client.ts';

const PREFIX = 'written-under-load/';
/** Enough writes to be in the way of everything, and a machine that still has time for the recipe. */
const PAUSE_MS = 10;
const RETRY_MS = 50;
/** Longer than an election. */
const ANSWER_MS_MAX = 3000;

export interface LoadReport {
  /** Writes that were answered. */
  readonly answered: number;
  /** The longest time without an answer after the first. */
  readonly longestPauseMs: number;
  /** Keys that were answered for and are not there. */
  readonly lost: readonly string[];
}

export class LoadWriter implements AsyncDisposable {
  readonly #endpoints: readonly string[];
  readonly #keys: string[] = [];
  readonly #working: Promise<void>;
  #client: EtcdClient;
  #at = 0;
  #lastAnswerMs: number | undefined;
  #longestPauseMs = 0;
  #isStopped = false;

  /** Begins to write as soon as one of the endpoints answers; not all of them need to be there. */
  constructor(endpoints: readonly string[]) {
    this.#endpoints = endpoints;
    this.#client = new EtcdClient(endpoints[0] ?? '');
    this.#working = this.#work();
  }

  /** Ends the writing. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isStopped = true;
    await this.#working;
    this.#client.close();
  }

  /** Ends the writing, and looks whether everything is there. Rejects where no member tells. */
  async stop(): Promise<LoadReport> {
    this.#isStopped = true;
    await this.#working;
    const stored = await this.#read();
    return {
      answered: this.#keys.length,
      longestPauseMs: Math.round(this.#longestPauseMs),
      lost: this.#keys.filter((key) => !stored.has(key)),
    };
  }

  async #work(): Promise<void> {
    while (!this.#isStopped) {
      const key = `${PREFIX}${this.#keys.length}`;
      try {
        await inTime(this.#client.put(key, 'x', 0));
        this.#answered(key);
        await sleep(PAUSE_MS);
      } catch {
        this.#tryNext();
        await sleep(RETRY_MS);
      }
    }
  }

  #answered(key: string): void {
    const nowMs = performance.now();
    const pauseMs = nowMs - (this.#lastAnswerMs ?? nowMs);
    this.#longestPauseMs = Math.max(this.#longestPauseMs, pauseMs);
    this.#lastAnswerMs = nowMs;
    this.#keys.push(key);
  }

  /** A new client each time: an old one waits longer after each failure. */
  #tryNext(): void {
    this.#client.close();
    this.#at = (this.#at + 1) % this.#endpoints.length;
    this.#client = new EtcdClient(this.#endpoints[this.#at] ?? '');
  }

  async #read(): Promise<ReadonlySet<string>> {
    let error: unknown;
    for (let attempt = 0; attempt < 2 * this.#endpoints.length; attempt++) {
      try {
        const { keys } = await inTime(this.#client.readPrefix(PREFIX));
        return new Set(keys.map(({ key }) => key.toString()));
      } catch (failure) {
        error = failure;
        this.#tryNext();
      }
    }
    throw new Error('no member tells what it holds', { cause: error });
  }
}

async function inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const giveUp = new AbortController();
  const late = sleep(ANSWER_MS_MAX, undefined, { signal: giveUp.signal }).then(() => {
    throw new Error('no answer');
  });
  late.catch(() => undefined);
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    giveUp.abort();
  }
}
