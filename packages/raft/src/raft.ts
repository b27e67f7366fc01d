/**
 * One replica of the Raft algorithm, as a deterministic state machine without a clock, a disk or a
 * network: calls put events in, `ready` takes effects out. `ready.ts` says how to carry them out.
 *
 * All calls are synchronous, cheap, and to be made from one thread.
 */
import { assert } from './assert.ts';
import { resolveConfig } from './config.ts';
import type { RaftConfig } from './config.ts';
import { RaftCore } from './core.ts';
import { campaign } from './election.ts';
import type { Entry, EntryKind } from './entry.ts';
import { tickElection } from './follower.ts';
import type { HardState } from './hard-state.ts';
import {
  adoptConfiguration,
  flushLeader,
  handleOwnProgress,
  startTransfer,
  tickLeader,
} from './leader.ts';
import type { TransferOutcome } from './leader.ts';
import { NOBODY } from './member-id.ts';
import type { MemberId } from './member-id.ts';
import type { Message } from './message.ts';
import { decodeMembershipChange } from './membership/change-codec.ts';
import type { MembershipChange } from './membership/change.ts';
import { changeConfiguration } from './membership/changer.ts';
import { assertValid } from './membership/configuration.ts';
import type { Configuration } from './membership/configuration.ts';
import { leaveJointWhenDue, propose, proposeMembership } from './proposal.ts';
import type { ProposeMembershipResult, ProposeResult } from './proposal.ts';
import type { RaftLog } from './raft-log.ts';
import type { Ready, RoleChange } from './ready.ts';
import type { RoleKind } from './role.ts';
import { roleKind, statusOf } from './status.ts';
import type { RaftStatus } from './status.ts';
import type { StepOutcome } from './step-outcome.ts';
import { receive } from './step.ts';

/** Whether a read will be answered. `no-leader`: try again when one is known. */
export type ReadIndexOutcome = 'pending' | 'no-leader' | 'too-many-reads';

export class Raft {
  readonly #core: RaftCore;
  #readyNumber = 0;
  #lastContext = -Infinity;
  #announced: RoleChange;

  /**
   * @param log the saved log
   * @param hardState as it was saved last; term, vote and commit 0 for a new member
   * @param configuration as of `appliedIndex`: what the snapshot or the state machine says, or the
   *   first configuration of a new cluster; without members for a member that will be invited
   * @param appliedIndex the last index that the state machine has applied, durably
   * @throws AssertionError when these contradict each other
   */
  constructor(
    config: RaftConfig,
    log: RaftLog,
    hardState: HardState,
    configuration: Configuration,
    appliedIndex: number,
  ) {
    assertValid(configuration);
    this.#core = new RaftCore(resolveConfig(config), log, hardState, configuration, appliedIndex);
    this.#announced = { role: this.role, term: this.term, leader: NOBODY };
  }

  get id(): MemberId {
    return this.#core.id;
  }

