/**
 * Shares the checks among the gateways: services fall into shards, every gateway stands for election in each, and who
 * leads a shard checks its instances. A gateway that dies is followed by the next in line as soon as its lease has run out;
 * one that leads more than its part hands a shard on now and then, so that a gateway that comes gets some.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Candidacy, Elections } from '@concord/lock';
import type { LiveSource, SourceChange } from '../live/live-source.ts';
import { SHARDS, checkKeys, checkedInstance, shardOf } from './check-keys.ts';
import { storedCheckSchema, resultSchema, type StoredCheck } from './health-check-schemas.ts';
import type { Health } from './health-judge.ts';
import { InstanceChecker, type CheckerWorld } from './instance-checker.ts';

/** How long instances go unchecked when a gateway dies, and a little. */
const LEADERSHIP_TTL = '3s';

/** How often a leader looks whether it has more than its part, half as much more or less. */
const BALANCE_MS = 5000;

/** The next in line is to have its turn. */
const STAND_AGAIN_MS = 500;

interface Running {
  readonly modRevision: number;
  readonly checker: InstanceChecker;
}

export class CheckShards implements AsyncDisposable {
  readonly #world: CheckerWorld;
  readonly #elections: Elections;
  readonly #checks: LiveSource;
  readonly #results: LiveSource;
  readonly #led = new Set<number>();
  readonly #running = new Map<string, Running>();
  readonly #candidacies = new Map<number, Candidacy>();
  #listening: Disposable | undefined;
  #isEnded = false;

  constructor(
    world: CheckerWorld,
    elections: Elections,
    sources: { readonly checks: LiveSource; readonly results: LiveSource },
  ) {
    this.#world = world;
    this.#elections = elections;
    this.#checks = sources.checks;
    this.#results = sources.results;
  }

  /** Stands for election in every shard; in an order of chance, so that gateways that start together share. */
  begin(): void {
    this.#listening = this.#checks.onChange((change) => this.#changed(change));
    const order = Array.from({ length: SHARDS }, (_, shard) => shard).sort(
      () => Math.random() - 0.5,
    );
    for (const shard of order) this.#stand(shard);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listening?.[Symbol.dispose]();
    this.#isEnded = true;
    const candidacies = [...this.#candidacies.values()];
    await Promise.all(candidacies.map((candidacy) => candidacy[Symbol.asyncDispose]()));
    for (const { checker } of this.#running.values()) checker[Symbol.dispose]();
    this.#running.clear();
  }

  /** Whoever hands a shard on goes to the end of its line. */
  #stand(shard: number): void {
    const candidacy = this.#elections.lead(
      checkKeys.shard(shard),
      (leadership) => this.#lead(shard, leadership.signal),
      { ttl: LEADERSHIP_TTL, value: this.#world.gateway },
    );
    this.#candidacies.set(shard, candidacy);
    void candidacy.ended.then(async () => {
      await sleep(STAND_AGAIN_MS, undefined, { ref: false });
      if (!this.#isEnded) this.#stand(shard);
    });
  }

  async #lead(shard: number, signal: AbortSignal): Promise<void> {
    await Promise.all([this.#checks.ready({ signal }), this.#world.directory.ready()]);
    await this.#results.ready({ signal });
    this.#led.add(shard);
    this.#world.log.info({ shard }, 'checking the health of a shard');
    for (const { key } of this.#checks.entries.values()) this.#update(key);
    try {
      await this.#untilSurplus(shard, signal);
    } finally {
      this.#led.delete(shard);
      for (const key of [...this.#running.keys()]) this.#update(key);
    }
  }

  /** Resolves when this gateway leads more shards than its part, or is to lead this one no more. */
  async #untilSurplus(shard: number, signal: AbortSignal): Promise<void> {
    const isOver = (): boolean => signal.aborted;
    while (!isOver()) {
      const waitMs = BALANCE_MS * (0.5 + Math.random());
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
      if (isOver()) return;
      const line = { prefix: `${checkKeys.shard(shard)}/` };
      const gateways = await this.#world.client.kv
        .range(line, { countOnly: true })
        .then(({ count }) => count)
        // The cluster is away: nothing is known of others.
        .catch(() => 1);
      if (this.#led.size > Math.ceil(SHARDS / Math.max(1, gateways))) return;
    }
  }

  #changed({ keys }: SourceChange): void {
    for (const key of keys) this.#update(key);
  }

  /** Whether and how a check runs here follows from what is stored and what is led, however that came about. */
  #update(key: string): void {
    const name = checkedInstance(key);
    const entry = this.#checks.entries.get(key);
    const running = this.#running.get(key);
    const isOurs = name !== undefined && this.#led.has(shardOf(name.service));
    if (running !== undefined && (!isOurs || running.modRevision !== entry?.modRevision)) {
      running.checker[Symbol.dispose]();
      this.#running.delete(key);
    }
    if (!isOurs || entry === undefined || this.#running.has(key)) return;
    const stored = storedCheckOf(entry.text);
    if (stored === undefined) return;
    const health = this.#healthOf(checkKeys.result(name.service, name.id));
    const checker = new InstanceChecker(this.#world, name, stored, health);
    this.#running.set(key, { modRevision: entry.modRevision, checker });
  }

  /** What another gateway has found goes on to count. */
  #healthOf(key: string): Health {
    const entry = this.#results.entries.get(key);
    if (entry === undefined) return 'unknown';
    try {
      return resultSchema.parse(entry.json()).health;
    } catch {
      return 'unknown';
    }
  }
}

/** Undefined for what somebody else has written there. */
export function storedCheckOf(text: string): StoredCheck | undefined {
  try {
    return storedCheckSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
