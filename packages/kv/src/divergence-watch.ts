/**
 * Watches over the members having the same state: tells the leader how this member's hashed, and as the leader
 * raises the alarm CORRUPT for one that differs. A member for which it is raised stops serving (`isFenced`), gives
 * leadership away and hands out no snapshots; the others go on.
 */
import {
  AlarmRequest_AlarmAction as AlarmAction,
  AlarmType,
  type AlarmRequest,
} from '@concord/protocol';
import { NOBODY } from '@concord/raft';
import { encodeCommand, type Command } from './command.ts';
import type { StateHashMessage } from './member-message.ts';
import { StateAgreement } from './state-agreement.ts';
import type { StateMachine } from './state-machine.ts';
import type { Transport } from './world.ts';

/** How often members are compared: a difference is known after about this long. */
const REPORT_INTERVAL_MS = 1000;

export interface DivergenceWatchHost {
  readonly self: bigint;
  readonly machine: StateMachine;
  readonly transport: Transport;
  leader(): bigint;
  propose(command: Command, payload: Uint8Array): void;
}

export class DivergenceWatch {
  readonly #host: DivergenceWatchHost;
  readonly #agreement: StateAgreement;
  #reportedMs = 0;

  constructor(host: DivergenceWatchHost) {
    this.#host = host;
    this.#agreement = new StateAgreement(host.self);
  }

  /** Whether this member is known to differ from the others. */
  get isFenced(): boolean {
    const { alarms, members } = this.#host.machine;
    // Asked at every request: most of the time there is no alarm at all.
    if (!alarms.isRaised(AlarmType.CORRUPT)) return false;
    return members.count > 1 && alarms.isRaisedBy(this.#host.self, AlarmType.CORRUPT);
  }

  /** To be called after each entry. */
  applied(): void {
    const { applied, hashHalves } = this.#host.machine;
    this.#agreement.applied(applied.index, hashHalves.high, hashHalves.low);
  }

  /** Another leads, or this member. */
  roleChanged(): void {
    this.#agreement.reset();
  }

  tick(nowMs: number): void {
    if (nowMs - this.#reportedMs < REPORT_INTERVAL_MS) return;
    this.#reportedMs = nowMs;
    const { self, leader, transport } = this.#host;
    const to = leader();
    if (to === NOBODY || to === self) return;
    const report = this.#agreement.report(to);
    if (report !== undefined) transport.send([report]);
  }

  /** A member reports to this one as the leader. */
  receive(message: StateHashMessage): void {
    const { machine, leader, self, propose } = this.#host;
    if (leader() !== self || machine.members.get(message.from) === undefined) return;
    const voters = machine.members.list().filter(({ isLearner }) => !isLearner);
    const verdict = this.#agreement.compare(
      message,
      voters.map(({ ID }) => ID),
    );
    if (verdict.kind === 'none') return;
    if (machine.alarms.isRaisedBy(verdict.member, AlarmType.CORRUPT)) return;
    const request: AlarmRequest = {
      action: AlarmAction.ACTIVATE,
      memberID: verdict.member,
      alarm: AlarmType.CORRUPT,
    };
    const command: Command = { kind: 'alarm', request };
    propose(command, encodeCommand(command));
  }
}
