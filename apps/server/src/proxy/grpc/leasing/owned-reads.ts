/**
 * Reads by the leasing protocol: those of an owned key need no cluster, one of a key that nobody has acquires it. Whoever
 * shows credentials is answered by the cluster alone, which knows what he may see.
 */
import {
  toByteString,
  TxnRequest,
  type RangeRequest,
  type RangeResponse,
  type TxnResponse,
} from '@concord/protocol';
import type { Asker } from '../asker.ts';
import type { Caller, ClusterKv } from './cluster-kv.ts';
import { createdBefore, isRevoked, putting, reading, single, withoutLease } from './guards.ts';
import { answerOf, firstPair, isOfOneKey, keptPair } from './key-answer.ts';
import type { LeasingKeys } from './leasing-keys.ts';
import type { Acquisition, Ownership } from './ownership.ts';
import { answerTxn } from './read-only-txn.ts';

export interface OwnedReadsOptions {
  readonly kv: ClusterKv;
  readonly keys: LeasingKeys;
  readonly ownership: Ownership;
}

export class OwnedReads {
  readonly #options: OwnedReadsOptions;

  constructor(options: OwnedReadsOptions) {
    this.#options = options;
  }

  /** Undefined where the cluster has to be asked. */
  range(request: RangeRequest, asker: Asker): RangeResponse | undefined {
    if (asker.hasCredentials || !isOfOneKey(request)) return undefined;
    const read = this.#options.ownership.read(toByteString(request.key));
    return read && answerOf(request, read.pair, read.header);
  }

  /** Undefined where the cluster has to be asked. */
  txn(request: TxnRequest, asker: Asker): TxnResponse | undefined {
    return asker.hasCredentials ? undefined : answerTxn(request, this.#options.ownership);
  }

  /** Reads a key, and acquires it if nobody has it; undefined where a plain read is as good. Rejects with `CallFailure`. */
  acquire(request: RangeRequest, caller: Caller): Promise<RangeResponse> | undefined {
    if (caller.asker.hasCredentials || request.serializable || !isOfOneKey(request)) {
      return undefined;
    }
    const acquisition = this.#options.ownership.beginAcquiring(toByteString(request.key));
    return acquisition && this.#acquire(acquisition, request, caller);
  }

  async #acquire(
    acquisition: Acquisition,
    request: RangeRequest,
    caller: Caller,
  ): Promise<RangeResponse> {
    const { kv, keys, ownership } = this.#options;
    const { key, lease } = acquisition;
    const leasingKey = keys.of(key);
    const read = reading(single(request.key));
    const attempt = TxnRequest.create({
      compare: [createdBefore(single(leasingKey), 1), withoutLease(request.key)],
      success: [read, putting({ key: leasingKey, lease })],
      failure: [read, reading(single(leasingKey))],
    });
    try {
      const { header, succeeded, responses } = await kv.txn(attempt, caller, true);
      ownership.observe(header);
      const revision = header?.revision ?? 0;
      const pair = keptPair(firstPair(responses[0]));
      // Where an attempt was never answered, the leasing key may be there already.
      const before = succeeded ? undefined : firstPair(responses[1]);
      const isOwn =
        before?.lease === lease && !isRevoked(before) && (pair === undefined || pair.lease === 0n);
      if (succeeded) ownership.acquired(acquisition, revision, revision, pair);
      else if (isOwn) {
        ownership.acquired(acquisition, before.createRevision, revision, pair);
      }
      return answerOf(request, pair, header);
    } finally {
      ownership.abandoned(acquisition);
    }
  }
}
