/** `--experimental-leasing-prefix`: what the proxy answers of keys that it owns, and how it comes to own them. */
import type { Event } from '@concord/protocol';
import type { Log } from '../../../log.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Forwarder } from '../forwarder.ts';
import type { Namespace } from '../namespace.ts';
import type { WatchHub } from '../watch/watch-hub.ts';
import { ClusterKv } from './cluster-kv.ts';
import { GuardedWrites } from './guarded-writes.ts';
import { isRevoked } from './guards.ts';
import { LeasingKeys } from './leasing-keys.ts';
import { LeasingSession } from './leasing-session.ts';
import { isDeletion, LeasingWatch } from './leasing-watch.ts';
import { OwnedReads } from './owned-reads.ts';
import { Ownership } from './ownership.ts';
import { Releases } from './releases.ts';
import { Revocations } from './revocations.ts';
import { Revoker } from './revoker.ts';

export interface LeasingOptions {
  readonly cluster: Cluster;
  readonly forwarder: Forwarder;
  readonly namespace: Namespace | undefined;
  /** For the proxy's own watch. */
  readonly hub: WatchHub;
  readonly prefix: string;
  readonly ttlSeconds: number;
  /** Monotonic milliseconds. */
  now(): number;
  readonly log: Log;
}

export class Leasing {
  readonly ownership: Ownership;
  readonly reads: OwnedReads;
  readonly writes: GuardedWrites;
  readonly #keys: LeasingKeys;
  readonly #revocations = new Revocations();
  readonly #session: LeasingSession;

  constructor(options: LeasingOptions) {
    const { cluster, forwarder, namespace, hub, prefix, ttlSeconds, now, log } = options;
    const keys = new LeasingKeys(prefix);
    const kv = new ClusterKv(forwarder, namespace);
    const revocations = this.#revocations;
    const releases = new Releases({
      kv,
      keys,
      released: (key, since, revision) => {
        ownership.released(key, since);
        revocations.deleted(key, revision);
      },
    });
    const ownership = new Ownership({ now, release: releases.add });
    const revoker = new Revoker({ kv, keys, ownership, revocations });
    this.#keys = keys;
    this.ownership = ownership;
    this.reads = new OwnedReads({ kv, keys, ownership });
    this.writes = new GuardedWrites({ kv, keys, ownership, revoker });
    const watch = new LeasingWatch({
      ...{ cluster, namespace, hub },
      span: keys.spanOf(keys.area),
      told: (event) => this.#told(event),
      observed: (header) => ownership.observe(header),
      lost: () => this.#session.restart(),
    });
    this.#session = new LeasingSession({
      ...{ cluster, ownership, watch, ttlSeconds, now, log },
      watching: (isWatching) => {
        revocations.isTold = isWatching;
        revocations.missed();
      },
      ended: () => {
        ownership.end();
        releases.forget();
      },
    });
  }

  start(): void {
    this.#session.start();
  }

  /** Who may read what has changed: nothing that is known counts any more. */
  forget(): void {
    this.ownership.end();
    this.#session.restart();
  }

  close(): Promise<void> {
    return this.#session.close();
  }

  #told(event: Event): void {
    const { kv } = event;
    if (kv === undefined) return;
    const key = this.#keys.keyOf(kv.key);
    if (key === undefined) return;
    if (isDeletion(event)) {
      this.ownership.deleted(key, kv.modRevision);
      this.#revocations.deleted(key, kv.modRevision);
    } else if (isRevoked(kv) && kv.lease !== 0n && kv.lease === this.ownership.lease) {
      this.ownership.revoked(key, kv.createRevision);
    }
  }
}
