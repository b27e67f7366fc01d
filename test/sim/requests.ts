/**
 * Random requests, over few keys so that they meet each other, with values that no other request writes. The
 * writes of one transaction never touch a key twice, so the member has no reason to refuse one at the gate.
 */
import type { RequestOp } from '@concord/protocol';
import {
  Compare,
  Compare_CompareTarget as CompareTarget,
  CompactionRequest,
  DeleteRangeRequest,
  HashKVRequest,
  LeaseGrantRequest,
  LeaseKeepAliveRequest,
  LeaseLeasesRequest,
  LeaseRevokeRequest,
  LeaseTimeToLiveRequest,
  PutRequest,
  RangeRequest,
  TxnRequest,
  fromByteString,
} from '@concord/protocol';
import type { Random } from '@concord/testing';
import type { RequestOf } from './calls.ts';
import type { ClientCallKind, Temper } from './temper.ts';

/** Keys that sort in ways that a careless comparison gets wrong, beside ordinary ones. */
const KEYS = [
  'a',
  'b',
  'a\0',
  'ab',
  'b\xff',
  'key-1',
  'key-2',
  'key-3',
  '\xff\xff',
  '\0',
  'c',
  'ca',
  'cb',
  'd'.repeat(40),
];
const BOUNDS = ['\0', 'a\0', 'b', 'c', 'd', 'key-3', 'key.', '\xff', '\xff\xff\0'];

/** Keys of `RegisterClient` begin with it, and no other does or comes behind. */
export const REGISTER_PREFIX = '\xff\xff\xff';

const NESTING_MAX = 2;

export class RandomRequests {
  readonly #random: Random;
  readonly #temper: Temper;
  readonly #keys: readonly string[];
  /** Ids of leases that were asked for; some are granted, some are gone. */
  readonly #leases: bigint[] = [];
  #valueCount = 0;
  /** The newest revision that a client knows of. */
  revision = 1;

  constructor(random: Random, temper: Temper) {
    this.#random = random;
    this.#temper = temper;
    this.#keys = KEYS.slice(0, temper.keyCount);
  }

