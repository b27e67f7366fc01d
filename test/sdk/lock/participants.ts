/** Services that share locks: each a client of its own, as processes have. Closed together. */
import { Client, type ClientOptions } from '@concord/client';
import { Elections, Locks } from '@concord/lock';
import type { SdkTarget } from '../harness/each-backend.ts';

export interface Participant {
  readonly client: Client;
  readonly lock: Locks;
  readonly election: Elections;
}

export class Participants implements AsyncDisposable {
  readonly #target: SdkTarget;
  readonly #namespace: string;
  readonly #all: Participant[] = [];

  constructor(target: SdkTarget) {
    this.#target = target;
    this.#namespace = target.corner();
  }

  /** Keys of this test as the server has them begin so. */
  get namespace(): string {
    return this.#namespace;
  }

  async join(app: string, options: Partial<ClientOptions> = {}): Promise<Participant> {
    const client = await Client.connect({
      endpoints: this.#target.endpoints,
      namespace: this.#namespace,
      app: { name: app },
      ...options,
    });
    const participant = { client, lock: new Locks(client), election: new Elections(client) };
    this.#all.push(participant);
    return participant;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#target.lines.heal();
    await Promise.all(
      this.#all.map(async ({ client, lock, election }) => {
        await Promise.all([lock.close(), election.close()]);
        await client.close();
      }),
    );
  }
}

/** Resolves when so many stand in the line of `name`: a waiter that waits is seen by its key alone. */
export async function standing(
  { client, lock }: Participant,
  name: string,
  count: number,
): Promise<void> {
  await using watch = client.watch({ prefix: `${name}/` });
  await watch.created();
  const isThere = async (): Promise<boolean> => {
    const { holders, waiters } = await lock.inspect(name);
    return holders.length + waiters.length === count;
  };
  if (await isThere()) return;
  for await (const batch of watch) {
    if (batch.type === 'changes' && (await isThere())) return;
  }
}

/** The keys below `name`, as they are. */
export async function keysBelow({ client }: Participant, name: string): Promise<string[]> {
  const { entries } = await client.kv.range({ prefix: `${name}/` });
  return entries.map(({ key }) => key);
}
