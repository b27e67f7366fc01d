/**
 * The replicated state of leases over real tables: what is granted, attached, revoked and recorded is there after
 * a restart, for every 64-bit id.
 */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { etcdErrors } from '@concord/protocol';
import { MemoryStore } from '../memory-store.ts';
import { Overlay } from '../mvcc/overlay.ts';
import { LeaseBook } from './lease-book.ts';
import { LEASES_MAX, TTL_SECONDS_MAX, decideGrant, ttlSecondsMin } from './lease-limits.ts';
import { Lease } from './lease.ts';

function openBook(): { book: LeaseBook; restart: () => LeaseBook } {
  const store = new MemoryStore({ reusesBuffer: true });
  const rows = new Overlay(store);
  const restart = (): LeaseBook => {
    rows.flush();
    return new LeaseBook(new Overlay(store));
  };
  return { book: new LeaseBook(rows), restart };
}

const idsOf = (book: LeaseBook): bigint[] => [...book.all()].map(({ id }) => id);

describe('a book of leases', () => {
  test('grants an id once', () => {
    const { book } = openBook();
    assert.ok(book.grant(7n, 60) instanceof Lease);
    assert.equal(book.grant(7n, 60), etcdErrors.ErrLeaseExist);
    assert.equal(book.get(7n)?.ttlSeconds, 60);
    assert.deepEqual([book.exists(7n), book.exists(8n), book.size], [true, false, 1]);
  });

  test('revokes a lease with its keys in the order of their bytes', () => {
    const { book, restart } = openBook();
    book.grant(7n, 60);
    for (const key of ['b', 'a\xff', 'a', 'a\0']) book.move(key, 0n, 7n);
    assert.deepEqual(book.revoke(7n), ['a', 'a\0', 'a\xff', 'b']);
    assert.equal(book.revoke(7n), undefined);
    assert.deepEqual(restart().keys(7n), []);
  });

  test('moves a key from one lease to another, and off', () => {
    const { book } = openBook();
    book.grant(1n, 60);
    book.grant(2n, 60);
    book.move('k', 0n, 1n);
    book.move('k', 1n, 1n);
    assert.deepEqual([book.keys(1n), book.keys(2n)], [['k'], []]);
    book.move('k', 1n, 2n);
    assert.deepEqual([book.keys(1n), book.keys(2n)], [[], ['k']]);
    book.move('k', 2n, 0n);
    assert.deepEqual([book.keys(1n), book.keys(2n)], [[], []]);
  });

  test('follows the deletion of the keys of a lease that the same entry revoked', () => {
    const { book, restart } = openBook();
    book.grant(1n, 60);
    book.move('k', 0n, 1n);
    for (const key of book.revoke(1n) ?? []) book.move(key, 1n, 0n);
    book.grant(1n, 60);
    assert.deepEqual(restart().keys(1n), []);
  });

  test('stops the member when a key is put on a lease that does not exist', () => {
    const { book } = openBook();
    assert.throws(
      () => book.move('k', 0n, 1n),
      /a write with a lease is refused unless the lease exists/,
    );
  });

  test('keeps ids apart that differ in sign or in one byte (#9)', () => {
    const eachByte = Array.from({ length: 8 }, (_, byte) => 3n << BigInt(8 * byte));
    const ids = [
      ...eachByte,
      ...eachByte.map((id) => -id),
      1n,
      -1n,
      2n ** 63n - 1n,
      -(2n ** 63n),
    ].map((id) => BigInt.asIntN(64, id));
    const { book, restart } = openBook();
    for (const id of ids) {
      book.grant(id, 60);
      book.move(`key of ${id}`, 0n, id);
    }
    const again = restart();
    assert.deepEqual(new Set(idsOf(again)), new Set(ids));
    for (const id of ids) assert.deepEqual(again.keys(id), [`key of ${id}`]);
    for (const id of ids) assert.deepEqual(again.revoke(id), [`key of ${id}`]);
    assert.equal(again.size, 0);
  });

  test('is the same after a restart: TTLs, checkpoints and keys', () => {
    const { book, restart } = openBook();
    book.grant(1n, 9_000_000_000);
    book.grant(2n, 600);
    book.grant(3n, 600);
    book.checkpoint(2n, 42);
    book.revoke(3n);
    book.move('k', 0n, 1n);
    const again = restart();
    assert.deepEqual(idsOf(again), [1n, 2n]);
    assert.deepEqual([again.get(1n)?.ttlSeconds, again.get(1n)?.restartSeconds], [9e9, 9e9]);
    assert.deepEqual([again.get(2n)?.ttlSeconds, again.get(2n)?.restartSeconds], [600, 42]);
    assert.deepEqual(again.keys(1n), ['k']);
  });

  test('a checkpoint of 0 makes the full TTL count again; one of a lease that is gone does nothing', () => {
    const { book } = openBook();
    book.grant(1n, 600);
    book.checkpoint(1n, 42);
    book.checkpoint(1n, 0);
    book.checkpoint(9n, 42);
    assert.equal(book.get(1n)?.restartSeconds, 600);
    assert.equal(book.exists(9n), false);
  });
});

describe('what a lease may be granted', () => {
  const usual = { electionTimeoutMs: 1000, leaseCount: 0 };

  test('at least one and a half election timeouts, in whole seconds', () => {
    assert.deepEqual([ttlSecondsMin(1000), ttlSecondsMin(2000), ttlSecondsMin(100)], [2, 3, 1]);
    for (const requested of [-(2 ** 53), -1, 0, 1, 2]) {
      assert.deepEqual(decideGrant(requested, usual), { kind: 'granted', ttlSeconds: 2 });
    }
    assert.deepEqual(decideGrant(3, usual), { kind: 'granted', ttlSeconds: 3 });
  });

  test('at most nine thousand million seconds', () => {
    assert.deepEqual(decideGrant(TTL_SECONDS_MAX, usual), { kind: 'granted', ttlSeconds: 9e9 });
    const error = etcdErrors.ErrLeaseTTLTooLarge;
    assert.deepEqual(decideGrant(TTL_SECONDS_MAX + 1, usual), { kind: 'refused', error });
  });

  test('no more leases than a cluster may have', () => {
    const full = { ...usual, leaseCount: LEASES_MAX };
    assert.deepEqual(decideGrant(60, full), {
      kind: 'refused',
      error: etcdErrors.ErrTooManyRequests,
    });
  });
});
