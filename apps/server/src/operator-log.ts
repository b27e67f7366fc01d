/**
 * What a running member tells its operator of the cluster: who leads, who belongs to it, and what has to be done about
 * what is wrong. Each line names the thing, the value and the remedy, for a reader who was asleep a minute ago.
 */
import { resolve } from 'node:path';
import type { Replica } from '@concord/kv';
import {
  AlarmType,
  MembershipRequest_Action as Action,
  type Member,
  type MembershipRequest,
} from '@concord/protocol';
import { formatId, type Identity } from './identity.ts';
import type { Log } from './log.ts';

export interface OperatorLogOptions {
  readonly log: Log;
  readonly identity: Identity;
  readonly dataDirectory: string;
  /** Called once there is one. */
  replica(): Replica;
  isConnected(id: bigint): boolean;
}

export class OperatorLog {
  readonly #options: OperatorLogOptions;
  readonly #id: string;
  /** As they were told last. */
  #members: ReadonlyMap<bigint, Member> = new Map();
  /** As they were told last, each as a line. */
  #alarms: ReadonlySet<string> = new Set();

  constructor(options: OperatorLogOptions) {
    this.#options = options;
    this.#id = formatId(options.identity.memberId);
  }

  roleChanged(): void {
    const { leader, term, role } = this.#replica;
    const name = this.#replica.machine.members.get(leader)?.name;
    this.#options.log.info(
      { leader: formatId(leader), ...(name !== undefined && { 'leader-name': name }), term, role },
      leader === 0n ? 'there is no leader' : 'there is a leader',
    );
  }

  /** There has been none for long, or none yet. */
  waitsForLeader(): void {
    const { members, voters } = this.#known();
    const missing = members.filter(({ ID }) => !this.#isReached(ID));
    const reached = voters.filter(({ ID }) => this.#isReached(ID)).length;
    const needed = Math.floor(voters.length / 2) + 1;
    const own = members.find(({ ID }) => ID === this.#options.identity.memberId);
    const advice =
      reached < needed
        ? 'start the members that are not reached, or correct their addresses'
        : `enough members are reached, so either they elect one now, or they do not reach this one; they know it at ` +
          `${own?.peerURLs.join() ?? 'no address'}: if that is wrong, use \`etcdctl member update\``;
    this.#options.log.warn(
      {
        term: this.#replica.term,
        ...(voters.length > 0 && { voters: voters.length, needed, reached }),
        ...(missing.length > 0 && { 'not-reached': missing.map(placeOf).join(', ') }),
      },
      `waiting for a leader, and so do all writes: ${advice}`,
    );
  }

  /** Says what is new since the last time; at first, who is there. */
  membersChanged(): void {
    const { log } = this.#options;
    const before = this.#members;
    const { members } = this.#known();
    this.#members = new Map(members.map((member) => [member.ID, member]));
    if (before.size === 0) {
      return log.info(
        { members: members.map(placeOf).join(', ') },
        'the cluster has these members',
      );
    }
    for (const member of members) {
      const change = changeOf(before.get(member.ID), member);
      if (change !== undefined) log.info(aboutMember(member), change);
    }
    for (const member of before.values()) {
      if (!this.#members.has(member.ID)) log.info(aboutMember(member), 'a member was removed');
    }
  }

  /** Says which alarms are raised and disarmed since the last time; `etcdctl alarm list` shows them without names. */
  alarmsChanged(): void {
    const raised = this.#replica.machine.alarms.list(AlarmType.NONE);
    if (raised.length === 0 && this.#alarms.size === 0) return;
    const before = this.#alarms;
    this.#alarms = new Set(raised.map(({ memberId, type }) => `${type} ${formatId(memberId)}`));
    for (const alarm of this.#alarms) if (!before.has(alarm)) this.#tellAlarm(alarm, 'is raised');
    for (const alarm of before) if (!this.#alarms.has(alarm)) this.#tellAlarm(alarm, 'is disarmed');
  }

  /** The error that the caller gets says neither whom it is about nor who is in the way. */
  changeRefused({ action, ID, peerURLs }: MembershipRequest, reason: string): void {
    const { members } = this.#known();
    const missing = members.filter((member) => !this.#isReached(member.ID));
    const unstarted = members.filter(({ name }) => name === '');
    this.#options.log.warn(
      {
        change: CHANGES[action],
        'remote-peer-id': formatId(ID),
        ...(peerURLs.length > 0 && { 'peer-urls': peerURLs.join() }),
        error: reason,
        ...(missing.length > 0 && { 'not-reached': missing.map(placeOf).join(', ') }),
        ...(unstarted.length > 0 && { 'not-started': unstarted.map(placeOf).join(', ') }),
      },
      'refused to change the membership',
    );
  }

  removed(): void {
    this.#options.log.warn(
      {
        'member-id': this.#id,
        'data-dir': resolve(this.#options.dataDirectory),
        remedy:
          'the data-dir used by this member must be removed; to bring the machine back, add it as a new member',
      },
      'this member has been permanently removed from the cluster',
    );
  }

  fenceChanged(isFenced: boolean): void {
    const { log, dataDirectory } = this.#options;
    if (!isFenced) return log.warn({ 'member-id': this.#id }, 'this member serves again');
    log.error(
      {
        'member-id': this.#id,
        'data-dir': resolve(dataDirectory),
        remedy:
          `run \`etcdctl member remove ${this.#id}\`; this process then ends: remove its data directory, run ` +
          '`etcdctl member add` for it, start it with --initial-cluster-state existing, and `etcdctl alarm disarm`',
      },
      'the state of this member differs from that of the others: it serves no more',
    );
  }

  #tellAlarm(alarm: string, what: string): void {
    const [type, id = ''] = alarm.split(' ');
    const name = this.#members.get(BigInt(`0x${id}`))?.name;
    const kind = Number(type) === AlarmType.CORRUPT ? 'CORRUPT' : 'NOSPACE';
    this.#options.log.warn(
      { 'remote-peer-id': id, ...(name !== undefined && { name }) },
      `the alarm ${kind} ${what}`,
    );
  }

  get #replica(): Replica {
    return this.#options.replica();
  }

  #isReached(id: bigint): boolean {
    return id === this.#options.identity.memberId || this.#options.isConnected(id);
  }

  #known(): { readonly members: readonly Member[]; readonly voters: readonly Member[] } {
    const members = this.#replica.machine.members.list();
    return { members, voters: members.filter(({ isLearner }) => !isLearner) };
  }
}

const CHANGES: Readonly<Record<MembershipRequest['action'], string>> = {
  [Action.ADD]: 'add',
  [Action.ADD_LEARNER]: 'add a learner',
  [Action.PROMOTE]: 'promote',
  [Action.UPDATE]: 'update',
  [Action.REMOVE]: 'remove',
};

/** `a=http://10.0.0.1:2380`, as `--initial-cluster` has it; one that has not started has no name. */
const placeOf = ({ ID, name, peerURLs }: Member): string =>
  peerURLs.map((url) => `${name === '' ? formatId(ID) : name}=${url}`).join();

const aboutMember = ({ ID, name, peerURLs }: Member): Record<string, string> => ({
  'remote-peer-id': formatId(ID),
  ...(name !== '' && { name }),
  'peer-urls': peerURLs.join(),
});

function changeOf(before: Member | undefined, now: Member): string | undefined {
  if (before === undefined) return now.isLearner ? 'a learner was added' : 'a member was added';
  if (before.isLearner && !now.isLearner) return 'a learner was promoted: it votes now';
  if (before.peerURLs.join() !== now.peerURLs.join()) return 'a member has new peer URLs';
  if (before.name === '' && now.name !== '') return 'a member has started for the first time';
  return undefined;
}
