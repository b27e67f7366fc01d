/**
 * The replica loop: takes requests and messages in, carries out what Raft asks for in the promised order, and
 * applies what is committed. One synchronous step at a time; whatever takes time comes back as a callback.
 *
 * All requests of one turn of the event loop are proposed as one append and written by one disk write; while
 * that is under way the next turn gathers.
 *
 * Invariant: a caller is told of success only after its entry is durable on a quorum and applied here.
 */
import { etcdErrors, type EtcdErrorRow } from '@concord/protocol';
import { MemoryLog, Raft, type Entry, type Message, type Ready } from '@concord/raft';
import { encodeCommand, decodeCommand, type Command } from './command.ts';
import type { HashKvResult } from './hash/hash-kv.ts';
import { Proposals, type Settle } from './proposals.ts';
import { ReadQueue } from './read-queue.ts';
import { Renewals, type Renewed } from './renewals.ts';
import type { RecoveredState, ReplicaOptions } from './replica-options.ts';
import { ResponseHeaderWriter } from './response-header.ts';
import { StateMachine } from './state-machine.ts';
import { StoreWriter } from './store-writer.ts';
import type { World } from './world.ts';

/** Expiries proposed at once; how many a second is the lessor's own limit. */
const EXPIRIES_PER_PROPOSAL_MAX = 100;
/** Checkpoints recorded in one tick, all in one entry. */
const CHECKPOINTS_PER_TICK_MAX = 1000;
/** Rows of compaction, history or hash that one turn works off: about a millisecond, LMDB's reads included. */
const BACKGROUND_ROWS_PER_TURN = 250;

/** Bytes of entries that stay in memory for members that lag, whatever their number. */
const LOG_BYTES_KEPT_MAX = 16 << 20;

const isError = (outcome: object): outcome is EtcdErrorRow => 'code' in outcome;

export class Replica {
  readonly machine: StateMachine;
  /** Writes the header of this member's responses. */
  readonly header: ResponseHeaderWriter;
  readonly #options: ReplicaOptions;
  readonly #world: World;
  readonly #raft: Raft;
  readonly #memoryLog: MemoryLog;
  readonly #storeWriter: StoreWriter;
  readonly #proposals = new Proposals();
  readonly #reads = new ReadQueue();
  readonly #renewals: Renewals;
  /** Callers that wait until everything compacted is deleted. */
  readonly #compactionWaiters: (() => void)[] = [];
  #state: 'running' | 'stopped' = 'running';
  #turnScheduled = false;
  #backgroundScheduled = false;
  #draining = false;
  #leaderChanges = 0;
  #failedProposals = 0;

