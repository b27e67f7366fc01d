/**
 * Goal: a keep-alive is answered with what is true of the lease when the answer is known to count.
 * Method: a real book and lessor; the test decides when reads are confirmed, and what is applied before.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LeaseBook } from './lease/lease-book.ts';
import { Lessor } from './lease/lessor.ts';
import { MemoryStore } from './memory-store.ts';
import { Overlay } from './mvcc/overlay.ts';
import { Renewals } from './renewals.ts';

const ID = 7n;
const TTL_SECONDS = 5;

function leader(): {
  grant(ttlSeconds?: number): void;
  revoke(): void;
  renew(): unknown[];
  confirmReads(): void;
} {
  const leases = new LeaseBook(new Overlay(new MemoryStore()));
  const lessor = new Lessor(leases, { electionTimeoutMs: 1000 });
  lessor.promote(0);
  let reads: (() => void)[] = [];
  const renewals = new Renewals({
    machine: { leases, lessor },
    now: () => 0,
    read: (run) => void reads.push(run),
    propose: () => assert.fail('nothing is proposed for a lease without a checkpoint'),
  });
  return {
    grant: (ttlSeconds = TTL_SECONDS) => {
      const lease = leases.grant(ID, ttlSeconds);
      assert.ok(!('code' in lease));
      lessor.granted(lease, 0);
    },
    revoke: () => {
      const lease = leases.get(ID);
      assert.ok(lease !== undefined);
      leases.revoke(ID);
      lessor.revoked(lease);
    },
    renew: () => {
      const answers: unknown[] = [];
      renewals.renew(ID, (outcome) => answers.push(outcome));
      return answers;
    },
    confirmReads: () => {
      const confirmed = reads;
      reads = [];
      for (const run of confirmed) run();
    },
  };
}

test('a lease that lives is answered with its TTL, once this leader is confirmed', () => {
  const { grant, renew, confirmReads } = leader();
  grant();
  const answers = renew();
  assert.deepEqual(answers, []);
  confirmReads();
  assert.deepEqual(answers, [TTL_SECONDS]);
});

test('a lease that was revoked before the confirmation is gone', () => {
  const { grant, revoke, renew, confirmReads } = leader();
  grant();
  const answers = renew();
  revoke();
  confirmReads();
  assert.deepEqual(answers, [0]);
});

test('a lease whose grant is applied before the confirmation is renewed, not gone', () => {
  const { grant, renew, confirmReads } = leader();
  const answers = renew();
  grant();
  confirmReads();
  confirmReads();
  assert.deepEqual(answers, [TTL_SECONDS]);
});

test('a lease that was revoked and granted anew before the confirmation is answered with its new TTL', () => {
  const { grant, revoke, renew, confirmReads } = leader();
  grant();
  const answers = renew();
  revoke();
  grant(TTL_SECONDS - 3);
  confirmReads();
  confirmReads();
  assert.deepEqual(answers, [TTL_SECONDS - 3]);
});

test('a lease that nobody granted is gone', () => {
  const { renew, confirmReads } = leader();
  const answers = renew();
  confirmReads();
  assert.deepEqual(answers, [0]);
});
