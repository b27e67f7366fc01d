/**
 * `--namespace`: the keys of the proxy's clients are those of the cluster that begin with a prefix, without it. Requests get
 * the prefix, answers lose it; a range without an end ends with the namespace.
 */
import {
  fromByteString,
  prefixEnd,
  toByteString,
  type CampaignRequest,
  type Event,
  type KeyValue,
  type LeaderKey,
  type PutRequest,
  type RangeResponse,
  type RequestOp,
  type ResponseOp,
  type TxnRequest,
  type TxnResponse,
} from '@concord/protocol';

interface KeySpan {
  key: Uint8Array;
  rangeEnd: Uint8Array;
}

const NO_END = 0;

export class Namespace {
  readonly #prefix: Uint8Array;
  /** `range_end` of the whole namespace. */
  readonly #end: Uint8Array;

  /** @param prefix not empty */
  constructor(prefix: string) {
    this.#prefix = Buffer.from(prefix);
    const end = prefixEnd(toByteString(this.#prefix));
    this.#end = end === undefined ? Uint8Array.of(NO_END) : fromByteString(end);
  }

  key(key: Uint8Array): Uint8Array {
    return Buffer.concat([this.#prefix, key]);
  }

  /** A key of the cluster as clients know it. */
  bare(key: Uint8Array): Uint8Array {
    return this.has(key) ? key.subarray(this.#prefix.length) : key;
  }

  has(key: Uint8Array): boolean {
    const { length } = this.#prefix;
    return key.length >= length && Buffer.compare(key.subarray(0, length), this.#prefix) === 0;
  }

  /** Changes the span of a request. One without a key stays so, for the member to refuse. */
  readonly span = <Span extends KeySpan>(span: Span): Span =>
    span.key.length === 0 ? span : this.watchSpan(span);

  /** The same of a watch, to which no key is the first of all. */
  watchSpan<Span extends KeySpan>(span: Span): Span {
    const { rangeEnd } = span;
    span.key = this.key(span.key);
    if (rangeEnd.length === 1 && rangeEnd[0] === NO_END) span.rangeEnd = this.#end;
    else if (rangeEnd.length > 0) span.rangeEnd = this.key(rangeEnd);
    return span;
  }

  readonly put = (request: PutRequest): PutRequest => {
    if (request.key.length > 0) request.key = this.key(request.key);
    return request;
  };

  readonly txn = (request: TxnRequest): TxnRequest => {
    for (const compare of request.compare) this.span(compare);
    for (const operation of request.success) this.#operation(operation);
    for (const operation of request.failure) this.#operation(operation);
    return request;
  };

  readonly rangeResponse = (response: RangeResponse): RangeResponse => {
    for (const pair of response.kvs) this.#pair(pair);
    return response;
  };

  readonly putResponse = <Response extends { prevKv: KeyValue | undefined }>(
    response: Response,
  ): Response => {
    this.#pair(response.prevKv);
    return response;
  };

  readonly deleteResponse = <Response extends { prevKvs: KeyValue[] }>(
    response: Response,
  ): Response => {
    for (const pair of response.prevKvs) this.#pair(pair);
    return response;
  };

  readonly txnResponse = (response: TxnResponse): TxnResponse => {
    for (const answer of response.responses) this.#answer(answer);
    return response;
  };

  event(event: Event): void {
    this.#pair(event.kv);
    this.#pair(event.prevKv);
  }

  /** The name of a lock or an election is where its keys begin. */
  readonly named = <Request extends Pick<CampaignRequest, 'name'>>(request: Request): Request => {
    request.name = this.key(request.name);
    return request;
  };

  /** To the cluster. */
  readonly ofLeader = <Request extends { leader: LeaderKey | undefined }>(
    request: Request,
  ): Request => {
    const { leader } = request;
    if (leader === undefined) return request;
    leader.name = this.key(leader.name);
    leader.key = this.key(leader.key);
    return request;
  };

  /** To the client. */
  readonly leaderResponse = <
    Response extends { leader?: LeaderKey | undefined; kv?: KeyValue | undefined },
  >(
    response: Response,
  ): Response => {
    const { leader, kv } = response;
    this.#pair(kv);
    if (leader === undefined) return response;
    leader.name = this.bare(leader.name);
    leader.key = this.bare(leader.key);
    return response;
  };

  /** Of a lease's keys, those that its owner can see. */
  ownKeys(keys: readonly Uint8Array[]): Uint8Array[] {
    return keys.filter((key) => this.has(key)).map((key) => this.bare(key));
  }

  #operation({ request }: RequestOp): void {
    switch (request?.case) {
      case 'requestRange':
        this.span(request.value);
        break;
      case 'requestPut':
        this.put(request.value);
        break;
      case 'requestDeleteRange':
        this.span(request.value);
        break;
      case 'requestTxn':
        this.txn(request.value);
        break;
      case undefined:
        break;
    }
  }

  #answer({ response }: ResponseOp): void {
    switch (response?.case) {
      case 'responseRange':
        this.rangeResponse(response.value);
        break;
      case 'responsePut':
        this.putResponse(response.value);
        break;
      case 'responseDeleteRange':
        this.deleteResponse(response.value);
        break;
      case 'responseTxn':
        this.txnResponse(response.value);
        break;
      case undefined:
        break;
    }
  }

  #pair(pair: KeyValue | undefined): void {
    if (pair !== undefined) pair.key = this.bare(pair.key);
  }
}
