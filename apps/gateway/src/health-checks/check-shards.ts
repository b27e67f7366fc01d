/**
 * Shares the checks among the gateways: services fall into shards, every gateway stands for election in each, and who
 * leads a shard checks its instances. A gateway that dies is followed by the next in line as soon as its lease has run out.
 */
import type { Candidacy, Elections } from '@concord/lock';
import type { LiveSource, SourceChange } from '../live/live-source.ts';
import { SHARDS, checkKeys, checkedInstance, shardOf } from './check-keys.ts';
import { storedCheckSchema, resultSchema, type StoredCheck } from './health-check-schemas.ts';
import type { Health } from './health-judge.ts';
import { InstanceChecker, type CheckerWorld } from './instance-checker.ts';

/** How long instances go unchecked when a gateway dies, and a little. */
const LEADERSHIP_TTL = '3s';

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
  #candidacies: Candidacy[] = [];
  #listening: Disposable | undefined;

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
    this.#candidacies = order.map((shard) =>
      this.#elections.lead(
        checkKeys.shard(shard),
        (leadership) => this.#lead(shard, leadership.signal),
        { ttl: LEADERSHIP_TTL, value: this.#world.gateway },
      ),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listening?.[Symbol.dispose]();
    await Promise.all(this.#candidacies.map((candidacy) => candidacy[Symbol.asyncDispose]()));
    for (const { checker } of this.#running.values()) checker[Symbol.dispose]();
    this.#running.clear();
  }

  async #lead(shard: number, signal: AbortSignal): Promise<void> {
    await Promise.all([this.#checks.ready({ signal }), this.#world.directory.ready()]);
    await this.#results.ready({ signal });
    this.#led.add(shard);
    this.#world.log.info({ shard }, 'checking the health of a shard');
    for (const { key } of this.#checks.entries.values()) this.#update(key);
    try {
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener('abort', () => resolve(), { once: true });
      });
    } finally {
      this.#led.delete(shard);
      for (const key of [...this.#running.keys()]) this.#update(key);
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
