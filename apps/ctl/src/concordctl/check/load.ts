/** Puts by many at once, at a rate or as fast as it goes, and how long each took. */
import { setTimeout } from 'node:timers/promises';
import { KV, type PutRequest } from '@concord/protocol';
import type { EtcdClient } from '../connection/etcd-client.ts';

export interface LoadOptions {
  readonly clients: readonly EtcdClient[];
  /** Puts on their way at a time. */
  readonly atOnce: number;
  /** 0 is as fast as it goes. */
  readonly perSecond: number;
  /** The next put; nothing when there are enough. */
  readonly next: () => PutRequest | undefined;
  readonly onDone: () => void;
}

export interface LoadResult {
  readonly perSecond: number;
  readonly slowestSeconds: number;
  readonly deviationSeconds: number;
  /** How often each error came. */
  readonly errors: ReadonlyMap<string, number>;
}

/** Who is late may catch up with this much; more would be a burst that nobody asked for. */
const CATCH_UP_MS = 50;

export async function putLoad(options: LoadOptions): Promise<LoadResult> {
  const { clients, atOnce, next, onDone } = options;
  const startedMs = performance.now();
  const schedule = new Schedule(options.perSecond);
  const tally = new Tally();
  const work = async (worker: number): Promise<void> => {
    const client = clients[worker % clients.length] as EtcdClient;
    for (;;) {
      await schedule.turn();
      const request = next();
      if (request === undefined) return;
      const sentMs = performance.now();
      try {
        await client.call(KV.methods.put, request, { timeoutMs: Infinity });
        tally.add((performance.now() - sentMs) / 1000);
      } catch (error) {
        tally.fail((error as Error).message);
      }
      onDone();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, worker) => work(worker)));
  return tally.result((performance.now() - startedMs) / 1000);
}

class Schedule {
  readonly #apartMs: number;
  #nextMs = performance.now();

  constructor(perSecond: number) {
    this.#apartMs = perSecond === 0 ? 0 : 1000 / perSecond;
  }

  async turn(): Promise<void> {
    if (this.#apartMs === 0) return;
    const nowMs = performance.now();
    const dueMs = Math.max(this.#nextMs, nowMs - CATCH_UP_MS);
    this.#nextMs = dueMs + this.#apartMs;
    if (dueMs > nowMs) await setTimeout(dueMs - nowMs);
  }
}

/** Sums suffice: the times themselves would be millions. */
class Tally {
  readonly #errors = new Map<string, number>();
  #count = 0;
  #sum = 0;
  #squares = 0;
  #slowest = 0;

  add(seconds: number): void {
    this.#count++;
    this.#sum += seconds;
    this.#squares += seconds * seconds;
    this.#slowest = Math.max(this.#slowest, seconds);
  }

  fail(text: string): void {
    this.#errors.set(text, (this.#errors.get(text) ?? 0) + 1);
  }

  result(seconds: number): LoadResult {
    const mean = this.#sum / this.#count;
    return {
      perSecond: this.#count / seconds,
      slowestSeconds: this.#slowest,
      deviationSeconds: Math.sqrt(Math.max(0, this.#squares / this.#count - mean * mean)),
      errors: this.#errors,
    };
  }
}