  get kind(): ClientCallKind {
    const weights = [...this.#temper.callWeights];
    let ticket = this.#random.next() * weights.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [kind, weight] of weights) if ((ticket -= weight) < 0) return kind;
    return 'put';
  }

  of<Kind extends ClientCallKind>(kind: Kind): RequestOf<Kind> {
    return this.#makers[kind]();
  }

  readonly #makers: { readonly [Kind in ClientCallKind]: () => RequestOf<Kind> } = {
    put: () => this.#put(this.#key()),
    'delete-range': () => this.#deleteRange(),
    txn: () => this.#txn(this.#random.shuffled(this.#keys), 0),
    range: () => this.#range(0),
    'past-range': () => this.#range(this.#pastRevision()),
    compact: () =>
      CompactionRequest.create({
        revision: this.#pastRevision(),
        physical: this.#random.chance(0.4),
      }),
    'lease-grant': () => this.#grant(),
    'lease-keep-alive': () => LeaseKeepAliveRequest.create({ ID: this.#lease() }),
    'lease-revoke': () => LeaseRevokeRequest.create({ ID: this.#lease() }),
    'lease-time-to-live': () =>
      LeaseTimeToLiveRequest.create({ ID: this.#lease(), keys: this.#random.chance(0.7) }),
    'lease-list': () => LeaseLeasesRequest.create(),
    'hash-kv': () =>
      HashKVRequest.create({ revision: this.#random.chance(0.5) ? 0 : this.#pastRevision() }),
  };

  /** Key and range end of a random span. */
  span(): { key: Uint8Array; rangeEnd: Uint8Array } {
    const rangeEnd = this.#random.chance(0.4) ? '' : this.#random.pick(BOUNDS);
    const isAll = rangeEnd === '\0' && this.#random.chance(0.5);
    return {
      key: isAll ? Uint8Array.of(0) : fromByteString(this.#key()),
      rangeEnd: fromByteString(rangeEnd),
    };
  }

  #key(): string {
    return this.#random.pick(this.#keys);
  }

  #lease(): bigint {
    // Mostly the newest ones: older ones are gone by now.
    const recent = this.#leases.slice(-3);
    return this.#random.chance(0.05) || recent.length === 0 ? 999n : this.#random.pick(recent);
  }

  #value(): Uint8Array {
    const name = `value ${++this.#valueCount} `;
    const bytes = this.#random.integer(name.length, name.length + this.#temper.valueBytesMax);
    return fromByteString(name.padEnd(bytes, '.'));
  }

  /** Around the present, now and then a little ahead of it or at the edge of what there is. */
  #pastRevision(): number {
    if (this.#random.chance(0.05)) return this.revision + this.#random.integer(0, 3);
    return Math.max(0, this.revision - this.#random.magnitude(1, 100) + 1);
  }

  #grant(): LeaseGrantRequest {
    const ID = this.#random.chance(0.1)
      ? this.#lease()
      : (BigInt(this.#random.integer(1, 2 ** 30)) << 32n) + BigInt(this.#leases.length + 1);
    this.#leases.push(ID);
    return LeaseGrantRequest.create({ ID, TTL: this.#random.integer(-1, 5) });
  }

  #put(key: string): PutRequest {
    const ignoreValue = this.#random.chance(0.05);
    const ignoreLease = this.#random.chance(0.1);
    return PutRequest.create({
      key: fromByteString(key),
      value: ignoreValue ? new Uint8Array(0) : this.#value(),
      lease: !ignoreLease && this.#random.chance(0.3) ? this.#lease() : 0n,
      prevKv: this.#random.chance(0.5),
      ignoreValue,
      ignoreLease,
    });
  }

  #deleteRange(): DeleteRangeRequest {
    const { key, rangeEnd } = this.span();
    // Registers are behind all other keys: who judges them must know of whatever deletes them.
    const isOpen = rangeEnd.length === 1 && rangeEnd[0] === 0;
    const isBounded = isOpen && this.#temper.registerClientCount > 0;
    return DeleteRangeRequest.create({
      key,
      rangeEnd: isBounded ? fromByteString(REGISTER_PREFIX) : rangeEnd,
      prevKv: this.#random.chance(0.5),
    });
  }

  #range(revision: number): RangeRequest {
    const isPlain = this.#random.chance(0.5);
    return RangeRequest.create({
      ...this.span(),
      revision,
      limit: this.#random.chance(0.6) ? 0 : this.#random.integer(1, 5),
      serializable: this.#random.chance(0.3),
      keysOnly: this.#random.chance(0.2),
      countOnly: this.#random.chance(0.1),
      sortOrder: isPlain ? 0 : this.#random.integer(0, 2),
      sortTarget: isPlain ? 0 : this.#random.integer(0, 4),
      ...(this.#random.chance(0.2) && {
        minModRevision: this.#pastRevision(),
        maxCreateRevision: this.#pastRevision(),
      }),
    });
  }

  /** @param free keys that this transaction may write, each once */
  #txn(free: string[], depth: number): TxnRequest {
    return TxnRequest.create({
      compare: Array.from({ length: this.#random.integer(0, 2) }, () => this.#compare()),
      success: this.#ops([...free], depth),
      failure: this.#ops([...free], depth),
    });
  }

  #ops(free: string[], depth: number): RequestOp[] {
    const isReading = depth === 0 && this.#random.chance(0.2);
    const count = this.#random.integer(0, 4);
    return Array.from({ length: count }, (): RequestOp => {
      const choice = isReading ? 0 : this.#random.next();
      const key = free.at(-1);
      if (choice < 0.3 || key === undefined) {
        const revision = this.#random.chance(0.85) ? 0 : this.#pastRevision();
        return { request: { case: 'requestRange', value: this.#range(revision) } };
      }
      if (choice > 0.9 && depth < NESTING_MAX) {
        // What the nested one may write is nobody else's.
        const given = free.splice(0, Math.ceil(free.length / 2));
        return { request: { case: 'requestTxn', value: this.#txn(given, depth + 1) } };
      }
      free.pop();
      if (choice < 0.75) return { request: { case: 'requestPut', value: this.#put(key) } };
      const value = DeleteRangeRequest.create({
        key: fromByteString(key),
        prevKv: this.#random.chance(0.5),
      });
      return { request: { case: 'requestDeleteRange', value } };
    });
  }

  #compare(): Compare {
    const target = this.#random.integer(0, 4);
    return Compare.create({
      result: this.#random.integer(0, 3),
      target,
      ...(this.#random.chance(0.7) ? { key: fromByteString(this.#key()) } : this.span()),
      targetUnion: this.#operand(target),
    });
  }

  #operand(target: number): Compare['targetUnion'] {
    switch (target) {
      case CompareTarget.VERSION:
        return { case: 'version', value: this.#random.integer(0, 3) };
      case CompareTarget.CREATE:
        return { case: 'createRevision', value: this.#pastRevision() };
      case CompareTarget.MOD:
        return { case: 'modRevision', value: this.#pastRevision() };
      case CompareTarget.VALUE:
        return { case: 'value', value: fromByteString(`value ${this.#random.integer(0, 50)} ..`) };
      default:
        return { case: 'lease', value: this.#random.chance(0.5) ? 0n : this.#lease() };
    }
  }
}
