/** The member's own v3 key-value service, as the v2 API uses it: transactions, and answers that may be failures. */
import {
  Compare,
  Compare_CompareResult as CompareResult,
  Compare_CompareTarget as CompareTarget,
  DeleteRangeRequest,
  KV,
  PutRequest,
  RangeRequest,
  RangeResponse,
  RequestOp,
  StatusCode,
  TxnRequest,
  TxnResponse,
  encode,
  etcdErrors,
  fromByteString,
  type ByteString,
  type KeyValue,
} from '@concord/protocol';
import type { LocalCaller, LocalCalls, LocalOutcome } from '../../rpc/local-call.ts';
import type { KeyRange } from './key-layout.ts';

/** No login, or a wrong one. */
const LOGIN_REFUSALS: ReadonlySet<string> = new Set(
  [etcdErrors.ErrUserEmpty, etcdErrors.ErrAuthFailed, etcdErrors.ErrNoPasswordUser].map(
    ({ message }) => message,
  ),
);

/** A call to the member's own services failed; the message is etcd's text. */
export class LocalCallError extends Error {
  override readonly name = 'LocalCallError';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }

  /** The caller may not do this, or did not say who it is. */
  get isRefusal(): boolean {
    return (
      this.code === StatusCode.PERMISSION_DENIED ||
      this.code === StatusCode.UNAUTHENTICATED ||
      LOGIN_REFUSALS.has(this.message)
    );
  }
}

/** Who asks; he may have another token, where his own counts no more. */
export interface V2Caller extends LocalCaller {
  readonly renewed?: () => Promise<LocalCaller>;
}

/** Throws `LocalCallError`. */
export async function callLocally(
  calls: LocalCalls,
  path: string,
  request: Uint8Array,
  caller: V2Caller,
): Promise<Uint8Array> {
  let outcome = await calls.unary(path, request, caller);
  if (caller.renewed !== undefined && isStaleToken(outcome)) {
    outcome = await calls.unary(path, request, await caller.renewed());
  }
  if (outcome.kind === 'answered') return outcome.response;
  throw new LocalCallError(outcome.code, outcome.message);
}

const isStaleToken = (outcome: LocalOutcome): boolean =>
  outcome.kind === 'failed' &&
  (outcome.message === etcdErrors.ErrInvalidAuthToken.message ||
    outcome.message === etcdErrors.ErrAuthOldRevision.message);

/** `keysMax` 0 is no bound. */
export interface Read extends KeyRange {
  readonly keysMax?: number;
}

export interface Write {
  /** Key and revision of its last change that the write depends on; 0 for none. */
  readonly condition: { readonly key: ByteString; readonly revision: number };
  readonly deletes: readonly KeyRange[];
  readonly puts: readonly (readonly [key: ByteString, value: Uint8Array])[];
  /** Put when the condition does not hold. */
  readonly otherwise: readonly (readonly [key: ByteString, value: Uint8Array])[];
  /** Read afterwards. */
  readonly read: KeyRange;
}

/** A write that was done: its revision, and what `read` found. */
export interface Written {
  readonly revision: number;
  readonly found: readonly KeyValue[];
}

export class LocalStore {
  readonly #calls: LocalCalls;

  constructor(calls: LocalCalls) {
    this.#calls = calls;
  }

  /** All at one moment: of this member if `serializable`, else of the cluster. Throws `LocalCallError`. */
  async readAll(
    reads: readonly Read[],
    serializable: boolean,
    caller: LocalCaller,
  ): Promise<readonly (readonly KeyValue[])[]> {
    const success = reads.map((read) => rangeOp(read, serializable));
    const { responses } = await this.#txn(TxnRequest.create({ success }), caller);
    return responses.map(({ response }) =>
      response?.case === 'responseRange' ? response.value.kvs : [],
    );
  }

  /** Throws `LocalCallError`; a write that timed out may have been done. */
  async write(write: Write, caller: LocalCaller): Promise<Written | 'conflict'> {
    const { condition } = write;
    const request = TxnRequest.create({
      compare: [
        Compare.create({
          key: fromByteString(condition.key),
          target: CompareTarget.MOD,
          result: CompareResult.EQUAL,
          targetUnion: { case: 'modRevision', value: condition.revision },
        }),
      ],
      success: [
        ...write.deletes.map(deleteOp),
        ...write.puts.map(putOp),
        rangeOp(write.read, false),
      ],
      failure: write.otherwise.map(putOp),
    });
    const { header, succeeded, responses } = await this.#txn(request, caller);
    if (!succeeded) return 'conflict';
    const last = responses.at(-1)?.response;
    const found = last?.case === 'responseRange' ? last.value.kvs : [];
    return { revision: header?.revision ?? 0, found };
  }

  /** Throws `LocalCallError`. */
  async range(request: Partial<RangeRequest>, caller: LocalCaller): Promise<RangeResponse> {
    const bytes = encode(RangeRequest, RangeRequest.create(request));
    return RangeResponse.decode(
      await callLocally(this.#calls, KV.methods.range.path, bytes, caller),
    );
  }

  async #txn(request: TxnRequest, caller: LocalCaller): Promise<TxnResponse> {
    const bytes = encode(TxnRequest, request);
    return TxnResponse.decode(await callLocally(this.#calls, KV.methods.txn.path, bytes, caller));
  }
}

function rangeOp({ key, rangeEnd, keysMax = 0 }: Read, serializable: boolean): RequestOp {
  const value = RangeRequest.create({ key, rangeEnd, limit: keysMax, serializable });
  return RequestOp.create({ request: { case: 'requestRange', value } });
}

function deleteOp({ key, rangeEnd }: KeyRange): RequestOp {
  const value = DeleteRangeRequest.create({ key, rangeEnd });
  return RequestOp.create({ request: { case: 'requestDeleteRange', value } });
}

function putOp([key, value]: readonly [ByteString, Uint8Array]): RequestOp {
  const put = PutRequest.create({ key: fromByteString(key), value });
  return RequestOp.create({ request: { case: 'requestPut', value: put } });
}
