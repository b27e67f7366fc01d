/**
 * A caller's access to this member's own RPCs: what locks and elections are built on. Whatever is asked here is
 * asked in the caller's name, with the caller's metadata, so that permissions and limits apply by themselves.
 */
import type { Call } from '@concord/grpc-server';
import {
  KV,
  Lease,
  LeaseGrantRequest,
  LeaseGrantResponse,
  LeaseRevokeRequest,
  LeaseRevokeResponse,
  RangeRequest,
  RangeResponse,
  StatusCode,
  TxnRequest,
  TxnResponse,
  Watch,
  encode,
  type EtcdErrorRow,
  type MessageType,
  type MethodDescriptor,
  type WatchCreateRequest,
} from '@concord/protocol';
import type { LocalCaller, LocalCalls } from '../local-call.ts';
import { OwnWatch } from './own-watch.ts';

/** A call that failed, as the caller of the service built on it is told. */
export class CallFailure extends Error {
  readonly code: StatusCode;

  /** etcd tells the text of what failed inside and no code, so the code is its "unknown" wherever none is given. */
  constructor(message: string, code: StatusCode = StatusCode.UNKNOWN) {
    super(message);
    this.code = code;
  }

  static of({ code, message }: Pick<EtcdErrorRow, 'code' | 'message'>): CallFailure {
    return new CallFailure(message, code);
  }
}

export class OwnClient {
  readonly #calls: LocalCalls;
  readonly #caller: LocalCaller;

  constructor(calls: LocalCalls, { metadata, peer, tlsPeerCertificate }: Call) {
    this.#calls = calls;
    this.#caller = { metadata, peer, tlsPeerCertificate };
  }

  /** Rejects with `CallFailure`, as all of these do. */
  range(fields: Partial<RangeRequest>): Promise<RangeResponse> {
    return this.#unary(KV.methods.range, RangeRequest, RangeResponse, RangeRequest.create(fields));
  }

  txn(fields: Partial<TxnRequest>): Promise<TxnResponse> {
    return this.#unary(KV.methods.txn, TxnRequest, TxnResponse, TxnRequest.create(fields));
  }

  /** Answers the id of a new lease. */
  async grantLease(ttlSeconds: number): Promise<bigint> {
    const request = LeaseGrantRequest.create({ TTL: ttlSeconds });
    const { leaseGrant } = Lease.methods;
    return (await this.#unary(leaseGrant, LeaseGrantRequest, LeaseGrantResponse, request)).ID;
  }

  async revokeLease(id: bigint): Promise<void> {
    const request = LeaseRevokeRequest.create({ ID: id });
    await this.#unary(Lease.methods.leaseRevoke, LeaseRevokeRequest, LeaseRevokeResponse, request);
  }

  /** Watches on a stream of their own, until it is closed. */
  watch(watches: readonly Partial<WatchCreateRequest>[]): OwnWatch {
    const open = OwnWatch.opener(watches);
    return open((events) => this.#calls.stream(Watch.methods.watch.path, this.#caller, events));
  }

  async #unary<Request, Response>(
    { path }: MethodDescriptor,
    requestType: MessageType<Request>,
    responseType: MessageType<Response>,
    request: Request,
  ): Promise<Response> {
    const outcome = await this.#calls.unary(path, encode(requestType, request), this.#caller);
    if (outcome.kind === 'failed') throw new CallFailure(outcome.message);
    return responseType.decode(outcome.response);
  }
}
