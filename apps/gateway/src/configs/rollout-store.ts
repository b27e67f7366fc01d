/** Rollouts in the cluster: read, and changed from one state to the next by whoever was first. */
import { compare, missing, op, type Client } from '@concord/client';
import type { ItemAddress } from '@concord/config/records';
import { Problem } from '../http/problem.ts';
import { decodeRollout, rolloutKey, type RolloutRecord } from './rollout-record.ts';

export interface StoredRollout {
  readonly record: RolloutRecord;
  readonly revision: number;
}

export class RolloutStore {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  async find(address: ItemAddress): Promise<StoredRollout | undefined> {
    const entry = await this.#client.kv.get(rolloutKey(address));
    const record = entry && decodeRollout(entry.text);
    return record && { record, revision: entry.modRevision };
  }

  /** @throws Problem `not-found` */
  async get(address: ItemAddress): Promise<StoredRollout> {
    const found = await this.find(address);
    if (found !== undefined) return found;
    throw new Problem('not-found', {
      detail: `${address.path} was never rolled out in steps: begin with POST …/rollout`,
    });
  }

  /** @returns the new revision, or undefined if it is not as it was at `revision` any more; 0: there was none */
  async write(
    address: ItemAddress,
    revision: number,
    record: RolloutRecord,
  ): Promise<number | undefined> {
    const key = rolloutKey(address);
    const unchanged = revision === 0 ? missing(key) : compare(key).modRevision('=', revision);
    const { succeeded, revision: written } = await this.#client.kv
      .txn()
      .if(unchanged)
      .then(op.put(key, JSON.stringify({ ...record, changedAt: new Date().toISOString() })))
      .commit();
    return succeeded ? written : undefined;
  }
}
