/**
 * What the tests of the lessor run in: one member with real tables, its book, its lessor and a clock of its own.
 */
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { MemoryStore } from '../memory-store.ts';
import { Overlay } from '../mvcc/overlay.ts';
import { LeaseBook } from './lease-book.ts';
import { Lease } from './lease.ts';
import { Lessor } from './lessor.ts';
import type { LessorOptions } from './lessor.ts';

export const TICK_MS = 100;
export const ELECTION_TIMEOUT_MS = 1000;

/** Revocations are applied at once unless they get lost. */
export class LessorWorld {
  readonly book = new LeaseBook(new Overlay(new MemoryStore()));
  readonly lessor: Lessor;
  readonly revokedAt = new Map<bigint, number>();
  nowMs = 0;
  losesProposals = false;
  proposals = 0;

  constructor(options: Partial<LessorOptions> = {}) {
    this.lessor = new Lessor(this.book, { electionTimeoutMs: ELECTION_TIMEOUT_MS, ...options });
    this.lessor.promote(0);
  }

  grant(id: bigint, ttlSeconds: number): void {
    const lease = this.book.grant(id, ttlSeconds);
    assert.ok(lease instanceof Lease);
    this.lessor.granted(lease, this.nowMs);
  }

  revoke(id: bigint): void {
    const lease = this.book.get(id);
    if (lease === undefined) return;
    this.book.revoke(id);
    this.lessor.revoked(lease);
    this.revokedAt.set(id, this.nowMs);
  }

  tick(): void {
    this.nowMs += TICK_MS;
    do {
      for (const id of this.lessor.expired(this.nowMs, 10_000)) {
        this.proposals++;
        if (!this.losesProposals) this.revoke(id);
      }
    } while (this.lessor.isBehind);
    for (const { id, remainingTtlSeconds } of this.lessor.dueCheckpoints(this.nowMs, 1000)) {
      if (!this.losesProposals) this.book.checkpoint(id, remainingTtlSeconds);
    }
  }

  runTo(nowMs: number): void {
    while (this.nowMs < nowMs) this.tick();
  }

  remaining(id: bigint): number | undefined {
    const outcome = this.lessor.timeToLive(id, this.nowMs);
    return outcome.kind === 'known' ? outcome.remainingSeconds : undefined;
  }

  /** Another member takes over, with the same book and a new clock. */
  elect(): void {
    this.lessor.demote();
    this.lessor.promote(this.nowMs);
  }
}

test('the world applies a revocation that is not lost within a tick', () => {
  const world = new LessorWorld();
  world.grant(1n, 2);
  world.runTo(3000);
  assert.deepEqual([...world.revokedAt.keys()], [1n]);
});
