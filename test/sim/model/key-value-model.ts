/**
 * What the store must answer, written down as plainly as can be: a whole copy of the key space for every revision.
 * It shares with the server nothing but the messages, knows neither log nor disk, and is made for reading: whoever
 * doubts an answer can follow it here with a finger.
 */
import { toByteString } from '@concord/protocol';
import type { TxnResponse } from '@concord/protocol';
import {
  DeleteRangeResponse,
  KeyValue,
  PutResponse,
  RangeResponse,
  ResponseHeader,
  type DeleteRangeRequest,
  type EtcdErrorName,
  type PutRequest,
  type RangeRequest,
  type RequestOp,
  type ResponseOp,
  type TxnRequest,
} from '@concord/protocol';
import { compareHolds } from './compare.ts';
import { inRange, selectFrom, type KeySpaceState } from './select.ts';

export interface ModelEvent {
  readonly type: 'put' | 'delete';
  readonly key: string;
  readonly revision: number;
  /** Of a deletion: the key and its revision alone. */
  readonly kv: KeyValue;
  /** What the key was at the end of the revision before. */
  readonly previous: KeyValue | undefined;
}

/** An expected failure, by etcd's name. */
export class ModelError extends Error {
  readonly errorName: EtcdErrorName;

  constructor(errorName: EtcdErrorName) {
    super(errorName);
    this.errorName = errorName;
  }
}

/** A write in the making: the next state, and what has changed on the way to it. */
interface Draft {
  readonly state: Map<string, KeyValue>;
  readonly events: ModelEvent[];
}

const FIRST_REVISION = 1;
const NEVER_COMPACTED = -1;

export class KeyValueModel {
  revision = FIRST_REVISION;
  compacted = NEVER_COMPACTED;
  readonly events: ModelEvent[] = [];
  readonly #states = new Map<number, KeySpaceState>([[FIRST_REVISION, new Map()]]);
  readonly #leaseExists: (id: bigint) => boolean;

  constructor(leaseExists: (id: bigint) => boolean) {
    this.#leaseExists = leaseExists;
  }

  get current(): KeySpaceState {
    return this.stateAt(this.revision);
  }

  stateAt(revision: number): KeySpaceState {
    return this.#states.get(revision) as KeySpaceState;
  }

  /** Lets go of what the key space was at a revision, for histories too long to keep whole. */
  forgetState(revision: number): void {
    if (revision !== this.revision) this.#states.delete(revision);
  }

  range(request: RangeRequest): RangeResponse {
    const at = request.revision <= 0 ? this.revision : request.revision;
    if (at > this.revision) throw new ModelError('ErrFutureRev');
    if (at < this.compacted) throw new ModelError('ErrCompacted');
    return this.#rangeOf(this.stateAt(at), request, this.revision);
  }

  put(request: PutRequest): PutResponse {
    this.#checkLease(request);
    this.#checkKept(request);
    return this.#write((draft) => this.#put(draft, request));
  }

  deleteRange(request: DeleteRangeRequest): DeleteRangeResponse {
    return this.#write((draft) => this.#delete(draft, request));
  }

