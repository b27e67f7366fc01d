/** A lease that is kept alive as long as a command holds something by it. */
import { Lease, LeaseGrantRequest, LeaseRevokeRequest } from '@concord/protocol';
import type { EtcdClient } from '../connection/etcd-client.ts';
import { LeaseKeeper } from '../lease/lease-keeper.ts';

/** etcd's for sessions that are given none. */
export const SESSION_TTL_SECONDS = 60;
/** What a command waits for at its end to leave no lease behind. */
const CLOSE_MS = 1_000;

export class Session {
  readonly lease: bigint;
  /** Resolves when the lease is gone. */
  readonly done: Promise<void>;
  readonly #client: EtcdClient;
  readonly #ending = new AbortController();

  private constructor(client: EtcdClient, lease: bigint) {
    this.lease = lease;
    this.#client = client;
    this.done = this.#keepAlive();
  }

  static async open(client: EtcdClient, ttlSeconds = SESSION_TTL_SECONDS): Promise<Session> {
    const request = LeaseGrantRequest.create({ TTL: ttlSeconds });
    const { ID } = await client.call(Lease.methods.leaseGrant, request, { timeoutMs: Infinity });
    return new Session(client, ID);
  }

  /** Lets the lease go; its keys go with it. */
  async close(): Promise<void> {
    this.#ending.abort();
    const request = LeaseRevokeRequest.create({ ID: this.lease });
    await this.#client
      .call(Lease.methods.leaseRevoke, request, { timeoutMs: CLOSE_MS })
      .catch(() => undefined);
  }

  async #keepAlive(): Promise<void> {
    const renewals = new LeaseKeeper(this.#client, this.lease).renewals(this.#ending.signal);
    while ((await renewals.next()).done !== true);
  }
}
