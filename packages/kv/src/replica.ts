/**
 * The replica loop: takes requests and messages in, carries out what Raft asks for in the promised order, and
 * applies what is committed. One synchronous step at a time; whatever takes time comes back as a callback.
 *
 * All requests of one turn of the event loop are proposed as one append and written by one disk write; while
 * that is under way the next turn gathers. On a member that does not lead they go to the leader as one message.
 *
 * Invariant: a caller is told of success only after its entry is durable on a quorum and applied here.
 */
import { etcdErrors, type EtcdErrorRow } from '@concord/protocol';
import {
  NOBODY,
  Raft,
  createConfiguration,
  type Entry,
  type RaftStatus,
  type Ready,
  type RoleKind,
} from '@concord/raft';
import { Applier } from './applier.ts';
import { withAsker, type AskedBy } from './auth/asker.ts';
import { Background } from './background.ts';
import type { Command } from './command.ts';
import { CommitNotices } from './commit-notices.ts';
import { readConfiguration } from './configuration-row.ts';
import { ForeignProposals } from './foreign-proposals.ts';
import type { LeaderCalls } from './leader-calls.ts';
import type { MemberMessage } from './member-message.ts';
import { Proposals, type Settle } from './proposals.ts';
import { ReadQueue } from './read-queue.ts';
import type { HandedOver } from './leadership-transfer.ts';
import { MemberDuties } from './member-duties.ts';
import { ReplicaLog } from './replica-log.ts';
import type { RecoveredState, ReplicaOptions } from './replica-options.ts';
import { ResponseHeaderWriter } from './response-header.ts';
import { StateMachine } from './state-machine.ts';
import { StoreWriter } from './store-writer.ts';
import type { World } from './world.ts';

/** Numbers of one start begin at chance, so that those of another are not taken for them; they stay below 2^53. */
const NUMBERS = 2 ** 52;

export class Replica {
  readonly machine: StateMachine;
  /** Writes the header of this member's responses. */
  readonly header: ResponseHeaderWriter;
  readonly background: Background;
  readonly #options: ReplicaOptions;
  readonly #world: World;
  readonly #raft: Raft;
  readonly #log: ReplicaLog;
  readonly #storeWriter: StoreWriter;
  readonly #commitNotices: CommitNotices;
  readonly #proposals: Proposals;
  readonly #foreign = new ForeignProposals();
  readonly #reads = new ReadQueue();
  readonly #applier: Applier;
  readonly #duties: MemberDuties;
  #state: 'running' | 'installing' | 'stopped' = 'running';
  #turnScheduled = false;
  #draining = false;
  #leaderChanges = 0;

