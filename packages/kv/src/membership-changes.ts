/**
 * Changes of the membership on the leader: whether one is wise now, and its way into the log. Raft takes one at a
 * time; those that come meanwhile wait for their turn.
 *
 * The rules are etcd's `--strict-reconfig-check`: a change must leave a majority of members that have started and
 * have been connected for a while, or the cluster would stop with the change that was to help it.
 */
import {
  MembershipRequest,
  MembershipRequest_Action as Action,
  encode,
  etcdErrors,
  type EtcdErrorRow,
  type Member,
} from '@concord/protocol';
import type { MemberChange, ProposeMembershipResult, Raft } from '@concord/raft';
import type { Members } from './members.ts';
import type { Proposals, Settle } from './proposals.ts';
import type { Transport } from './world.ts';

export interface MembershipChangesWorld {
  readonly self: bigint;
  readonly raft: Pick<Raft, 'status' | 'proposeMembership'>;
  readonly proposals: Pick<Proposals, 'loggedAt'>;
  members(): Members;
  readonly transport: Pick<Transport, 'connectedSinceMs'>;
  now(): number;
}

export interface MembershipRules {
  /** `--strict-reconfig-check`. */
  readonly isStrict: boolean;
  /** `--max-learners`. */
  readonly learnersMax: number;
}

interface WaitingChange {
  readonly request: MembershipRequest;
  readonly deadlineMs: number;
  readonly settle: Settle;
}

/** A learner may be promoted once it holds this share of what the leader holds, as in etcd. */
const READY_SHARE = 0.9;

/** A connection counts for a quorum once it has held this long, as in etcd (`HealthInterval`): one that flaps does not carry it. */
const HEALTHY_AFTER_MS = 5000;

export class MembershipChanges {
  readonly #world: MembershipChangesWorld;
  readonly #rules: MembershipRules;
  #waiting: WaitingChange[] = [];

  constructor(world: MembershipChangesWorld, rules: MembershipRules) {
    this.#world = world;
    this.#rules = rules;
  }

  /** Proposes a change, now or when Raft takes the next one. */
  propose(request: MembershipRequest, deadlineMs: number, settle: Settle): void {
    this.#waiting.push({ request, deadlineMs, settle });
    this.tick();
  }

  /** Why a change is not to be made now; undefined where nothing stands against it. */
  refuse(request: MembershipRequest): EtcdErrorRow | undefined {
    return this.#world.members().refuse(request) ?? this.#refuse(request);
  }

  /** To be called when an entry was applied, or time has passed. */
  tick(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const change of waiting) {
      if (change.deadlineMs <= this.#world.now()) change.settle(etcdErrors.ErrTimeout);
      else this.#propose(change);
    }
  }

