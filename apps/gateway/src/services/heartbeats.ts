/**
 * Heartbeats: the keep-alives of instances' leases. Which lease is known without asking, and all renewals go over one
 * stream, so that thousands a second cost little.
 */
import { ConcordError, type Client } from '@concord/client';
import { registryKeys } from '@concord/registry/records';
import { Problem } from '../http/problem.ts';
import { named, unknownInstance, type InstanceName } from './registrar.ts';
import type { ServiceDirectory } from './service-directory.ts';

export interface Heartbeat {
  readonly ttlMs: number;
  /** Hexadecimal. */
  readonly lease: string;
}

export class Heartbeats {
  readonly #client: Client;
  readonly #directory: ServiceDirectory;

  constructor(client: Client, directory: ServiceDirectory) {
    this.#client = client;
    this.#directory = directory;
  }

  /** @throws Problem `not-found` when it has to register again, `conflict` for one that has no lease */
  async beat(name: InstanceName): Promise<Heartbeat> {
    const known = this.#directory.entry(name.service, name.id);
    if (known !== undefined) {
      const beat = await this.#renew(name, known.lease);
      if (beat !== undefined) return beat;
    }
    // It may have been registered elsewhere a moment ago, or anew under another lease.
    const entry = await this.#client.kv.get(registryKeys.instance(name.service, name.id));
    if (entry === undefined) throw unknownInstance(name);
    const beat = entry.lease === known?.lease ? undefined : await this.#renew(name, entry.lease);
    if (beat === undefined) throw unknownInstance(name);
    return beat;
  }

  /** Undefined when the lease is gone. */
  async #renew(name: InstanceName, lease: bigint): Promise<Heartbeat | undefined> {
    if (lease === 0n) {
      throw new Problem('conflict', {
        detail: `${named(name)} has no lease: it stays until it is deleted, and needs no heartbeat`,
      });
    }
    try {
      const { ttlMs } = await this.#client.leases.renew(lease);
      return { ttlMs, lease: lease.toString(16) };
    } catch (error) {
      if (ConcordError.is(error, 'NOT_FOUND')) return undefined;
      throw error;
    }
  }
}