  constructor(options: ReplicaOptions, recovered: RecoveredState, world: World) {
    this.#options = options;
    this.#world = world;
    const { clusterId, memberId } = options;
    this.header = new ResponseHeaderWriter(clusterId, memberId, () => this.term);
    this.machine = new StateMachine(options, world, this.header);
    const { applied } = this.machine;
    this.#log = new ReplicaLog(world, recovered, options.logEntriesKept, () => this.isFenced);
    this.#raft = new Raft(
      { ...options.raft, id: memberId, random: () => world.random() },
      this.#log.memory,
      recovered.hardState,
      readConfiguration(this.machine.overlay) ?? createConfiguration([]),
      applied.index,
    );
    this.#storeWriter = new StoreWriter(this.machine, {
      released: (index, term) => this.#released(index, term),
    });
    this.#commitNotices = new CommitNotices(world);
    this.background = new Background(world, this.machine, this.#storeWriter);
    this.#proposals = new Proposals(this.#chance());
    this.#applier = new Applier(this.machine, this.#raft, this.#proposals, world, () => {
      if (this.#isRemoved()) this.#failAll();
      world.membershipChanged();
      this.#wake();
    });
    this.#duties = new MemberDuties({
      options,
      world,
      machine: this.machine,
      raft: this.#raft,
      proposals: this.#proposals,
      read: (run, fail) => this.read(run, fail),
      propose: (command, payload, settle, askedBy) =>
        this.propose(command, payload, settle, askedBy),
      wake: () => this.#wake(),
    });
  }

  get memberId(): bigint {
    return this.#options.memberId;
  }
  /** `0n` when no leader is known. */
  get leader(): bigint {
    return this.#raft.leader;
  }
  get term(): number {
    return this.#raft.term;
  }
  get commitIndex(): number {
    return this.#raft.commitIndex;
  }
  get isLeader(): boolean {
    return this.#raft.role === 'leader';
  }
  get role(): RoleKind {
    return this.#raft.role;
  }
  /** Whether this member's state is known to differ from the others': it serves nobody until it is made anew. */
  get isFenced(): boolean {
    return this.#duties.isFenced;
  }
  /** What only the leader can answer. */
  get calls(): LeaderCalls {
    return this.#duties.calls;
  }
  /** For metrics. */
  get counters(): {
    readonly leaderChanges: number;
    readonly pending: number;
    readonly failed: number;
    readonly slowReads: number;
    readonly failedReads: number;
    readonly isInstalling: boolean;
  } {
    return {
      leaderChanges: this.#leaderChanges,
      pending: this.#proposals.pendingCount,
      failed: this.#applier.failedCount,
      slowReads: this.#reads.slowCount,
      failedReads: this.#reads.failedCount,
      isInstalling: this.#state === 'installing',
    };
  }
  /** All that Raft knows, as a copy. */
  status(): RaftStatus {
    return this.#raft.status();
  }

  /** Stands for election at once: what a member that is alone need not wait for. */
  campaign(): void {
    this.#raft.campaign();
    this.#drain();
  }

  /** Hands leadership to another voter. */
  transferLeadership(to: bigint, done: HandedOver): void {
    this.#duties.transferLeadership(to, done);
    this.#drain();
  }

  /** Before a stop: hands leadership, if this member has it, to whoever can best go on. */
  handOver(done: () => void): void {
    this.#duties.handOver(done);
    this.#drain();
  }

  /**
   * Replicates a command and answers with what applying it gave. `payload` is the command's encoding and must
   * not change any more; `command` may hold views into it. While authentication is on, what nobody in particular asks
   * for is refused, unless it is something that members do among themselves.
   */
  propose(command: Command, payload: Uint8Array, settle: Settle, askedBy?: AskedBy): void {
    if (this.#state === 'stopped' || this.#isRemoved()) return settle(etcdErrors.ErrStopped);
    const asked = withAsker(askedBy, payload);
    this.#proposals.enqueue({ command, payload: asked, deadlineMs: this.#deadlineMs(), settle });
    this.#wake();
  }

  /** Runs `run` when this member's state holds every write that was complete when it was called. */
  read(run: () => void, fail: (error: EtcdErrorRow) => void): void {
    if (this.#state === 'stopped' || this.#isRemoved()) return fail(etcdErrors.ErrStopped);
    this.#reads.add({ run, fail, deadlineMs: this.#deadlineMs() });
    this.#wake();
  }

  /** Messages of another member, all that came at once. */
  step(messages: readonly MemberMessage[]): void {
    if (this.#state === 'stopped') return;
    for (const message of messages) this.#receive(message);
    this.#drain();
  }

  /** To be called every heartbeat interval. */
  tick(): void {
    if (this.#state === 'stopped') return;
    const now = this.#world.now();
    this.#raft.tick();
    this.#proposals.expire(now);
    this.#reads.tick(now);
    this.#duties.tick(now);
    this.#log.tick(() => this.#raft.status());
    this.machine.tick(this.machine.leaseNow);
    this.#wake();
    this.#drain();
    this.#storeWriter.tick(now);
    this.background.wake();
  }

  /** A member cannot be reached, or what was sent to it is lost. */
  reportUnreachable(id: bigint): void {
    this.#raft.reportUnreachable(id);
  }

  /** The snapshot that was sent to a member has arrived, or is lost. */
  reportSnapshot(id: bigint, arrived: boolean): void {
    this.#raft.reportSnapshot(id, arrived);
    this.#drain();
  }

  /** Runs `run` once everything that is applied now is in the store, durably. */
  whenStored(run: () => void): void {
    this.#storeWriter.whenStored(run);
  }

  /** Answers everyone who waits, writes what is in memory to the store, and calls `stopped`. */
  stop(stopped: () => void): void {
    this.#state = 'stopped';
    this.background.stop();
    this.#failAll();
    this.#storeWriter.whenStored(stopped);
  }

  #failAll(): void {
    for (const waiting of [this.#proposals, this.#reads, this.#duties]) {
      waiting.failAll(etcdErrors.ErrStopped);
    }
  }

  /** The others take nothing from this member any more; it runs on for a moment, so that they can learn why. */
  #isRemoved(): boolean {
    return this.machine.members.isRemoved(this.memberId);
  }

  #isRunning(): boolean {
    return this.#state === 'running';
  }

  #deadlineMs(): number {
    return this.#world.now() + this.#options.requestTimeoutMs;
  }

  #chance(): number {
    return Math.floor(this.#world.random() * NUMBERS);
  }

  #receive(message: MemberMessage): void {
    switch (message.kind) {
      case 'call':
      case 'answer':
      case 'state-hash':
        this.#duties.receive(message);
        return this.#wake();
      case 'propose':
        if (message.to !== this.#options.memberId) return;
        if (!this.isLeader || message.term !== this.term) return;
        this.#foreign.add(message);
        return this.#wake();
      default:
        this.#raft.step(message);
    }
  }

  #wake(): void {
    if (this.#turnScheduled) return;
    this.#turnScheduled = true;
    this.#world.schedule(this.#turn);
  }

  readonly #turn = (): void => {
    this.#turnScheduled = false;
    if (this.#state === 'stopped') return;
    this.#proposeQueued();
    this.#duties.turn();
    this.#askReadIndex();
    this.#drain();
  };

  #proposeQueued(): void {
    if (this.#proposals.queuedCount + this.#foreign.count === 0) return;
    if (this.#storeWriter.isOverfull) return;
    if (!this.isLeader) return this.#forwardQueued();
    const own = this.#proposals.queued().map(({ payload }) => payload);
    const foreign = this.#foreign.waiting(this.term);
    const outcome = this.#raft.propose(foreign.length === 0 ? own : [...own, ...foreign]);
    // Refused proposals stay queued: room may be made, or a transfer end, before their time is up.
    if (!outcome.ok) return;
    this.#proposals.logged(outcome.firstIndex, outcome.term);
    this.#foreign.appended();
  }

  #forwardQueued(): void {
    if (this.#raft.leader === NOBODY || this.#proposals.queuedCount === 0) return;
    for (const batch of this.#proposals.forward(this.term)) this.#raft.forward(batch);
  }

  #askReadIndex(): void {
    if (this.#reads.waitingCount === 0) return;
    const round = this.#reads.openRound(this.#world.now());
    // Without a leader the reads stay, and the next tick asks again.
    if (this.#raft.readIndex(round) !== 'pending') this.#reads.reopen(round);
  }

  /** Carries out what Raft asks for until it asks for nothing more. */
  #drain(): void {
    if (this.#draining || !this.#isRunning()) return;
    this.#draining = true;
    while (this.#isRunning() && this.#raft.hasReady()) this.#carryOut(this.#raft.ready());
    this.#reads.release(this.machine.applied.index);
    this.#draining = false;
    this.#storeWriter.maybeFlush(this.#world.now());
    if (this.machine.hasBackgroundWork) this.background.wake();
  }

  #carryOut(ready: Ready): void {
    if (ready.snapshot !== undefined) this.#install(ready);
    else if (ready.mustPersist) this.#persist(ready);
    if (ready.messages.length > 0) {
      this.#log.sent(ready.messages);
      const messages = this.#commitNotices.holdBack(ready.messages);
      if (messages.length > 0) this.#world.transport.send(messages);
    }
    if (ready.roleChanged !== undefined) this.#changeRole();
    this.#apply(ready.committed);
    this.#commitNotices.release();
    for (const { context, index } of ready.readStates) this.#reads.confirm(context, index);
    for (const context of ready.readsLost) this.#reads.reopen(context);
  }

  #persist({ number, hardState, entries }: Ready): void {
    this.#log.append(hardState, entries, () => {
      if (this.#state === 'stopped') return;
      this.#raft.persisted(number);
      this.#drain();
    });
  }

  /** Nothing else is carried out until the store is the leader's: there is no state to apply to. */
  #install(ready: Ready): void {
    const { snapshot } = ready;
    if (snapshot === undefined) return;
    this.#state = 'installing';
    this.#log.install(snapshot, () => {
      if (this.#state === 'stopped') return;
      this.machine.restored();
      this.#proposals.forgetTo(snapshot.index);
      this.#state = 'running';
      if (ready.hardState === undefined && ready.entries.length === 0)
        this.#raft.persisted(ready.number);
      else this.#persist(ready);
      this.#world.membershipChanged();
      this.#drain();
    });
  }

  #apply(entries: readonly Entry[]): void {
    const last = entries.at(-1);
    if (last === undefined) return;
    this.#applier.begin();
    for (const entry of entries) {
      this.#applier.apply(entry);
      this.#duties.applied();
    }
    this.#raft.applied(last.index);
    // Only now every entry of earlier terms is applied, and leases count for what they are.
    const isFirstOfTerm = this.isLeader && last.term === this.term;
    if (isFirstOfTerm && !this.machine.lessor.isPrimary) this.machine.leadershipChanged(true);
  }

  #changeRole(): void {
    this.#leaderChanges += 1;
    if (!this.isLeader) this.machine.leadershipChanged(false);
    this.#duties.roleChanged();
    this.#world.roleChanged();
    this.#wake();
  }

  #released(index: number, term: number): void {
    this.#log.released(index, term);
    // Proposals that were held back while the store was behind go on.
    this.#wake();
  }
}
