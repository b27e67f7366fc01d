/** What operators decide about protection holds, which consumers keep: see `hold-decision.ts` of the registry. */
import type { Client } from '@concord/client';
import { encodeHoldDecision, registryKeys, type HoldDecision } from '@concord/registry/records';
import type { ServiceDirectory } from './service-directory.ts';

/** Consumers follow a decision when it comes; one that is away for longer has begun anew. */
const RELEASE_STANDS_MS = 60_000;
/** A lease lives for whole seconds. */
const LEASE_MS_MIN = 1_000;

export class Holds {
  readonly #client: Client;
  readonly #directory: ServiceDirectory;

  constructor(client: Client, directory: ServiceDirectory) {
    this.#client = client;
    this.#directory = directory;
  }

  /** @returns the revision of the decision */
  async decide(service: string, decision: HoldDecision): Promise<number> {
    const standsMs =
      decision.action === 'release' ? RELEASE_STANDS_MS : decision.until - Date.now();
    const { lease } = await this.#client.leases.grant(Math.max(LEASE_MS_MIN, standsMs));
    const key = registryKeys.hold(service);
    const { revision } = await this.#client.kv.put(key, encodeHoldDecision(decision), { lease });
    await this.#directory.reached(revision);
    return revision;
  }
}
