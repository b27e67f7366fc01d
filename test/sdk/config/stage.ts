/** What tests of configuration are played on: clients in one corner of the key space, and what they see. */
import { Client, type ClientOptions } from '@concord/client';
import {
  Configuration,
  type ConfigurationOptions,
  type ConfigUpdate,
  type Convergence,
  type LiveValue,
} from '@concord/config';
import type { SdkTarget } from '../harness/each-backend.ts';

/** Longer than anything takes on a busy machine: a test that waits so long has failed. */
export const PATIENCE_MS = 20_000;

export interface StageOptions extends ConfigurationOptions {
  readonly app?: ClientOptions['app'];
}

/** A corner of one test, and the clients in it. */
export class Stage implements AsyncDisposable {
  readonly corner: string;
  readonly #target: SdkTarget;
  readonly #open: AsyncDisposable[] = [];

  constructor(target: SdkTarget) {
    this.#target = target;
    this.corner = `${target.corner()}/`;
  }

  async client(app?: ClientOptions['app']): Promise<Client> {
    const client = await Client.connect({
      endpoints: this.#target.endpoints,
      namespace: this.corner,
      app,
    });
    this.#open.push(client);
    return client;
  }

  /** A configuration on a client of its own, as another process would have it. */
  async config({ app, ...options }: StageOptions = {}): Promise<Configuration> {
    const config = new Configuration(await this.client(app), options);
    this.#open.push(config);
    return config;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    while (this.#open.length > 0) await this.#open.pop()?.[Symbol.asyncDispose]();
  }
}

/** Every update that a handler was given, in order. */
export class Recorder<T> {
  readonly updates: ConfigUpdate<T>[] = [];
  #wake = Promise.withResolvers<void>();

  constructor(live: LiveValue<T>) {
    live.onChange((update) => {
      this.updates.push(update);
      this.#wake.resolve();
      this.#wake = Promise.withResolvers();
    });
  }

  get values(): readonly T[] {
    return this.updates.map(({ value }) => value);
  }

  /** Resolves when an update came for which `holds`. */
  async until(holds: (update: ConfigUpdate<T>) => boolean): Promise<ConfigUpdate<T>> {
    const deadline = AbortSignal.timeout(PATIENCE_MS);
    for (;;) {
      const found = this.updates.find(holds);
      if (found !== undefined) return found;
      await Promise.race([this.#wake.promise, aborted(deadline)]);
    }
  }
}

/** Resolves when the convergence of the item is as wanted. */
export async function converged(
  config: Configuration,
  path: string,
  holds: (convergence: Convergence) => boolean,
): Promise<Convergence> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const convergence = await config.convergence(path);
    if (holds(convergence)) return convergence;
    if (performance.now() > deadline) {
      throw new Error(`it stayed at ${JSON.stringify(convergence)}`);
    }
  }
}

/** Everything that comes, as a list. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
