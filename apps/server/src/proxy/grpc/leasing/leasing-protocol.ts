/**
 * The leasing protocol over a cluster, whatever that is: reads, writes, and what has to be told for them. The session, and
 * who watches the leasing keys, are `Leasing`'s.
 */
import type { Event } from '@concord/protocol';
import type { ClusterKv } from './cluster-kv.ts';
import { GuardedWrites } from './guarded-writes.ts';
import { isRevoked } from './guards.ts';
import type { LeasingKeys } from './leasing-keys.ts';
import { isDeletion } from './leasing-watch.ts';
import { OwnedReads } from './owned-reads.ts';
import { Ownership } from './ownership.ts';
import { Releases } from './releases.ts';
import { Revocations } from './revocations.ts';
import { Revoker } from './revoker.ts';

export interface LeasingProtocolOptions {
  readonly kv: ClusterKv;
  readonly keys: LeasingKeys;
  /** Monotonic milliseconds. */
  now(): number;
}

export class LeasingProtocol {
  readonly ownership: Ownership;
  readonly reads: OwnedReads;
  readonly writes: GuardedWrites;
  readonly #keys: LeasingKeys;
  readonly #revocations = new Revocations();
  readonly #releases: Releases;

  constructor({ kv, keys, now }: LeasingProtocolOptions) {
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
    this.#releases = releases;
    this.ownership = ownership;
    this.reads = new OwnedReads({ kv, keys, ownership });
    this.writes = new GuardedWrites({ kv, keys, ownership, revoker });
  }

  /** What happens to leasing keys is told from now on, or not any more. */
  watching(isWatching: boolean): void {
    this.#revocations.isTold = isWatching;
    this.#revocations.missed();
  }

  /** Something happened to a leasing key. */
  told(event: Event): void {
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

  /** The session is over. Its leasing keys are gone, or go with its lease. */
  ended(): void {
    this.ownership.end();
    this.#releases.forget();
  }
}
