/**
 * Applies committed entries, in order: commands to the state machine, changes of the membership to Raft as well,
 * and whoever waits for an entry on this member is answered.
 */
import { MembershipRequest, type EtcdErrorRow } from '@concord/protocol';
import { decodeMembershipChange, type Entry, type Raft } from '@concord/raft';
import type { ApplyOutcome } from './apply-outcome.ts';
import { askedByOf, decodeCommand } from './command.ts';
import { BY_MEMBER } from './auth/asker.ts';
import type { Proposal, Proposals } from './proposals.ts';
import type { StateMachine } from './state-machine.ts';
import type { World } from './world.ts';

export class Applier {
  readonly #machine: StateMachine;
  readonly #raft: Raft;
  readonly #proposals: Proposals;
  readonly #world: Pick<World, 'now' | 'observer'>;
  readonly #membershipChanged: () => void;
  #failedCount = 0;
  /** When the last entry had been applied: one look at the clock for each. */
  #nowMs = 0;

  constructor(
    machine: StateMachine,
    raft: Raft,
    proposals: Proposals,
    world: Pick<World, 'now' | 'observer'>,
    membershipChanged: () => void,
  ) {
    this.#machine = machine;
    this.#raft = raft;
    this.#proposals = proposals;
    this.#world = world;
    this.#membershipChanged = membershipChanged;
  }

  /** Commands that were applied and refused. */
  get failedCount(): number {
    return this.#failedCount;
  }

  /** Entries are applied from now on, one after the other. */
  begin(): void {
    if (this.#world.observer !== undefined) this.#nowMs = this.#world.now();
  }

  apply(entry: Entry): void {
    const proposal = this.#proposals.take(entry);
    if (entry.kind === 'membership') this.#applyMembership(entry, proposal);
    else if (entry.data.length === 0) this.#machine.skip(entry.index, entry.term);
    else this.#applyCommand(entry, proposal);
  }

  #applyCommand({ index, term, data }: Entry, proposal: Proposal | undefined): void {
    const command = proposal?.command ?? decodeCommand(data);
    // Read only where it counts: it says nothing while authentication is off.
    const askedBy = this.#machine.auth.isEnabled ? askedByOf(data) : undefined;
    const outcome = this.#machine.apply(index, term, command, askedBy);
    this.#nowMs = this.#world.observer?.applied(command, outcome, this.#nowMs) ?? 0;
    if ('code' in outcome) this.#failedCount += 1;
    proposal?.settle?.(outcome);
    if (command.kind === 'change-member' || command.kind === 'publish-member') {
      this.#membershipChanged();
    }
  }

  /** The configuration and what is told of the members change in one. Without a request a joint one is left. */
  #applyMembership(entry: Entry, proposal: Proposal | undefined): void {
    const outcome = this.#changeMember(entry);
    if (!('code' in outcome)) {
      this.#machine.saveConfiguration(this.#raft.applyMembership(entry));
    }
    proposal?.settle?.(outcome);
    this.#membershipChanged();
  }

  #changeMember({ index, term, data }: Entry): ApplyOutcome | EtcdErrorRow {
    const context = decodeMembershipChange(data)?.context;
    if (context === undefined || context.length === 0) {
      this.#machine.skip(index, term);
      return { kind: 'change-member' };
    }
    const request = MembershipRequest.decode(context);
    return this.#machine.apply(index, term, { kind: 'change-member', request }, BY_MEMBER);
  }
}
