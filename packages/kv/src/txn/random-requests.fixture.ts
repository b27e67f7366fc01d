/** Seeded random requests over few keys, so that they meet each other: for the model and the differential tests. */
import {
  Compare,
  Compare_CompareTarget as CompareTarget,
  DeleteRangeRequest,
  fromByteString,
  PutRequest,
  RangeRequest,
  RequestOp,
  TxnRequest,
} from '@concord/protocol';

/** The leases that exist. Puts name another one now and then. */
export const LEASES: readonly bigint[] = [7n, 0x7fff_ffff_ffff_fff1n];
const MISSING_LEASE = 99n;

const KEYS = [
  'a',
  'a\0',
  'a\0b',
  'a\xff',
  'b',
  'ba',
  'bb',
  'c',
  'c\xff\xff',
  'd',
  'dd',
  'e',
  '\0',
  '\xff',
];
const BOUNDS = ['', '\0', 'a', 'a\0', 'b', 'bb', 'c', 'd', 'e', 'f', '\xff'];
const VALUES = ['', '1', '2', '3', 'x\0', '\xff'.repeat(3), 'v'.repeat(200)];

export class RandomRequests {
  /**
   * Leaves out the transaction that stops etcd: one that keeps the value or the lease of a key which a deletion
   * without an upper bound, in the same transaction, has taken before.
   */
  sparesEtcd = false;
  readonly #keys: readonly string[];
  readonly #bounds: readonly string[];
  #state: number;

  /** @param keys what requests name; by default a few that are awkward neighbours */
  constructor(seed: number, keys: readonly string[] = KEYS) {
    this.#state = seed >>> 0;
    this.#keys = keys;
    this.#bounds = keys === KEYS ? BOUNDS : ['', '\0', ...keys];
  }

  /** From 0 up to 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Both bounds included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.integer(0, choices.length - 1)] as T;
  }

  key(): Uint8Array {
    return fromByteString(this.chance(0.005) ? '' : this.pick(this.#keys));
  }

  put(): PutRequest {
    const ignoreValue = this.chance(0.1);
    const ignoreLease = this.chance(0.1);
    const hasLease = this.chance(ignoreLease ? 0.05 : 0.3);
    return PutRequest.create({
      key: this.key(),
      value: fromByteString(ignoreValue && this.chance(0.95) ? '' : this.pick(VALUES)),
      lease: !hasLease ? 0n : this.chance(0.1) ? MISSING_LEASE : this.pick(LEASES),
      prevKv: this.chance(0.5),
      ignoreValue,
      ignoreLease,
    });
  }

  deleteRange(): DeleteRangeRequest {
    return DeleteRangeRequest.create({
      key: this.key(),
      rangeEnd: fromByteString(this.chance(0.6) ? '' : this.pick(this.#bounds)),
      prevKv: this.chance(0.5),
    });
  }

  range(revision: number): RangeRequest {
    const isPlain = this.chance(0.3);
    return RangeRequest.create({
      key: this.key(),
      rangeEnd: fromByteString(this.chance(0.2) ? '' : this.pick(this.#bounds)),
      revision: this.chance(0.5) ? 0 : this.integer(Math.max(-1, revision - 40), revision + 1),
      limit: this.chance(0.5) ? 0 : this.integer(-1, 6),
      keysOnly: this.chance(0.2),
      countOnly: this.chance(0.1),
      sortOrder: isPlain ? 0 : this.integer(0, 2),
      sortTarget: isPlain ? 0 : this.integer(0, 4),
      ...(this.chance(0.3) && {
        minModRevision: this.#bound(revision),
        maxModRevision: this.#bound(revision),
        minCreateRevision: this.#bound(revision),
        maxCreateRevision: this.#bound(revision),
      }),
    });
  }

  txn(revision: number, depth = 0): TxnRequest {
    const isReadOnly = this.chance(0.1);
    const ops = (): RequestOp[] =>
      Array.from({ length: this.integer(0, 4) }, () => this.#op(revision, depth, isReadOnly));
    return TxnRequest.create({
      compare: Array.from({ length: this.integer(0, 2) }, () => this.compare(revision)),
      success: ops(),
      failure: ops(),
    });
  }

  compare(revision: number): Compare {
    const target = this.pick([0, 1, 2, 3, 4, 4, 3, 0, 7]);
    const operand = this.chance(0.05) ? this.integer(0, 4) : target;
    return Compare.create({
      result: this.pick([0, 0, 0, 1, 2, 3, 3, 9]),
      target,
      key: this.key(),
      rangeEnd: fromByteString(this.chance(0.7) ? '' : this.pick(this.#bounds)),
      targetUnion: this.#operand(operand, revision),
    });
  }

  #operand(target: number, revision: number): Compare['targetUnion'] {
    switch (target) {
      case CompareTarget.VERSION:
        return { case: 'version', value: this.integer(0, 3) };
      case CompareTarget.CREATE:
        return { case: 'createRevision', value: this.#bound(revision) };
      case CompareTarget.MOD:
        return { case: 'modRevision', value: this.#bound(revision) };
      case CompareTarget.VALUE:
        return { case: 'value', value: fromByteString(this.pick(VALUES)) };
      case CompareTarget.LEASE:
        return { case: 'lease', value: this.pick([0n, ...LEASES]) };
      default:
        return undefined;
    }
  }

  #op(revision: number, depth: number, isReadOnly: boolean): RequestOp {
    const kind = isReadOnly ? 0.5 : this.next();
    // Most transactions read the present: one read of the future would fail all of it.
    if (kind < 0.3 || isReadOnly) {
      const value = this.range(revision);
      value.sortOrder = 0;
      value.sortTarget = 0;
      if (this.chance(0.9)) value.revision = 0;
      return RequestOp.create({ request: { case: 'requestRange', value } });
    }
    if (kind < 0.65) {
      const value = this.put();
      return RequestOp.create({ request: { case: 'requestPut', value } });
    }
    if (kind < 0.85) {
      const value = this.deleteRange();
      const isUnbounded = value.rangeEnd.length === 1 && value.rangeEnd[0] === 0;
      if (this.sparesEtcd && isUnbounded) value.rangeEnd = fromByteString('\xff');
      return RequestOp.create({ request: { case: 'requestDeleteRange', value } });
    }
    if (kind < 0.86) return RequestOp.create();
    if (depth === 3)
      return RequestOp.create({ request: { case: 'requestPut', value: this.put() } });
    const value = this.txn(revision, depth + 1);
    return RequestOp.create({ request: { case: 'requestTxn', value } });
  }

  #bound(revision: number): number {
    return this.chance(0.5) ? 0 : this.integer(Math.max(0, revision - 40), revision + 1);
  }
}
