/** A registry in memory, for tests of the integrations alone: what is set is seen at once. */
import type { BalanceOptions } from '../balance/balance-options.ts';
import { createBalancer, type Balancer } from '../balance/balancer.ts';
import type { Instance } from '../instance.ts';
import type { DiscoverOptions } from '../registry.ts';
import type { DiscoveredService, Discovery } from './discovery.ts';

export class MemoryDiscovery implements Discovery {
  readonly #services = new Map<string, MemoryService>();
  readonly #options: BalanceOptions;
  /** How often a view was opened. */
  opened = 0;
  /** Views that are open. */
  open = 0;
  /** Of the newest view. */
  options: DiscoverOptions = {};
  /** Thrown by the next `discover`. */
  failure: Error | undefined;

  constructor(options: BalanceOptions = {}) {
    this.#options = options;
  }

  set(service: string, instances: readonly Instance[]): void {
    this.service(service).set(instances);
  }

  service(name: string): MemoryService {
    const known =
      this.#services.get(name) ?? new MemoryService(this.#options, () => (this.open -= 1));
    this.#services.set(name, known);
    return known;
  }

  async discover(service: string, options: DiscoverOptions = {}): Promise<DiscoveredService> {
    this.options = options;
    await new Promise((resolve) => setImmediate(resolve));
    const { failure } = this;
    this.failure = undefined;
    if (failure !== undefined) throw failure;
    this.opened += 1;
    this.open += 1;
    return this.service(service);
  }
}

export class MemoryService implements DiscoveredService {
  readonly balancer: Balancer;
  readonly #listeners = new Set<() => void>();
  readonly #onDispose: () => void;
  snapshot: { readonly instances: readonly Instance[] } = { instances: [] };

  constructor(options: BalanceOptions, onDispose: () => void) {
    this.balancer = createBalancer(options);
    this.#onDispose = onDispose;
  }

  set(instances: readonly Instance[]): void {
    this.snapshot = { instances };
    this.balancer.update(instances, performance.now());
    for (const listener of [...this.#listeners]) listener();
  }

  tryPick: DiscoveredService['tryPick'] = (context) => this.balancer.pick(context);
  explain: DiscoveredService['explain'] = (context) => this.balancer.explain(context);

  onUpdate(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#onDispose();
    return Promise.resolve();
  }
}
