/**
 * Keep-alives of leases on the leader. A renewal counts from the moment it arrives, and is answered once it is
 * known that this member still led then: another leader may have revoked the lease meanwhile.
 *
 * A lease that has expired and is not revoked yet cannot be renewed; its keep-alive waits for the revocation and
 * is then told that the lease is gone (etcd's behaviour).
 */
import { etcdErrors, type EtcdErrorRow } from '@concord/protocol';
import { encodeCommand, type Command } from './command.ts';
import type { Lease } from './lease/lease.ts';
import type { Settle } from './proposals.ts';
import type { StateMachine } from './state-machine.ts';

/** The granted TTL in seconds, 0 for a lease that does not exist, or why nothing is known of it. */
export type Renewed = (outcome: number | EtcdErrorRow) => void;

export interface RenewalWorld {
  readonly machine: Pick<StateMachine, 'leases' | 'lessor'>;
  now(): number;
  read(run: () => void, fail: (error: EtcdErrorRow) => void): void;
  propose(command: Command, payload: Uint8Array, settle: Settle): void;
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
    const outcome = this.#world.machine.lessor.renew(id, this.#world.now());
    switch (outcome.kind) {
      case 'renewed':
        if (outcome.clearFirst) return this.#clearCheckpoint(id, outcome.ttlSeconds, done);
        return this.#confirm(id, outcome.ttlSeconds, done);
      case 'pending':
        this.#waiting.push({ id, done });
        return;
      case 'unknown':
        return this.#confirm(id, TTL_GONE, done);
      case 'not-primary':
        return done(etcdErrors.ErrLeaderChanged);
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

  /** `ttlSeconds` is what the lease was found to have now; it counts if the lease is the same when this is confirmed. */
  #confirm(id: bigint, ttlSeconds: number, done: Renewed): void {
    const lease = this.#world.machine.leases.get(id);
    this.#world.read(() => this.#answer(id, lease, ttlSeconds, done), done);
  }

  /** A checkpoint in the log would make the next leader count from less than the lease has again now. */
  #clearCheckpoint(ID: bigint, ttlSeconds: number, done: Renewed): void {
    const lease = this.#world.machine.leases.get(ID);
    const request = { checkpoints: [{ ID, remainingTTL: 0 }] };
    const command = { kind: 'lease-checkpoint', request } as const;
    this.#world.propose(command, encodeCommand(command), (outcome) => {
      if ('code' in outcome) done(outcome);
      else this.#answer(ID, lease, ttlSeconds, done);
    });
  }

  /**
   * What was granted since the request came, by an entry that this leader had yet to apply, is renewed in its turn:
   * told that it is gone, its owner would give up a lease that lives; told the TTL of a former lease with the same
   * id, it would rely on time that nobody granted.
   */
  #answer(id: bigint, found: Lease | undefined, ttlSeconds: number, done: Renewed): void {
    const lease = this.#world.machine.leases.get(id);
    if (lease === undefined) done(TTL_GONE);
    else if (lease === found) done(ttlSeconds);
    else this.renew(id, done);
  }
}
