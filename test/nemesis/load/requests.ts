/**
 * Random requests of one client, over few keys so that clients meet, with values that nobody else writes. What a
 * client has seen guides what it asks next: it compares with revisions that it read.
 */
import {
  Compare,
  Compare_CompareResult as CompareResult,
  Compare_CompareTarget as CompareTarget,
  DeleteRangeRequest,
  PutRequest,
  RangeRequest,
  TxnRequest,
  fromByteString,
  toByteString,
  type KeyValue,
  type RequestOp,
} from '@concord/protocol';
import type { Random } from '@concord/testing';
import type { CallKind, RequestOf } from './calls.ts';

/** Few enough that two clients often want the same. */
export const KEYS = Array.from({ length: 24 }, (_, i) => `k/${String(i).padStart(2, '0')}`);
const KEYS_END = 'k0';
const LEASED_KEYS = 3;
/** How far back reads of the past go: farther than a member that was away lags in a moment. */
const PAST_REVISIONS = 60;

/** A request and its kind. */
export type Call = {
  readonly [Kind in CallKind]: { readonly kind: Kind; readonly request: RequestOf<Kind> };
}[CallKind];

export class Requests {
  /** Revision of the newest state that was seen. */
  revision = 1;
  readonly #client: string;
  readonly #random: Random;
  readonly #modRevisions = new Map<string, number>();
  #values = 0;

  constructor(client: string, random: Random) {
    this.#client = client;
    this.#random = random;
  }

  next(lease: bigint | undefined): Call {
    const choice = this.#random.next() * 100;
    if (choice < 28) return { kind: 'put', request: this.#put(this.#key()) };
    if (choice < 34 && lease !== undefined) return this.#leasedPut(lease);
    if (choice < 52) return this.#read({ serializable: false });
    if (choice < 66) return this.#read({ serializable: true });
    if (choice < 70) return this.#readAll(this.#random.chance(0.5));
    if (choice < 73) return this.#readPast();
    if (choice < 79) return { kind: 'delete-range', request: this.#delete(this.#key()) };
    if (choice < 91) return this.#compareAndSwap();
    if (choice < 94) return this.#guardedDelete();
    return this.#multiple();
  }

  /** Learns from an answer. */
  saw(revision: number, kvs: readonly KeyValue[]): void {
    this.revision = Math.max(this.revision, revision);
    for (const kv of kvs) this.#modRevisions.set(toByteString(kv.key), kv.modRevision);
  }

  #key(): string {
    return this.#random.pick(KEYS);
  }

  #put(key: string, lease = 0n): PutRequest {
    const value = fromByteString(`${this.#client}/${++this.#values}`);
    const prevKv = this.#random.chance(0.3);
    return PutRequest.create({ key: fromByteString(key), value, lease, prevKv });
  }

  #delete(key: string): DeleteRangeRequest {
    return DeleteRangeRequest.create({
      key: fromByteString(key),
      prevKv: this.#random.chance(0.5),
    });
  }

  #leasedPut(lease: bigint): Call {
    const key = `l/${this.#client}/${this.#random.integer(1, LEASED_KEYS)}`;
    return { kind: 'put', request: this.#put(key, lease) };
  }

  #read({ serializable }: { serializable: boolean }): Call {
    const request = RangeRequest.create({ key: fromByteString(this.#key()), serializable });
    return { kind: 'range', request };
  }

  #readAll(serializable: boolean): Call {
    const range = { key: fromByteString('k/'), rangeEnd: fromByteString(KEYS_END) };
    const limit = this.#random.chance(0.3) ? this.#random.integer(1, 8) : 0;
    return { kind: 'range', request: RangeRequest.create({ ...range, serializable, limit }) };
  }

  #readPast(): Call {
    const revision = Math.max(1, this.revision - this.#random.integer(0, PAST_REVISIONS));
    const key = fromByteString(this.#key());
    return { kind: 'range', request: RangeRequest.create({ key, revision }) };
  }

  #unchanged(key: string): Compare {
    return Compare.create({
      key: fromByteString(key),
      target: CompareTarget.MOD,
      result: CompareResult.EQUAL,
      targetUnion: { case: 'modRevision', value: this.#modRevisions.get(key) ?? 0 },
    });
  }

  #guarded(key: string, change: RequestOp): Call {
    const read = RangeRequest.create({ key: fromByteString(key) });
    const request = TxnRequest.create({
      compare: [this.#unchanged(key)],
      success: [change],
      failure: [{ request: { case: 'requestRange', value: read } }],
    });
    return { kind: 'txn', request };
  }

  #compareAndSwap(): Call {
    const key = this.#key();
    return this.#guarded(key, { request: { case: 'requestPut', value: this.#put(key) } });
  }

  #guardedDelete(): Call {
    const key = this.#key();
    const value = this.#delete(key);
    return this.#guarded(key, { request: { case: 'requestDeleteRange', value } });
  }

  /** Two puts, a deletion and a read of them all, in one revision. */
  #multiple(): Call {
    const [one = '', two = '', three = ''] = this.#random.shuffled(KEYS);
    const all = { key: fromByteString('k/'), rangeEnd: fromByteString(KEYS_END) };
    const success: RequestOp[] = [
      { request: { case: 'requestPut', value: this.#put(one) } },
      { request: { case: 'requestDeleteRange', value: this.#delete(three) } },
      { request: { case: 'requestPut', value: this.#put(two) } },
      {
        request: { case: 'requestRange', value: RangeRequest.create({ ...all, countOnly: true }) },
      },
    ];
    return { kind: 'txn', request: TxnRequest.create({ success }) };
  }
}