  txn(request: TxnRequest): TxnResponse {
    this.#checkTxn(request);
    return this.#write((draft) => {
      const response = this.#txn(draft, request);
      return { ...response, header: this.#header(draft) };
    });
  }

  compact(revision: number): void {
    if (revision > this.revision) throw new ModelError('ErrFutureRev');
    if (revision <= this.compacted) throw new ModelError('ErrCompacted');
    this.compacted = revision;
  }

  /** What a lease that is gone takes with it. */
  deleteKeys(keys: readonly string[]): void {
    this.#write((draft) => keys.toSorted().forEach((key) => this.#deleteKey(draft, key)));
  }

  #write<T>(body: (draft: Draft) => T): T {
    const draft: Draft = { state: new Map(this.current), events: [] };
    const result = body(draft);
    if (draft.events.length > 0) {
      this.revision += 1;
      this.#states.set(this.revision, draft.state);
      this.events.push(...draft.events);
    }
    return result;
  }

  /** The revision that the draft has now: the next one as soon as anything has changed. */
  #header(draft: Draft): ResponseHeader {
    const revision = draft.events.length > 0 ? this.revision + 1 : this.revision;
    return ResponseHeader.create({ revision });
  }

  #rangeOf(state: KeySpaceState, request: RangeRequest, revision: number): RangeResponse {
    return RangeResponse.create({
      header: ResponseHeader.create({ revision }),
      ...selectFrom(state, request),
    });
  }

  #put(draft: Draft, request: PutRequest): PutResponse {
    const key = toByteString(request.key);
    const before = draft.state.get(key);
    const revision = this.revision + 1;
    const kv = KeyValue.create({
      key: request.key,
      value: request.ignoreValue && before !== undefined ? before.value : request.value,
      lease: request.ignoreLease && before !== undefined ? before.lease : request.lease,
      modRevision: revision,
      createRevision: before?.createRevision ?? revision,
      version: (before?.version ?? 0) + 1,
    });
    draft.state.set(key, kv);
    const previous = this.current.get(key);
    draft.events.push({ type: 'put', key, revision, kv, previous });
    return PutResponse.create({
      header: this.#header(draft),
      prevKv: request.prevKv ? before : undefined,
    });
  }

  #delete(draft: Draft, request: DeleteRangeRequest): DeleteRangeResponse {
    const keys = [...draft.state.keys()].filter((key) => inRange(key, request)).sort();
    const prevKvs = keys.map((key) => draft.state.get(key) as KeyValue);
    for (const key of keys) this.#deleteKey(draft, key);
    return DeleteRangeResponse.create({
      header: this.#header(draft),
      deleted: keys.length,
      prevKvs: request.prevKv ? prevKvs : [],
    });
  }

  #deleteKey(draft: Draft, key: string): void {
    const before = draft.state.get(key) as KeyValue;
    const revision = this.revision + 1;
    draft.state.delete(key);
    const kv = KeyValue.create({ key: before.key, modRevision: revision });
    const previous = this.current.get(key);
    draft.events.push({ type: 'delete', key, revision, kv, previous });
  }

  /** All conditions, also of nested transactions, are decided by the state before. */
  #branchOf(request: TxnRequest): { succeeded: boolean; ops: readonly RequestOp[] } {
    const succeeded = request.compare.every((compare) => compareHolds(this.current, compare));
    return { succeeded, ops: succeeded ? request.success : request.failure };
  }

  #txn(draft: Draft, request: TxnRequest): TxnResponse {
    const { succeeded, ops } = this.#branchOf(request);
    const responses = ops.map((op): ResponseOp => ({ response: this.#op(draft, op) }));
    return { header: ResponseHeader.create(), succeeded, responses };
  }

  #op(draft: Draft, { request }: RequestOp): ResponseOp['response'] {
    switch (request?.case) {
      case 'requestRange': {
        const { revision } = request.value;
        const state = revision === 0 ? draft.state : this.stateAt(revision);
        const value = this.#rangeOf(state, request.value, 0);
        return { case: 'responseRange', value: { ...value, header: this.#header(draft) } };
      }
      case 'requestPut':
        return { case: 'responsePut', value: this.#put(draft, request.value) };
      case 'requestDeleteRange':
        return { case: 'responseDeleteRange', value: this.#delete(draft, request.value) };
      case 'requestTxn':
        return { case: 'responseTxn', value: this.#txn(draft, request.value) };
      case undefined:
        return undefined;
    }
  }

  /** What makes a transaction fail is looked for before anything is changed, in the branches that are taken. */
  #checkTxn(request: TxnRequest): void {
    for (const { request: op } of this.#branchOf(request).ops) {
      if (op?.case === 'requestTxn') this.#checkTxn(op.value);
      if (op?.case === 'requestPut') this.#checkPutOfTxn(op.value);
      if (op?.case !== 'requestRange' || op.value.revision === 0) continue;
      if (op.value.revision > this.revision) throw new ModelError('ErrFutureRev');
      if (op.value.revision < this.compacted) throw new ModelError('ErrCompacted');
    }
  }

  /** The order in which faults are looked for differs from that of a put on its own, in etcd as here. */
  #checkPutOfTxn(request: PutRequest): void {
    this.#checkKept(request);
    this.#checkLease(request);
  }

  #checkLease({ lease }: PutRequest): void {
    if (lease !== 0n && !this.#leaseExists(lease)) throw new ModelError('ErrLeaseNotFound');
  }

  /** What is to be kept must be there. */
  #checkKept({ key, ignoreValue, ignoreLease }: PutRequest): void {
    const exists = this.current.has(toByteString(key));
    if ((ignoreValue || ignoreLease) && !exists) throw new ModelError('ErrKeyNotFound');
  }
}
