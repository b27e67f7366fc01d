/** What the tests of the registry have in common: clients that are closed, and waiting for what a view says. */
import { Client, type ClientOptions } from '@concord/client';
import {
  Registry,
  type RegistryOptions,
  type ServiceView,
  type ViewUpdate,
} from '@concord/registry';
import type { SdkTarget } from '../harness/each-backend.ts';

/** Nothing that is waited for takes as long; a test that hangs says what it waited for. */
const WAIT_MS_MAX = 20_000;

/** The actors of one test, each with a client of its own, in a corner of the key space; all gone at the end. */
export class Stage implements AsyncDisposable {
  readonly namespace: string;
  readonly #target: SdkTarget;
  readonly #closing: AsyncDisposable[] = [];

  constructor(target: SdkTarget) {
    this.#target = target;
    this.namespace = target.corner();
  }

  /** @param options - of the client; by default through the proxies */
  async client(options: Partial<ClientOptions> = {}): Promise<Client> {
    const { endpoints } = this.#target;
    const client = await Client.connect({ endpoints, namespace: this.namespace, ...options });
    this.#closing.push(client);
    return client;
  }

  /** A registry with a client of its own, as another process would have it. */
  async registry(
    options: RegistryOptions = {},
    clientOptions: Partial<ClientOptions> = {},
  ): Promise<Registry> {
    return this.registryOf(await this.client(clientOptions), options);
  }

  registryOf(client: Client, options: RegistryOptions = {}): Registry {
    const registry = new Registry(client, options);
    this.#closing.push(registry);
    return registry;
  }

  /** Closes it at the end. */
  defer(it: AsyncDisposable): void {
    this.#closing.push(it);
  }

  /** Past the proxies. */
  direct(): Partial<ClientOptions> {
    return { endpoints: this.#target.processes.direct };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#target.lines.heal();
    // The last one opened first: registries before their clients.
    for (const it of this.#closing.reverse()) {
      if (it instanceof Registry) await it.close({ observers: 'skip' });
      else await it[Symbol.asyncDispose]();
    }
  }
}

/** Resolves when a view satisfies `holds`, looking at each update. */
export async function until<M>(
  view: ServiceView<M>,
  what: string,
  holds: (view: ServiceView<M>) => boolean,
): Promise<void> {
  if (holds(view)) return;
  await within(
    what,
    new Promise<void>((resolve) => {
      const listening = view.onUpdate(() => {
        if (!holds(view)) return;
        listening[Symbol.dispose]();
        resolve();
      });
    }),
    () => JSON.stringify(view.snapshot),
  );
}

/** `promise`, or an error that says what did not happen. */
export async function within<T>(
  what: string,
  promise: Promise<T>,
  seen: () => string = () => '',
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${what}: not in ${WAIT_MS_MAX} ms. ${seen()}`)),
      WAIT_MS_MAX,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What a view has told, in short: `+id`, `-id reason`, `~id`. */
export function diary<M>(view: ServiceView<M>): string[] {
  const lines: string[] = [];
  view.onUpdate(({ added, removed, changed }: ViewUpdate<M>) => {
    lines.push(
      ...removed.map(({ instance, reason }) => `-${instance.id} ${reason}`),
      ...added.map(({ id }) => `+${id}`),
      ...changed.map(({ current }) => `~${current.id}`),
    );
  });
  return lines;
}

export const ids = <M>(view: ServiceView<M>): string[] =>
  view.snapshot.instances.map(({ id }) => id).sort();
