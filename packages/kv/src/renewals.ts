/**
 * Keep-alives of leases on the leader. A renewal counts from the moment it arrives, and is answered once it is
 * known that this member still led then: another leader may have revoked the lease meanwhile.
 *
 * A lease that has expired and is not revoked yet cannot be renewed; its keep-alive waits for the revocation and
 * is then told that the lease is gone (etcd's behaviour).
 */
import { etcdErrors, type EtcdErrorRow } from '@concord/protocol';
import type { Command } from './command.ts';
import type { LeaseBook } from './lease/lease-book.ts';
import type { Lessor } from './lease/lessor.ts';
import type { Settle } from './proposals.ts';

/** The granted TTL in seconds, 0 for a lease that does not exist, or why nothing is known of it. */
export type Renewed = (outcome: number | EtcdErrorRow) => void;

export interface RenewalWorld {
  readonly leases: LeaseBook;
  readonly lessor: Lessor;
  now(): number;
  read(run: () => void, fail: (error: EtcdErrorRow) => void): void;
  propose(command: Command, settle: Settle): void;
}

/** What a lease that is gone is answered with. */
const TTL_GONE = 0;

interface WaitingRenewal {
  readonly id: bigint;
  readonly done: Renewed;
}

export class Renewals {
  readonly #world: RenewalWorld;
  /** Keep-alives of leases that are about to be revoked. */
  #waiting: WaitingRenewal[] = [];

  constructor(world: RenewalWorld) {
    this.#world = world;
  }

  renew(id: bigint, done: Renewed): void {
    const outcome = this.#world.lessor.renew(id, this.#world.now());
    switch (outcome.kind) {
      case 'renewed':
        if (outcome.clearFirst) return this.#clearCheckpoint(id, outcome.ttlSeconds, done);
        return this.#confirm(id, outcome.ttlSeconds, done);
      case 'pending':
        this.#waiting.push({ id, done });
        return;
      case 'unknown':
        return this.#confirmGone(id, done);
      case 'not-primary':
        return done(etcdErrors.ErrNotPrimary);
    }
  }

  /** Looks again at those that wait; to be called when leases may have been revoked. */
  retry(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { id, done } of waiting) this.renew(id, done);
  }

  failAll(error: EtcdErrorRow): void {
    for (const { done } of this.#waiting.splice(0)) done(error);
  }

  #confirm(id: bigint, ttlSeconds: number, done: Renewed): void {
    this.#world.read(() => done(this.#world.leases.exists(id) ? ttlSeconds : TTL_GONE), done);
  }

  /**
   * A lease that is not known here may be on its way: granted by an entry that this leader has yet to apply. Told
   * that it is gone, its owner would give up a lease that lives.
   */
  #confirmGone(id: bigint, done: Renewed): void {
    this.#world.read(() => {
      if (this.#world.leases.exists(id)) this.renew(id, done);
      else done(TTL_GONE);
    }, done);
  }

  /** A checkpoint in the log would make the next leader count from less than the lease has again now. */
  #clearCheckpoint(ID: bigint, ttlSeconds: number, done: Renewed): void {
    const request = { checkpoints: [{ ID, remainingTTL: 0 }] };
    this.#world.propose({ kind: 'lease-checkpoint', request }, (outcome) => {
      if ('code' in outcome) done(outcome);
      else done(this.#world.leases.exists(ID) ? ttlSeconds : TTL_GONE);
    });
  }
}