  failAll(error: EtcdErrorRow): void {
    for (const { settle } of this.#waiting.splice(0)) settle(error);
  }

  #propose(change: WaitingChange): void {
    const { request, deadlineMs, settle } = change;
    const refused = this.refuse(request);
    if (refused !== undefined) return settle(refused);
    const result = this.#world.raft.proposeMembership({
      members: [this.#changeOf(request)],
      transition: 'auto',
      context: encode(MembershipRequest, request),
    });
    if (!result.ok) return this.#notTaken(change, result.reason);
    const command = { kind: 'change-member', request } as const;
    const proposal = { command, payload: undefined, deadlineMs, settle };
    this.#world.proposals.loggedAt(result.firstIndex, result.term, proposal);
  }

  #notTaken(change: WaitingChange, reason: Refusal): void {
    switch (reason) {
      case 'membership-pending':
      case 'no-commit-in-term':
      case 'transferring':
      case 'too-much-uncommitted':
        this.#waiting.push(change);
        return;
      case 'not-leader':
      case 'no-leader':
        return change.settle(etcdErrors.ErrLeaderChanged);
      default:
        return change.settle(etcdErrors.ErrMemberNotEnoughStarted);
    }
  }

  #refuse({ action, ID }: MembershipRequest): EtcdErrorRow | undefined {
    const members = this.#world.members().list();
    switch (action) {
      case Action.ADD:
        return this.#refuseVoter(members);
      case Action.ADD_LEARNER: {
        const learners = members.filter(({ isLearner }) => isLearner).length;
        if (learners >= this.#rules.learnersMax) return etcdErrors.ErrTooManyLearners;
        const voters = members.filter(({ isLearner }) => !isLearner);
        return this.#rules.isStrict ? this.#refuseUnhealthy(voters) : undefined;
      }
      case Action.PROMOTE:
        return this.#refusePromotion(members, ID);
      case Action.REMOVE:
        return this.#rules.isStrict ? this.#refuseRemoval(members, ID) : undefined;
      default:
        return undefined;
    }
  }

  /** The new member counts for the quorum before it has started. */
  #refuseVoter(members: readonly Member[]): EtcdErrorRow | undefined {
    if (!this.#rules.isStrict) return undefined;
    const voters = members.filter(({ isLearner }) => !isLearner);
    const started = voters.filter(isStarted).length;
    // A cluster of one may always grow, or it could never.
    if (!(started === 1 && voters.length === 1) && started < majorityOf(voters.length + 1)) {
      return etcdErrors.ErrMemberNotEnoughStarted;
    }
    return this.#refuseUnhealthy(voters);
  }

  #refusePromotion(members: readonly Member[], id: bigint): EtcdErrorRow | undefined {
    const { progress } = this.#world.raft.status();
    const learner = progress.get(id)?.match ?? 0;
    const leader = progress.get(this.#world.self)?.match ?? 0;
    if (learner < leader * READY_SHARE || learner === 0) return etcdErrors.ErrLearnerNotReady;
    const voters = members.filter(({ isLearner }) => !isLearner);
    const started = 1 + voters.filter(isStarted).length;
    const isShort = this.#rules.isStrict && started < majorityOf(voters.length + 1);
    return isShort ? etcdErrors.ErrMemberNotEnoughStarted : undefined;
  }

  #refuseRemoval(members: readonly Member[], id: bigint): EtcdErrorRow | undefined {
    if (members.find(({ ID }) => ID === id)?.isLearner === true) return undefined;
    const voters = members.filter(({ isLearner }) => !isLearner);
    const staying = voters.filter(({ ID }) => ID !== id);
    if (staying.length === 0 || staying.filter(isStarted).length < majorityOf(staying.length)) {
      return etcdErrors.ErrMemberNotEnoughStarted;
    }
    // One that is down can always go: without it the cluster is better off.
    const isDown = this.#world.transport.connectedSinceMs(id) === undefined;
    if (isDown && id !== this.#world.self) return undefined;
    // One of the healthy goes: this one, or, as etcd has it, another in place of one that has just come.
    const healthy = voters.filter(({ ID }) => this.#isHealthy(ID)).length - 1;
    return healthy < majorityOf(staying.length) ? etcdErrors.ErrUnhealthy : undefined;
  }

  /** Until the new member has started, the others have to make the larger quorum by themselves. */
  #refuseUnhealthy(voters: readonly Member[]): EtcdErrorRow | undefined {
    const healthy = voters.filter(({ ID }) => this.#isHealthy(ID)).length;
    const isShort = voters.length > 1 && healthy < majorityOf(voters.length + 1);
    return isShort ? etcdErrors.ErrUnhealthy : undefined;
  }

  /** What Raft is told. To it an update changes nothing: the member stays what it is, voter or learner. */
  #changeOf({ action, ID }: MembershipRequest): MemberChange {
    switch (action) {
      case Action.ADD_LEARNER:
        return { kind: 'add-learner', member: ID };
      case Action.REMOVE:
        return { kind: 'remove', member: ID };
      case Action.UPDATE: {
        const members = this.#world.members().list();
        const isLearner = members.find((member) => member.ID === ID)?.isLearner ?? false;
        return { kind: isLearner ? 'add-learner' : 'add-voter', member: ID };
      }
      default:
        return { kind: 'add-voter', member: ID };
    }
  }

  #isHealthy(id: bigint): boolean {
    if (id === this.#world.self) return true;
    const sinceMs = this.#world.transport.connectedSinceMs(id);
    return sinceMs !== undefined && this.#world.now() - sinceMs > HEALTHY_AFTER_MS;
  }
}

type Refusal = Extract<ProposeMembershipResult, { readonly ok: false }>['reason'];

/** A member has a name from its first start on. */
const isStarted = ({ name }: Member): boolean => name !== '';

const majorityOf = (count: number): number => Math.floor(count / 2) + 1;
