/** What the leader answers to members and to its own clients beside log entries: see `LeaderCall`. */
import {
  LeaderAnswer,
  LeaderCall,
  MembershipRequest_Action as Action,
  encode,
  etcdErrors,
  type EtcdErrorRow,
  type MembershipRequest,
} from '@concord/protocol';
import type { Raft } from '@concord/raft';
import type { Command } from './command.ts';
import type { Answered } from './leader-calls.ts';
import type { CallMessage } from './member-message.ts';
import { LeaseEndings } from './lease-endings.ts';
import { MembershipChanges } from './membership-changes.ts';
import type { Proposals, Settle } from './proposals.ts';
import { Renewals } from './renewals.ts';
import type { ReplicaOptions } from './replica-options.ts';
import type { StateMachine } from './state-machine.ts';
import type { World } from './world.ts';

/** What the desk needs of its replica. */
export interface LeaderDeskHost {
  readonly options: ReplicaOptions;
  readonly world: World;
  readonly machine: StateMachine;
  readonly raft: Raft;
  readonly proposals: Proposals;
  read(run: () => void, fail: (error: EtcdErrorRow) => void): void;
  propose(command: Command, payload: Uint8Array, settle: Settle): void;
  /** Hands leadership to another, if there is one; `done` whatever came of it. */
  handOver(done: () => void): void;
}

/** What a lease that does not exist is said to have left. */
const TTL_UNKNOWN = -1;

/** Messages that come twice do so within seconds, and changes of the membership are rare. */
const TAKEN_MAX = 1000;

export class LeaderDesk {
  readonly #host: LeaderDeskHost;
  readonly #renewals: Renewals;
  readonly #membership: MembershipChanges;
  readonly #leaseEndings: LeaseEndings;
  /** Changes of the membership that members have asked for, by asker and number, oldest first. */
  readonly #taken = new Set<string>();

  constructor(host: LeaderDeskHost) {
    this.#host = host;
    const { world, machine, raft, proposals, options } = host;
    const now = (): number => world.now();
    const clock = (): number => machine.leaseNow;
    this.#renewals = new Renewals({
      machine,
      now: clock,
      read: (run, fail) => host.read(run, fail),
      propose: (command, payload, settle) => host.propose(command, payload, settle),
    });
    const { transport } = world;
    const members = (): StateMachine['members'] => machine.members;
    this.#membership = new MembershipChanges(
      { self: options.memberId, raft, proposals, transport, members, now },
      options.membership,
    );
    this.#leaseEndings = new LeaseEndings({
      lessor: () => machine.lessor,
      term: () => raft.term,
      now: clock,
      schedule: (run) => world.schedule(() => this.#isLeader && run()),
      propose: (command, payload) => host.propose(command, payload, () => undefined),
    });
  }

  /** To be called every heartbeat interval, whoever leads. */
  tick(): void {
    this.#renewals.retry();
    if (this.#isLeader) this.#leaseEndings.propose();
  }

  /** To be called every turn: changes of the membership wait for the one before. */
  turn(): void {
    if (this.#isLeader) this.#membership.tick();
  }

  failAll(error: EtcdErrorRow): void {
    this.#renewals.failAll(error);
    this.#membership.failAll(error);
  }

  /** Answers the question of another member. */
  receive({ from: to, to: from, number, body }: CallMessage): void {
    const call = LeaderCall.decode(body);
    if (call.question?.case === 'membership' && this.#wasTaken(to, number)) return;
    this.answer(call, (outcome) => {
      const answer = encode(LeaderAnswer, LeaderAnswer.create(outcome));
      this.#host.world.transport.send([{ kind: 'answer', from, to, number, body: answer }]);
    });
  }

  answer({ question }: LeaderCall, answered: Answered): void {
    switch (question?.case) {
      case 'renewLease':
        return this.#renew(question.value.ID, answered);
      case 'timeToLive':
        return this.#timeToLive(question.value.ID, answered);
      case 'membership':
        return this.#changeMembership(question.value, answered);
      default:
        // Of a newer version.
        return answered(etcdErrors.ErrNotCapable);
    }
  }

  /** A change that comes twice would be refused the second time, and the refusal be taken for the answer. */
  #wasTaken(asker: bigint, number: number): boolean {
    const name = `${asker}/${number}`;
    if (this.#taken.has(name)) return true;
    const [oldest] = this.#taken;
    if (this.#taken.size >= TAKEN_MAX && oldest !== undefined) this.#taken.delete(oldest);
    this.#taken.add(name);
    return false;
  }

  get #isLeader(): boolean {
    return this.#host.raft.role === 'leader';
  }

  #renew(id: bigint, answered: Answered): void {
    this.#renewals.renew(id, (outcome) => {
      if (typeof outcome !== 'number') return answered(outcome);
      answered(LeaderAnswer.create({ ttlSeconds: outcome }));
    });
  }

  #timeToLive(id: bigint, answered: Answered): void {
    this.#host.read(() => {
      const known = this.#host.machine.lessor.timeToLive(id, this.#host.machine.leaseNow);
      if (known.kind === 'not-primary') return answered(etcdErrors.ErrLeaderChanged);
      if (known.kind === 'unknown') {
        return answered(LeaderAnswer.create({ remainingSeconds: TTL_UNKNOWN }));
      }
      const { remainingSeconds, ttlSeconds } = known;
      answered(LeaderAnswer.create({ remainingSeconds, ttlSeconds }));
    }, answered);
  }

  /** A leader that is to remove itself lets another do it: else the others would notice its absence first. */
  #changeMembership(request: MembershipRequest, answered: Answered): void {
    const isOwn = request.action === Action.REMOVE && request.ID === this.#host.options.memberId;
    if (!isOwn || this.#membership.refuse(request) !== undefined) {
      return this.#propose(request, answered);
    }
    this.#host.handOver(() => {
      if (this.#isLeader) this.#propose(request, answered);
      else answered(etcdErrors.ErrLeaderChanged);
    });
  }

  #propose(request: MembershipRequest, answered: Answered): void {
    const deadlineMs = this.#host.world.now() + this.#host.options.requestTimeoutMs;
    this.#membership.propose(request, deadlineMs, (outcome) => {
      if ('code' in outcome) return answered(outcome);
      answered(LeaderAnswer.create({ index: this.#host.machine.applied.index }));
    });
  }
}
