/** Gets others to give up keys: by a word in their leasing keys, and by waiting until those are gone. */
import {
  RangeRequest,
  TxnRequest,
  type ByteString,
  type KeyRange,
  type KeyValue,
} from '@concord/protocol';
import type { Caller, ClusterKv } from './cluster-kv.ts';
import { createdAt, deletingAt, revoking } from './guards.ts';
import type { LeasingKeys } from './leasing-keys.ts';
import type { Ownership } from './ownership.ts';
import type { Deletion, Revocations } from './revocations.ts';

/** Of leasing keys that are asked for at the same time. */
const AT_A_TIME_MAX = 64;

export interface RevokerOptions {
  readonly kv: ClusterKv;
  readonly keys: LeasingKeys;
  readonly ownership: Ownership;
  readonly revocations: Revocations;
}

export class Revoker {
  readonly #options: RevokerOptions;

  constructor(options: RevokerOptions) {
    this.#options = options;
  }

  /** See `Revocations`. */
  lookOut(key: ByteString): Deletion {
    return this.#options.revocations.lookOut(key);
  }

  /**
   * Leaves no leasing keys of a range but this proxy's own, and none at all where the keys are to be written by somebody
   * with credentials, whose writes are not the owner's. Answers the revision at which the newest of them was created.
   */
  async clear(range: KeyRange, caller: Caller): Promise<number> {
    const { kv, keys, ownership } = this.#options;
    const keepsOwn = !caller.asker.hasCredentials && !keys.isWithin(range);
    const { kvs, header } = await kv.range(RangeRequest.create(keys.spanOf(range)), caller);
    ownership.observe(header);
    const isKept = ({ lease }: KeyValue): boolean =>
      keepsOwn && lease !== 0n && lease === ownership.lease;
    await this.revoke(
      kvs.filter((pair) => !isKept(pair)),
      caller,
    );
    return kvs
      .filter(isKept)
      .reduce((newest, { createRevision }) => Math.max(newest, createRevision), 0);
  }

  /** Resolves when these leasing keys are gone. Rejects with `CallFailure`. */
  async revoke(leasingPairs: readonly KeyValue[], caller: Caller): Promise<void> {
    for (let at = 0; at < leasingPairs.length; at += AT_A_TIME_MAX) {
      const some = leasingPairs.slice(at, at + AT_A_TIME_MAX);
      await Promise.all(some.map((pair) => this.#revokeOne(pair, caller)));
    }
  }

  /** The owner was asked at a revision. Resolves when the leasing key is gone, or when it is time to look again. */
  async untilGone(
    leasingPair: KeyValue,
    revision: number,
    deletion: Deletion,
    caller: Caller,
  ): Promise<void> {
    const { key, lease, createRevision } = leasingPair;
    const { kv, keys, ownership } = this.#options;
    const owned = keys.keyOf(key);
    if (owned === undefined) return;
    // It is no session's, so nobody will ever delete it.
    if (lease === 0n) {
      await kv.txn(deletingAt(key, createRevision), caller, true);
      return;
    }
    if (lease === ownership.lease) ownership.revoked(owned, createRevision);
    await deletion.after(revision, caller.signal);
  }

  async #revokeOne(leasingPair: KeyValue, caller: Caller): Promise<void> {
    const { kv, keys } = this.#options;
    const key = keys.keyOf(leasingPair.key);
    if (key === undefined) return;
    const compare = [createdAt(leasingPair.key, leasingPair.createRevision)];
    const request = TxnRequest.create({ compare, success: [revoking(leasingPair.key)] });
    for (;;) {
      using deletion = this.lookOut(key);
      const { succeeded, header } = await kv.txn(request, caller, true);
      if (!succeeded) return;
      await this.untilGone(leasingPair, header?.revision ?? 0, deletion, caller);
    }
  }
}