  get role(): RoleKind {
    return roleKind(this.#core);
  }

  get term(): number {
    return this.#core.term;
  }

  /** The leader of the term, `0n` if none is known. */
  get leader(): MemberId {
    return this.#core.leader;
  }

  /** The last index known to be committed. */
  get commitIndex(): number {
    return this.#core.log.commit;
  }

  /** The last index that was reported applied. */
  get appliedIndex(): number {
    return this.#core.log.applied;
  }

  get configuration(): Configuration {
    return this.#core.configuration;
  }

  /** All there is to know, as a copy; for hot paths the single properties are cheaper. */
  status(): RaftStatus {
    return statusOf(this.#core);
  }

  /** Lets one tick pass. */
  tick(): void {
    const { role } = this.#core;
    if (role.kind === 'leader') tickLeader(this.#core, role);
    else tickElection(this.#core);
  }

  /** Takes in a message from another replica. */
  step(message: Message): StepOutcome {
    return receive(this.#core, message);
  }

  /**
   * Stands for election without waiting for the timeout, if this replica may lead at all. A cluster
   * of one calls this at its start, rather than wait for a leader that cannot be.
   */
  campaign(): void {
    campaign(this.#core, 'timeout');
  }

  /**
   * Appends one entry for each payload to the leader's log, all or none. The payloads are kept, not
   * copied. One call for all requests of a turn is much cheaper than a call for each.
   */
  propose(payloads: readonly Uint8Array[]): ProposeResult {
    return propose(this.#core, payloads);
  }

  /** Appends a membership change to the leader's log, see `MembershipChange`. */
  proposeMembership(change: MembershipChange): ProposeMembershipResult {
    return proposeMembership(this.#core, change);
  }

  /**
   * Sends proposals to the leader, which appends them or drops them without a word: the payloads
   * must carry what the caller recognises them by when they are applied. Says whether they went out.
   */
  forward(payloads: readonly Uint8Array[], entryKind: EntryKind = 'normal'): boolean {
    const { role, id: from, term } = this.#core;
    if (role.kind !== 'follower' || role.leader === NOBODY) return false;
    this.#core.send({ kind: 'propose', from, to: role.leader, term, entryKind, payloads });
    return true;
  }

  /**
   * Asks for an index at which a read sees every write that is complete by now (Raft §8). The answer
   * comes as a `ReadState` with the same context, or the context comes back in `readsLost`. A
   * request that went to another member can get lost on the way: time out, and ask anew.
   *
   * @param context greater than any before. A context that was asked for never covers a read that
   *   came later, so one asks again with a new one.
   */
  readIndex(context: number): ReadIndexOutcome {
    assert(context > this.#lastContext, 'each read index is asked for with a greater context');
    this.#lastContext = context;
    const { role, id: from, term, config } = this.#core;
    if (role.kind === 'leader') {
      if (role.reads.size >= config.pendingReadsMax) return 'too-many-reads';
      role.reads.add({ origin: from, request: context });
      return 'pending';
    }
    if (this.leader === NOBODY) return 'no-leader';
    if (this.#core.forwardedReads >= config.pendingReadsMax) return 'too-many-reads';
    const request = this.#core.forwardRead(context);
    this.#core.send({ kind: 'read-index', from, to: this.leader, term, request });
    return 'pending';
  }

  /** Hands leadership to another voter; `ready` tells by `roleChanged` when that has happened. */
  transferLeadership(to: MemberId): TransferOutcome {
    const { role } = this.#core;
    return role.kind === 'leader' ? startTransfer(this.#core, role, to) : 'not-leader';
  }

  /** Whether `ready` has anything to say. */
  hasReady(): boolean {
    const core = this.#core;
    if (core.role.kind === 'leader') flushLeader(core, core.role);
    return (
      core.messages.length > 0 ||
      core.log.hasUnstaged ||
      core.log.hasAppliable ||
      core.hasUnsavedBallot ||
      core.readStates.length > 0 ||
      core.readsLost.length > 0 ||
      this.#isRoleNews
    );
  }

  /** Takes the effects that have gathered; see `Ready` for what is to be done with them. */
  ready(): Ready {
    const core = this.#core;
    if (core.role.kind === 'leader') flushLeader(core, core.role);
    const number = ++this.#readyNumber;
    const { entries, snapshot } = core.log.stage();
    const mustPersist = core.hasUnsavedBallot || entries.length > 0 || snapshot !== undefined;
    const hardState = mustPersist ? this.#takeHardState() : undefined;
    if (mustPersist) {
      const { held: messages, log } = core;
      core.writes.add({ number, lastIndex: log.lastIndex, snapshot, messages, durable: false });
      core.held = [];
    }
    assert(core.held.length === 0, 'a message is held back only for a write');
    const { messages, readStates, readsLost } = core;
    core.messages = [];
    core.readStates = [];
    core.readsLost = [];
    const committed = core.log.takeAppliable(core.config.committedBytesMax);
    return {
      number,
      mustPersist,
      hardState,
      entries,
      snapshot,
      messages,
      committed,
      readStates,
      readsLost,
      roleChanged: this.#takeRoleChange(),
    };
  }

  /**
   * Tells that what Ready `number` asked to be saved is durable. Writes become durable in the order
   * of their Readys; the reports may come in any order, and each Ready is reported by its own number.
   * Entries must be in the `RaftLog` before they are reported, a snapshot must be installed.
   */
  persisted(number: number): void {
    const core = this.#core;
    for (const write of core.writes.complete(number)) {
      core.log.written(write);
      for (const message of write.messages) {
        if (message.to === core.id) receive(core, message);
        else core.send(message);
      }
    }
    if (core.role.kind === 'leader') handleOwnProgress(core, core.role);
  }

  /** Tells that every committed entry up to `index` is applied. */
  applied(index: number): void {
    const core = this.#core;
    core.log.appliedTo(index);
    if (core.role.kind === 'leader') leaveJointWhenDue(core, core.role);
  }

  /**
   * Puts a membership entry into effect, when the caller applies it and before it reports it applied.
   * A caller that finds the change wanting (an address that is taken) leaves this call out, and
   * must then do so on every member.
   *
   * @returns the configuration from now on: the one before if the change does not fit it
   */
  applyMembership(entry: Entry): Configuration {
    const core = this.#core;
    assert(entry.kind === 'membership', 'only a membership entry changes the configuration');
    const change = decodeMembershipChange(entry.data);
    assert(change !== undefined, 'a leader appends only well-formed membership changes');
    const result = changeConfiguration(core.configuration, change);
    if (!result.ok) return core.configuration;
    core.configuration = result.configuration;
    if (core.role.kind === 'leader') adoptConfiguration(core, core.role);
    return core.configuration;
  }

  /** A message to that member could not be delivered: it is probed before it is sent more. */
  reportUnreachable(id: MemberId): void {
    const { role } = this.#core;
    const progress = role.kind === 'leader' ? role.progress.get(id) : undefined;
    if (progress?.state === 'replicate') progress.becomeProbe();
  }

  /** The snapshot that was sent to that member has arrived, or is lost. */
  reportSnapshot(id: MemberId, arrived: boolean): void {
    const { role } = this.#core;
    const progress = role.kind === 'leader' ? role.progress.get(id) : undefined;
    if (progress?.state !== 'snapshot') return;
    progress.becomeProbe(arrived);
    // Its answer, or that to the next heartbeat, tells when to go on.
    progress.probeSent = true;
  }

  /**
   * A commit index alone is not worth a write, but it goes along with the next. Invariant: a
   * membership entry is never durable without a commit index that covers the one before it, or a
   * replica could restart with a configuration two steps behind its log, and elect by it.
   */
  #takeHardState(): HardState | undefined {
    const core = this.#core;
    const { term, votedFor, staged } = core;
    const { commit } = core.log;
    if (!core.hasUnsavedBallot && commit === staged.commit) return undefined;
    core.staged = { term, votedFor, commit };
    return core.staged;
  }

  get #isRoleNews(): boolean {
    const { role, term, leader } = this.#announced;
    return this.role !== role || this.term !== term || this.leader !== leader;
  }

  #takeRoleChange(): RoleChange | undefined {
    if (!this.#isRoleNews) return undefined;
    this.#announced = { role: this.role, term: this.term, leader: this.leader };
    return this.#announced;
  }
}
