/**
 * What a member does for its cluster beside Raft: it asks the leader what only that can answer, answers as the
 * leader, hands leadership over, and watches over all having the same state.
 */
import type { EtcdErrorRow, LeaderCall, MembershipRequest } from '@concord/protocol';
import { NOBODY, type Raft } from '@concord/raft';
import { BY_MEMBER, type AskedBy } from './auth/asker.ts';
import type { Command } from './command.ts';
import { DivergenceWatch } from './divergence-watch.ts';
import { LeaderCalls, type Answered } from './leader-calls.ts';
import { LeaderDesk } from './leader-desk.ts';
import { LeadershipTransfer, type HandedOver } from './leadership-transfer.ts';
import type { AnswerMessage, CallMessage, StateHashMessage } from './member-message.ts';
import type { Proposals, Settle } from './proposals.ts';
import type { ReplicaOptions } from './replica-options.ts';
import type { StateMachine } from './state-machine.ts';
import type { World } from './world.ts';

/** The replica, as its duties need it. */
export interface MemberDutiesHost {
  readonly options: ReplicaOptions;
  readonly world: World;
  readonly machine: StateMachine;
  readonly raft: Raft;
  readonly proposals: Proposals;
  read(run: () => void, fail: (error: EtcdErrorRow) => void): void;
  propose(command: Command, payload: Uint8Array, settle: Settle, askedBy?: AskedBy): void;
  /** Has what was changed outside a turn carried out. */
  wake(): void;
}

/** Numbers of calls begin at chance, so that answers to an earlier start are not taken for ours. */
const FIRST_NUMBER_MAX = 2 ** 52;

export class MemberDuties {
  /** What only the leader can answer. */
  readonly calls: LeaderCalls;
  readonly #host: MemberDutiesHost;
  readonly #desk: LeaderDesk;
  readonly #divergence: DivergenceWatch;
  readonly #transfer: LeadershipTransfer;

  constructor(host: MemberDutiesHost) {
    this.#host = host;
    this.#transfer = new LeadershipTransfer(host.raft);
    const { raft, machine, world, options, proposals, read, propose } = host;
    const handOver = (done: () => void): void => this.handOver(done);
    this.#desk = new LeaderDesk({
      options,
      world,
      machine,
      raft,
      proposals,
      read,
      propose,
      handOver,
    });
    this.#divergence = new DivergenceWatch({
      self: raft.id,
      machine,
      transport: world.transport,
      leader: () => raft.leader,
      propose: (command, payload) => host.propose(command, payload, () => undefined, BY_MEMBER),
    });
    this.calls = this.#createCalls();
  }

  /** Whether this member's state is known to differ from the others': it serves nobody until it is made anew. */
  get isFenced(): boolean {
    return this.#divergence.isFenced;
  }

  /** To be called after each entry. */
  applied(): void {
    this.#divergence.applied();
  }

  /** To be called every heartbeat interval. */
  tick(nowMs: number): void {
    this.calls.tick();
    this.#desk.tick();
    this.#divergence.tick(nowMs);
    this.#transfer.settle(nowMs);
    if (this.isFenced) this.handOver(() => undefined);
  }

  /** To be called every turn. */
  turn(): void {
    this.#desk.turn();
  }

  /** Another leads, or this member. */
  roleChanged(): void {
    this.#divergence.roleChanged();
    this.calls.tick();
    this.#transfer.settle(this.#host.world.now());
  }

  receive(message: CallMessage | AnswerMessage | StateHashMessage): void {
    switch (message.kind) {
      case 'answer':
        return this.calls.receive(message.number, message.body);
      case 'state-hash':
        return this.#divergence.receive(message);
      case 'call':
        // Whoever asks a member that does not lead will find out who does, and ask again.
        if (this.#answeringLeader === this.#host.raft.id) this.#desk.receive(message);
    }
  }

  transferLeadership(to: bigint, done: HandedOver): void {
    const { world, options } = this.#host;
    this.#transfer.start(to, world.now() + options.requestTimeoutMs, done);
  }

  /** Hands leadership, if this member has it, to whoever can best go on. */
  handOver(done: () => void): void {
    const { raft, world, options } = this.#host;
    const successor = raft.role === 'leader' ? this.#transfer.successor : undefined;
    if (successor === undefined) return done();
    this.#transfer.start(successor, world.now() + 2 * options.electionTimeoutMs, () => done());
  }

  failAll(error: EtcdErrorRow): void {
    for (const waiting of [this.#desk, this.calls, this.#transfer]) waiting.failAll(error);
  }

  /** The leader, if it can answer: this member itself only from the first entry of its term on. */
  get #answeringLeader(): bigint {
    const { raft, machine } = this.#host;
    return raft.role === 'leader' && !machine.lessor.isPrimary ? NOBODY : raft.leader;
  }

  #createCalls(): LeaderCalls {
    const { world, raft, options, machine, read, wake } = this.#host;
    const self = raft.id;
    const callsWorld = {
      self,
      requestTimeoutMs: options.requestTimeoutMs,
      leader: () => this.#answeringLeader,
      term: () => raft.term,
      now: () => world.now(),
      isShown: (request: MembershipRequest) => machine.members.isShown(request),
      read,
      send: (to: bigint, number: number, body: Uint8Array) => {
        world.transport.send([{ kind: 'call', from: self, to, number, body }]);
      },
      answer: (call: LeaderCall, answered: Answered) => {
        this.#desk.answer(call, answered);
        wake();
      },
    };
    return new LeaderCalls(callsWorld, Math.floor(world.random() * FIRST_NUMBER_MAX));
  }
}
