/**
 * Writes by the leasing protocol: each is a transaction that holds only while its keys are nobody else's. Whoever has them
 * is asked to give them up, and then the write is tried again.
 */
import {
  decodeKeyRange,
  DeleteRangeResponse,
  isEmpty,
  PutResponse,
  singleKey,
  toByteString,
  TxnRequest,
  type ByteString,
  type DeleteRangeRequest,
  type KeyRange,
  type KeyValue,
  type PutRequest,
  type RequestOp,
  type TxnResponse,
} from '@concord/protocol';
import { CallFailure, cancelled } from '../cluster/call-failure.ts';
import { isPassing } from '../cluster/passing-failure.ts';
import type { Caller, ClusterKv } from './cluster-kv.ts';
import { GuardedTxn } from './guarded-txn.ts';
import { createdBefore, reading, revoking, single } from './guards.ts';
import { firstPair, keptPair } from './key-answer.ts';
import type { LeasingKeys } from './leasing-keys.ts';
import type { Ownership, OwnWrite } from './ownership.ts';
import type { Revoker } from './revoker.ts';
import { WrittenKeys } from './written-keys.ts';

export interface GuardedWritesOptions {
  readonly kv: ClusterKv;
  readonly keys: LeasingKeys;
  readonly ownership: Ownership;
  readonly revoker: Revoker;
}

export class GuardedWrites {
  readonly #kv: ClusterKv;
  readonly #keys: LeasingKeys;
  readonly #ownership: Ownership;
  readonly #revoker: Revoker;

  constructor({ kv, keys, ownership, revoker }: GuardedWritesOptions) {
    this.#kv = kv;
    this.#keys = keys;
    this.#ownership = ownership;
    this.#revoker = revoker;
  }

  /** Undefined where the cluster is to refuse it. This and all others reject with `CallFailure`. */
  put(request: PutRequest, caller: Caller): Promise<PutResponse> | undefined {
    return request.key.length === 0 ? undefined : this.#put(request, caller);
  }

  /** Undefined where the cluster is to refuse it, or there are no such keys. */
  deleteRange(
    request: DeleteRangeRequest,
    caller: Caller,
  ): Promise<DeleteRangeResponse> | undefined {
    const range = decodeKeyRange(request.key, request.rangeEnd);
    return request.key.length === 0 || isEmpty(range)
      ? undefined
      : this.#delete(request, range, caller);
  }

  /** Undefined where it writes nothing, or the cluster is to refuse it. */
  txn(request: TxnRequest, caller: Caller): Promise<TxnResponse> | undefined {
    const written = new WrittenKeys(request);
    return written.isMalformed || written.isNothing
      ? undefined
      : this.#txn(request, written, caller);
  }