  constructor(options: ReplicaOptions, recovered: RecoveredState, world: World) {
    this.#options = options;
    this.#world = world;
    const { clusterId, memberId } = options;
    this.header = new ResponseHeaderWriter(clusterId, memberId, () => this.term);
    this.machine = new StateMachine(options, world, this.header);
    const { applied } = this.machine;
    this.#memoryLog = new MemoryLog({ start: applied });
    this.#memoryLog.append(recovered.entries);
    this.#raft = new Raft(
      { ...options.raft, id: memberId, random: () => world.random() },
      this.#memoryLog,
      recovered.hardState,
      recovered.configuration,
      applied.index,
    );
    this.#renewals = new Renewals({
      leases: this.machine.leases,
      lessor: this.machine.lessor,
      now: () => world.now(),
      read: (run, fail) => this.read(run, fail),
      propose: (command, settle) => this.propose(command, encodeCommand(command), settle),
    });
    this.#storeWriter = new StoreWriter(this.machine, {
      released: (index, term) => this.#releaseLog(index, term),
    });
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
  /** For metrics. */
  get counters(): {
    readonly leaderChanges: number;
    readonly pending: number;
    readonly failed: number;
  } {
    return {
      leaderChanges: this.#leaderChanges,
      pending: this.#proposals.pendingCount,
      failed: this.#failedProposals,
    };
  }

  /** Stands for election at once: what a member that is alone need not wait for. */
  campaign(): void {
    this.#raft.campaign();
    this.#drain();
  }

  /**
   * Replicates a command and answers with what applying it gave. `payload` is the command's encoding and must
   * not change any more; `command` may hold views into it.
   */
  propose(command: Command, payload: Uint8Array, settle: Settle): void {
    if (this.#state === 'stopped') return settle(etcdErrors.ErrStopped);
    const deadlineMs = this.#world.now() + this.#options.requestTimeoutMs;
    this.#proposals.enqueue({ command, payload, deadlineMs, settle });
    this.#wake();
  }

  /** Runs `run` when this member's state holds every write that was complete when it was called. */
  read(run: () => void, fail: (error: EtcdErrorRow) => void): void {
    if (this.#state === 'stopped') return fail(etcdErrors.ErrStopped);
    this.#reads.add({ run, fail, deadlineMs: this.#world.now() + this.#options.requestTimeoutMs });
    this.#wake();
  }

  /** Restarts a lease's countdown. */
  renewLease(id: bigint, done: Renewed): void {
    if (this.#state === 'stopped') return done(etcdErrors.ErrStopped);
    this.#renewals.renew(id, done);
  }

  /** Hashes the history up to a revision, 0 for the newest, a slice a turn. */
  hashKv(revision: number, done: (outcome: HashKvResult | EtcdErrorRow) => void): void {
    const hash = this.machine.startHash(revision);
    if ('code' in hash) return done(hash);
    const slice = (): void => {
      const outcome = this.machine.continueHash(hash, BACKGROUND_ROWS_PER_TURN);
      if (outcome === undefined) this.#world.schedule(slice);
      else done(outcome);
    };
    slice();
  }

  /** A message of another member. */
  step(message: Message): void {
    if (this.#state === 'stopped') return;
    this.#raft.step(message);
    this.#drain();
  }

  /** To be called every heartbeat interval. */
  tick(): void {
    if (this.#state === 'stopped') return;
    const now = this.#world.now();
    this.#raft.tick();
    this.#proposals.expire(now);
    this.#reads.expire(now);
    this.#renewals.retry();
    if (this.isLeader) this.#proposeExpiries(now);
    this.machine.tick(now);
    this.#wake();
    this.#drain();
    this.#storeWriter.tick(now);
    this.#scheduleBackground();
  }

  /** Runs `run` once the deletion of compacted revisions has caught up and is stored. */
  whenCompacted(run: () => void): void {
    if (!this.machine.hasCompactionWork) return this.#storeWriter.whenStored(run);
    this.#compactionWaiters.push(run);
    this.#scheduleBackground();
  }

  /** To be called after a watch was created or can go on: what it missed is read between turns. */
  wakeBackground(): void {
    this.#scheduleBackground();
  }

  /** Answers everyone who waits, writes what is in memory to the store, and calls `stopped`. */
  stop(stopped: () => void): void {
    this.#state = 'stopped';
    this.#proposals.failAll(etcdErrors.ErrStopped);
    this.#reads.failAll(etcdErrors.ErrStopped);
    this.#renewals.failAll(etcdErrors.ErrStopped);
    this.#storeWriter.whenStored(stopped);
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
    this.#askReadIndex();
    this.#drain();
  };

  #proposeQueued(): void {
    if (this.#proposals.queuedCount === 0 || this.#storeWriter.isOverfull) return;
    const payloads = this.#proposals.queued().map(({ payload }) => payload);
    const outcome = this.#raft.propose(payloads);
    // Refused proposals stay queued: a leader may be elected, or room made, before their time is up.
    if (outcome.ok) this.#proposals.logged(outcome.firstIndex, outcome.term);
  }

  #askReadIndex(): void {
    if (this.#reads.waitingCount === 0) return;
    const round = this.#reads.openRound();
    // Without a leader the reads stay, and the next tick asks again.
    if (this.#raft.readIndex(round) !== 'pending') this.#reads.reopen(round);
  }

  /** Carries out what Raft asks for until it asks for nothing more. */
  #drain(): void {
    if (this.#draining) return;
    this.#draining = true;
    while (this.#raft.hasReady()) this.#carryOut(this.#raft.ready());
    this.#reads.release(this.machine.applied.index);
    this.#draining = false;
    this.#storeWriter.maybeFlush(this.#world.now());
    if (this.machine.hasBackgroundWork) this.#scheduleBackground();
  }

  #carryOut(ready: Ready): void {
    if (ready.mustPersist) this.#persist(ready);
    if (ready.messages.length > 0) this.#world.transport.send(ready.messages);
    if (ready.roleChanged !== undefined) this.#changeRole();
    for (const entry of ready.committed) this.#apply(entry);
    const last = ready.committed.at(-1);
    if (last !== undefined) this.#raft.applied(last.index);
    for (const { context, index } of ready.readStates) this.#reads.confirm(context, index);
    for (const context of ready.readsLost) this.#reads.reopen(context);
  }

  #persist({ number, hardState, entries }: Ready): void {
    this.#world.log.append(hardState, entries, () => {
      if (this.#state === 'stopped') return;
      this.#memoryLog.append(entries);
      this.#raft.persisted(number);
      this.#drain();
    });
  }

  #apply(entry: Entry): void {
    const proposal = this.#proposals.take(entry.index, entry.term);
    if (entry.kind === 'membership') this.#raft.applyMembership(entry);
    if (entry.kind === 'membership' || entry.data.length === 0) {
      return this.machine.skip(entry.index, entry.term);
    }
    const command = proposal?.command ?? decodeCommand(entry.data);
    const outcome = this.machine.apply(entry.index, entry.term, command);
    if (isError(outcome)) this.#failedProposals += 1;
    proposal?.settle?.(outcome);
  }

  #changeRole(): void {
    this.#leaderChanges += 1;
    this.machine.leadershipChanged(this.isLeader);
    this.#wake();
  }

  #proposeExpiries(now: number): void {
    for (const id of this.machine.lessor.expired(now, EXPIRIES_PER_PROPOSAL_MAX)) {
      const command: Command = { kind: 'lease-expiry', request: { ID: id, term: this.term } };
      this.propose(command, encodeCommand(command), () => undefined);
    }
    if (this.machine.lessor.isBehind) this.#world.schedule(() => this.#continueExpiries());
    const due = this.machine.lessor.dueCheckpoints(now, CHECKPOINTS_PER_TICK_MAX);
    if (due.length === 0) return;
    const checkpoints = due.map(({ id, remainingTtlSeconds }) => ({
      ID: id,
      remainingTTL: remainingTtlSeconds,
    }));
    const command: Command = { kind: 'lease-checkpoint', request: { checkpoints } };
    this.propose(command, encodeCommand(command), () => undefined);
  }

  /** After a promotion many leases have to be put on the clock, a slice a turn rather than a slice a tick. */
  #continueExpiries(): void {
    if (this.#state === 'running' && this.isLeader) this.#proposeExpiries(this.#world.now());
  }

  #scheduleBackground(): void {
    if (this.#backgroundScheduled || !this.machine.hasBackgroundWork) return;
    this.#backgroundScheduled = true;
    this.#world.schedule(() => {
      this.#backgroundScheduled = false;
      if (this.#state === 'stopped') return;
      this.machine.workInBackground(BACKGROUND_ROWS_PER_TURN);
      if (!this.machine.hasCompactionWork) this.#releaseCompactionWaiters();
      this.#storeWriter.maybeFlush(this.#world.now());
      this.#scheduleBackground();
    });
  }

  #releaseCompactionWaiters(): void {
    for (const run of this.#compactionWaiters.splice(0)) this.#storeWriter.whenStored(run);
  }

  /** The store holds everything up to `index`: neither disk nor memory needs the entries before. */
  #releaseLog(index: number, term: number): void {
    this.#world.log.release(index, term);
    let kept = this.#options.logEntriesKept;
    if (index > kept) this.#memoryLog.compact(index - kept);
    // Large entries: fewer of them are kept.
    while (kept > 0 && this.#memoryLog.bytes > LOG_BYTES_KEPT_MAX) {
      kept >>>= 1;
      this.#memoryLog.compact(index - kept);
    }
    // Proposals that were held back while the store was behind go on.
    this.#wake();
  }
}
