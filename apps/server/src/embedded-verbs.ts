/**
 * What a test may make an embedded member do that no client can: let time pass for leases, end one, throw history away.
 * Allowed to whoever runs the member, whatever its users may do.
 */
import { BY_MEMBER, encodeCommand, type Command, type Replica, type Settle } from '@concord/kv';
import { DeleteRangeRequest, PutRequest } from '@concord/protocol';

/** How often it is looked whether leases that were due are gone; they go with the next heartbeat. */
const LOOK_MS = 5;
/** More leases at once than a second may revoke never go while time stands still: see `REVOKES_PER_SECOND_MAX`. */
const SETTLE_MS_MAX = 10_000;
/** Written and deleted to make revisions where a compaction needs some. */
const FILLER = { key: new TextEncoder().encode('/concord/testing/filler') };

/** What a test asks for; `number` comes back with the answer. */
export type EmbeddedVerb =
  | { readonly kind: 'advance'; readonly number: number; readonly ms: number }
  | { readonly kind: 'leads'; readonly number: number }
  | { readonly kind: 'expire-lease'; readonly number: number; readonly id: bigint }
  | {
      readonly kind: 'compact-past';
      readonly number: number;
      readonly revision: number | undefined;
    };

/** A clock that stands until it is moved. */
export class HeldClock {
  nowMs = 0;
}

export class EmbeddedVerbs {
  readonly #replica: Replica;
  /** Undefined where the machine's clock counts. */
  readonly #clock: HeldClock | undefined;

  constructor(replica: Replica, clock: HeldClock | undefined) {
    this.#replica = replica;
    this.#clock = clock;
  }

  /** Answers a number where there is one to tell. Rejects with what the member says to it. */
  async carryOut(verb: EmbeddedVerb): Promise<number | undefined> {
    switch (verb.kind) {
      case 'advance':
        await this.#advance(verb.ms);
        return undefined;
      case 'leads':
        return this.#replica.isLeader ? 1 : 0;
      case 'expire-lease':
        await this.#propose({ kind: 'lease-revoke', request: { ID: verb.id } });
        return undefined;
      case 'compact-past':
        return this.#compactPast(verb.revision ?? this.#replica.machine.revision);
    }
  }

  /** Lets time pass; resolves once every lease that has ended by then is gone. */
  async #advance(ms: number): Promise<void> {
    if (this.#clock === undefined) throw new Error('the time of this member is the real one');
    this.#clock.nowMs += ms;
    const { machine } = this.#replica;
    const giveUpMs = performance.now() + SETTLE_MS_MAX;
    while (this.#replica.isLeader && machine.lessor.isOverdue(this.#clock.nowMs)) {
      if (performance.now() > giveUpMs) throw new Error('leases that are due do not go');
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  /** Makes history up to `revision`, itself included, unreadable. Answers the revision of the compaction. */
  async #compactPast(revision: number): Promise<number> {
    const { machine } = this.#replica;
    const wanted = revision + 1;
    while (machine.revision < wanted) {
      await this.#propose({ kind: 'put', request: PutRequest.create(FILLER) });
      await this.#propose({ kind: 'delete-range', request: DeleteRangeRequest.create(FILLER) });
    }
    await this.#propose({ kind: 'compact', request: { revision: wanted, physical: false } });
    return wanted;
  }

  #propose(command: Command): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle: Settle = (outcome) => {
        if ('code' in outcome) reject(new Error(outcome.message));
        else resolve();
      };
      this.#replica.propose(command, encodeCommand(command), settle, BY_MEMBER);
    });
  }
}
