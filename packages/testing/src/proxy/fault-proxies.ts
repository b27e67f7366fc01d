/** The lines to several servers, such as the members of a cluster, each with a fault proxy of its own. */
import { setTimeout as sleep } from 'node:timers/promises';
import { inflict, type PlannedFault } from './fault-plan.ts';
import { FaultProxy } from './fault-proxy.ts';

export interface FaultProxiesOptions {
  /** Where the lines lead, as `host:port`. */
  readonly targets: readonly string[];
  /** Of the jitter of delays. Default 1. */
  readonly seed?: number;
}

export interface CarryOutOptions {
  /** Ends the plan early; the lines are healed then, too. */
  readonly signal?: AbortSignal;
  /** Told of each fault as it begins. */
  readonly onFault?: (fault: PlannedFault) => void;
}

export class FaultProxies implements AsyncDisposable {
  readonly all: readonly FaultProxy[];

  private constructor(all: readonly FaultProxy[]) {
    this.all = all;
  }

  static async start({ targets, seed = 1 }: FaultProxiesOptions): Promise<FaultProxies> {
    const started = await Promise.allSettled(
      targets.map((target, i) => FaultProxy.start({ target, seed: seed + i })),
    );
    const proxies = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const failed = started.find((one) => one.status === 'rejected');
    if (failed === undefined) return new FaultProxies(proxies);
    await Promise.all(proxies.map((proxy) => proxy.close()));
    throw failed.reason;
  }

  /** In the order of the targets, in place of them. */
  get endpoints(): readonly string[] {
    return this.all.map(({ endpoint }) => endpoint);
  }

  /** @throws RangeError where there is no such line */
  at(line: number): FaultProxy {
    const proxy = this.all[line];
    if (proxy !== undefined) return proxy;
    throw new RangeError(
      `FaultProxies.at: there is no line ${line}; they are 0 to ${this.all.length - 1}`,
    );
  }

  /** Cuts all lines. */
  cut(): void {
    for (const proxy of this.all) proxy.cut();
  }

  /** Heals all lines. */
  heal(): void {
    for (const proxy of this.all) proxy.heal();
  }

  /** Resets all connections of all lines. */
  breakConnections(): void {
    for (const proxy of this.all) proxy.breakConnections();
  }

  /** Lets the faults of a plan happen, each at its time; resolves when the last one is healed. */
  async carryOut(plan: readonly PlannedFault[], options: CarryOutOptions = {}): Promise<void> {
    const { signal, onFault } = options;
    const beganMs = performance.now();
    const until = (atMs: number): Promise<void> =>
      sleep(Math.max(0, beganMs + atMs - performance.now()), undefined, signal && { signal });
    try {
      for (const planned of plan) {
        await until(planned.atMs);
        onFault?.(planned);
        const hit = planned.lines.map((line) => this.at(line));
        for (const proxy of hit) inflict(proxy, planned.fault);
        await until(planned.untilMs);
        for (const proxy of hit) proxy.heal();
      }
    } catch (error) {
      if (signal?.aborted !== true) throw error;
    } finally {
      this.heal();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.all.map((proxy) => proxy.close()));
  }
}
