/**
 * The replicated state of leases: which exist, what they were granted, which keys hang on them. It changes by
 * log entries alone and knows no clock, so all members have the same book; when leases expire is the business of
 * the `Lessor` on the leader.
 *
 * Invariant: the rows written here are in the batch of the log entry that caused them, together with the keys
 * that it changed; a crash leaves neither a lease without its keys nor a key on a lease that is gone.
 */
import { etcdErrors, prefixEnd, type ByteString, type EtcdErrorRow } from '@concord/protocol';
import { assert } from '@concord/raft';
import type { Rows } from '../rows.ts';
import { Lease } from './lease.ts';
import { ID_BYTES, decodeLease, encodeLease, idPrefix, noValue } from './lease-row.ts';

/** The lease id that means "no lease". */
export const NO_LEASE = 0n;

export class LeaseBook {
  readonly #rows: Pick<Rows, 'set' | 'scan'>;
  readonly #leases = new Map<bigint, Lease>();

  /** Reads the table `leases`; of the keys that they hold nothing is read. */
  constructor(rows: Pick<Rows, 'set' | 'scan'>) {
    this.#rows = rows;
    this.reload();
  }

  /** Reads the table again: after a snapshot took the place of all rows. */
  reload(): void {
    this.#leases.clear();
    this.#rows.scan('leases', { from: '' }, (key, record) => {
      const lease = decodeLease(key, record);
      this.#leases.set(lease.id, lease);
    });
  }

  get size(): number {
    return this.#leases.size;
  }

  exists(id: bigint): boolean {
    return this.#leases.has(id);
  }

  get(id: bigint): Lease | undefined {
    return this.#leases.get(id);
  }

  /** In the order of granting; stays valid while leases come and go. */
  all(): IterableIterator<Lease> {
    return this.#leases.values();
  }

  /** Grants a lease for `ttlSeconds` as decided by `decideGrant`. */
  grant(id: bigint, ttlSeconds: number): Lease | EtcdErrorRow {
    assert(id !== NO_LEASE, 'who proposes a grant has chosen an id');
    assert(
      Number.isSafeInteger(ttlSeconds) && ttlSeconds > 0,
      'a granted TTL is a positive integer',
    );
    if (this.#leases.has(id)) return etcdErrors.ErrLeaseExist;
    const lease = new Lease(id, ttlSeconds);
    this.#leases.set(id, lease);
    this.#write(lease);
    return lease;
  }

  /**
   * Ends a lease and answers its keys in ascending order: the caller deletes them, all at one revision and in
   * the same batch. Undefined when there is no such lease.
   */
  revoke(id: bigint): ByteString[] | undefined {
    if (!this.#leases.delete(id)) return undefined;
    const prefix = idPrefix(id);
    const keys = this.keys(id);
    this.#rows.set('leases', prefix, null);
    for (const key of keys) this.#rows.set('lease-keys', prefix + key, null);
    return keys;
  }

  /**
   * Follows a change of a key: `from` held it, `to` holds it now; `NO_LEASE` for none. A lease that was revoked
   * by the same entry has let go of its keys already.
   */
  move(key: ByteString, from: bigint, to: bigint): void {
    if (from === to) return;
    if (from !== NO_LEASE && this.#leases.has(from)) {
      this.#rows.set('lease-keys', idPrefix(from) + key, null);
    }
    if (to === NO_LEASE) return;
    assert(this.#leases.has(to), 'a write with a lease is refused unless the lease exists');
    this.#rows.set('lease-keys', idPrefix(to) + key, noValue);
  }

  /** How much of its TTL a lease has left, as the leader saw it; 0 makes the full TTL count again. */
  checkpoint(id: bigint, remainingTtlSeconds: number): void {
    const lease = this.#leases.get(id);
    // Revoked between the proposal and now.
    if (lease === undefined || lease.remainingTtlSeconds === remainingTtlSeconds) return;
    lease.remainingTtlSeconds = Math.min(Math.max(remainingTtlSeconds, 0), lease.ttlSeconds);
    this.#write(lease);
  }

  /** The keys that a lease holds, ascending by bytes. */
  keys(id: bigint): ByteString[] {
    const from = idPrefix(id);
    const to = prefixEnd(from);
    const keys: ByteString[] = [];
    this.#rows.scan('lease-keys', to === undefined ? { from } : { from, to }, (row) => {
      keys.push(row.slice(ID_BYTES));
    });
    return keys;
  }

  #write(lease: Lease): void {
    this.#rows.set('leases', idPrefix(lease.id), encodeLease(lease));
  }
}