  async #put(request: PutRequest, caller: Caller): Promise<PutResponse> {
    const value = request.ignoreValue ? undefined : request.value;
    const operation: RequestOp = { request: { case: 'requestPut', value: request } };
    const { header, responses } = await this.#write(request.key, operation, value, caller);
    const [first] = responses;
    const own = first?.response?.case === 'responsePut' ? first.response.value : undefined;
    return PutResponse.create({ ...own, header });
  }

  async #delete(
    request: DeleteRangeRequest,
    range: KeyRange,
    caller: Caller,
  ): Promise<DeleteRangeResponse> {
    const operation: RequestOp = { request: { case: 'requestDeleteRange', value: request } };
    const { header, responses } = await (request.rangeEnd.length === 0
      ? this.#write(request.key, operation, undefined, caller)
      : this.#deleteRange(range, operation, caller));
    const [first] = responses;
    const own = first?.response?.case === 'responseDeleteRange' ? first.response.value : undefined;
    return DeleteRangeResponse.create({ ...own, header });
  }

  /** Writes one key. @param value what it will hold, where that is known */
  async #write(
    key: Uint8Array,
    operation: RequestOp,
    value: Uint8Array | undefined,
    caller: Caller,
  ): Promise<TxnResponse> {
    const name = toByteString(key);
    const leasingKey = this.#keys.of(name);
    const reread = reading(single(key), value !== undefined);
    for (;;) {
      await this.#acquisitionOf(name, caller);
      using deletion = this.#revoker.lookOut(name);
      const write = this.#ownership.beginWrite([singleKey(name)]);
      const since = this.#since(name, caller);
      const request = TxnRequest.create({
        compare: [createdBefore(single(leasingKey), since + 1)],
        success: since > 0 ? [operation, reread] : [operation],
        failure: [revoking(leasingKey), reading(single(leasingKey))],
      });
      const response = await this.#send(request, write, caller);
      const revision = response.header?.revision ?? 0;
      if (response.succeeded) {
        const pair = since > 0 ? keptPair(firstPair(response.responses[1]), value) : 'unknown';
        this.#ownership.applied(write, revision, () => pair);
        return response;
      }
      this.#ownership.refused(write);
      this.#ownership.lost(name, since);
      const inTheWay = firstPair(response.responses[1]);
      if (inTheWay === undefined) continue;
      await this.#revoker.untilGone(inTheWay, revision, deletion, caller);
    }
  }

  async #deleteRange(range: KeyRange, operation: RequestOp, caller: Caller): Promise<TxnResponse> {
    using blocked = new DisposableStack();
    blocked.use(this.#ownership.block(range));
    await this.#acquisitionsOf(range, caller);
    const isOwners = !caller.asker.hasCredentials && !this.#keys.isWithin(range);
    for (;;) {
      const newest = await this.#revoker.clear(range, caller);
      const write = this.#ownership.beginWrite([range]);
      const request = TxnRequest.create({
        compare: [createdBefore(this.#keys.spanOf(range), newest + 1)],
        success: [operation],
      });
      const response = await this.#send(request, write, caller);
      if (response.succeeded) {
        const revision = response.header?.revision ?? 0;
        this.#ownership.applied(write, revision, () => (isOwners ? undefined : 'unknown'));
        return response;
      }
      this.#ownership.refused(write);
    }
  }

  async #txn(request: TxnRequest, written: WrittenKeys, caller: Caller): Promise<TxnResponse> {
    const { ranges, depth } = written;
    const keys = [...written.keys];
    const leasingSpans = [
      ...keys.map((key) => single(this.#keys.of(key))),
      ...ranges.map((range) => this.#keys.spanOf(range)),
    ];
    const touched = [...keys.map(singleKey), ...ranges];
    using blocked = new DisposableStack();
    for (const range of ranges) {
      blocked.use(this.#ownership.block(range));
      await this.#acquisitionsOf(range, caller);
    }
    for (;;) {
      for (const key of keys) await this.#acquisitionOf(key, caller);
      const newest: number[] = [];
      for (const range of ranges) newest.push(await this.#revoker.clear(range, caller));
      const write = this.#ownership.beginWrite(touched);
      const since = [...keys.map((key) => this.#since(key, caller)), ...newest];
      const compare = leasingSpans.map((span, i) => createdBefore(span, (since[i] ?? 0) + 1));
      const failure = leasingSpans.slice(0, keys.length).map((span) => reading(span));
      const owned = caller.asker.hasCredentials ? [] : write.owned.map(({ key }) => key);
      const guarded = new GuardedTxn(request, depth, { compare, failure }, owned);
      const response = await this.#send(guarded.request, write, caller);
      if (response.succeeded) {
        this.#ownership.applied(write, response.header?.revision ?? 0, guarded.after(response));
        return guarded.answer(response);
      }
      this.#ownership.refused(write);
      const inTheWay: KeyValue[] = [];
      for (const [i, key] of keys.entries()) {
        const leasingPair = firstPair(response.responses[i]);
        if (leasingPair === undefined || leasingPair.createRevision <= (since[i] ?? 0)) continue;
        inTheWay.push(leasingPair);
        this.#ownership.lost(key, since[i] ?? 0);
      }
      await this.#revoker.revoke(inTheWay, caller);
    }
  }

  /** An owner's write is compared with his leasing key; there may be none at all when somebody else writes. */
  #since(key: ByteString, { asker }: Caller): number {
    return asker.hasCredentials ? 0 : this.#ownership.since(key);
  }

  /** A read of this proxy may be about to own the key: whoever is patient need not take it away again. */
  #acquisitionOf(key: ByteString, { signal }: Caller): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!this.#ownership.afterAcquiring(key, resolve)) return resolve();
      signal.addEventListener('abort', () => reject(cancelled()), { once: true });
    });
  }

  /**
   * The guard of a range lets this proxy's own leasing keys by: so there may be none of which it is not known yet what the
   * key held. The range is blocked, so there will be no more.
   */
  async #acquisitionsOf(range: KeyRange, caller: Caller): Promise<void> {
    for (const key of this.#ownership.acquiring(range)) await this.#acquisitionOf(key, caller);
  }

  async #send(request: TxnRequest, write: OwnWrite, caller: Caller): Promise<TxnResponse> {
    try {
      const response = await this.#kv.txn(request, caller);
      this.#ownership.observe(response.header);
      return response;
    } catch (error) {
      if (error instanceof CallFailure && isWithoutEffect(error)) this.#ownership.refused(write);
      else this.#ownership.unknown(write);
      throw error;
    }
  }
}

/** No member has looked at it, or one has refused it. */
const isWithoutEffect = (failure: CallFailure): boolean =>
  failure.reach === 'unreachable' || failure.reach === 'refused' || !isPassing(failure);
