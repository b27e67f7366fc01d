/**
 * `--resolver-prefix`: this proxy's own entry among those of the prefix, on a lease that it keeps alive. When the lease is
 * lost, it begins anew.
 */
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  KV,
  Lease,
  LeaseGrantRequest,
  LeaseRevokeRequest,
  PutRequest,
  type LeaseKeepAliveResponse,
} from '@concord/protocol';
import type { Log } from '../../../log.ts';
import { NOBODY } from '../asker.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { ask } from '../cluster/unary.ts';
import { KeepAliveHub, type KeepAliveClient } from '../lease/keep-alive-hub.ts';
import type { Namespace } from '../namespace.ts';
import { formatRegistration, registrationKey } from './registration-key.ts';

export interface RegistrationOptions {
  readonly cluster: Cluster;
  readonly namespace: Namespace | undefined;
  readonly prefix: string;
  /** `--advertise-client-url`. */
  readonly address: string;
  /** `--resolver-ttl`. */
  readonly ttlSeconds: number;
  readonly log: Log;
}

/** etcd's: one attempt a second. */
const RETRY_MS = 1000;

export class Registration {
  readonly #options: RegistrationOptions;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  #lease = 0n;

  /** Begins to register, and goes on until `close`. */
  constructor(options: RegistrationOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  /** Takes the entry away, as far as the cluster answers. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    if (this.#lease === 0n) return;
    const { cluster } = this.#options;
    const revoking = ask(
      cluster,
      Lease.methods.leaseRevoke,
      LeaseRevokeRequest.create({ ID: this.#lease }),
    );
    await Promise.race([
      revoking.catch(() => undefined),
      sleep(RETRY_MS, undefined, { ref: false }),
    ]);
  }

  #isStopping(): boolean {
    return this.#stop.signal.aborted;
  }

  async #run(): Promise<void> {
    const { log } = this.#options;
    const { signal } = this.#stop;
    while (!this.#isStopping()) {
      try {
        await this.#register(signal);
        await this.#keepAlive(signal);
        if (this.#isStopping()) return;
        this.#lease = 0n;
        log.warn('session expired; possible network partition or server restart');
      } catch (error) {
        if (this.#isStopping()) return;
        log.warn({ error: (error as Error).message }, 'failed to create a session');
      }
      await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #register(signal: AbortSignal): Promise<void> {
    const { cluster, namespace, prefix, address, ttlSeconds, log } = this.#options;
    const grant = LeaseGrantRequest.create({ TTL: ttlSeconds });
    const { ID: lease } = await ask(cluster, Lease.methods.leaseGrant, grant, signal);
    this.#lease = lease;
    const key = Buffer.from(registrationKey(prefix, address));
    const value = Buffer.from(formatRegistration({ address, name: hostname() }));
    const put = PutRequest.create({ key: namespace?.key(key) ?? key, value, lease });
    await ask(cluster, KV.methods.put, put, signal);
    log.info({ addr: address, 'lease-ttl': ttlSeconds }, 'registered session with lease');
  }

  /** Resolves when the lease is lost, or the signal aborts. */
  async #keepAlive(signal: AbortSignal): Promise<void> {
    const { cluster, ttlSeconds } = this.#options;
    const hub = new KeepAliveHub(cluster, NOBODY, () => performance.now());
    let lateMs = performance.now() + ttlSeconds * 1000;
    const client: KeepAliveClient = { failed: () => undefined };
    const answered = ({ TTL }: LeaseKeepAliveResponse): void => {
      lateMs = performance.now() + TTL * 1000;
    };
    hub.join(client);
    while (!this.#isStopping() && performance.now() < lateMs) {
      hub.ask(this.#lease, { answered });
      await sleep((ttlSeconds * 1000) / 3, undefined, { signal }).catch(() => undefined);
    }
    hub.leave(client);
  }
}
