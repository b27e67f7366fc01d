/**
 * One look at a whole cluster: every member is asked at the same time, and one that does not answer is part of what was
 * seen. `doctor` judges it, `top` draws it.
 */
import type { MetricsReading } from '@concord/client/metrics';

export interface SeenMember {
  readonly id: bigint;
  /** Empty for one that was added and has not started. */
  readonly name: string;
  readonly peerUrls: readonly string[];
  readonly clientUrls: readonly string[];
  readonly isLearner: boolean;
}

/** What Maintenance.Status says. */
export interface SeenStatus {
  readonly clusterId: bigint;
  readonly memberId: bigint;
  readonly version: string;
  /** Empty before etcd 3.6. */
  readonly storageVersion: string;
  /** 0 where it knows of none. */
  readonly leaderId: bigint;
  readonly isLearner: boolean;
  readonly revision: number;
  readonly raftTerm: number;
  readonly raftIndex: number;
  readonly raftAppliedIndex: number;
  readonly databaseBytes: number;
  readonly databaseBytesInUse: number;
  /** 0 before etcd 3.6. */
  readonly quotaBytes: number;
  readonly errors: readonly string[];
}

export type MemberAnswer =
  | { readonly state: 'answered'; readonly status: SeenStatus; readonly latencyMs: number }
  | { readonly state: 'silent'; readonly problem: string }
  | { readonly state: 'not-started' };

/** Clocks of the member and of this machine, in milliseconds since the epoch. */
export interface SeenClock {
  /** Full seconds: it is up to a second later than it says. */
  readonly dateMs: number;
  readonly sentAtMs: number;
  readonly answeredAtMs: number;
}

export interface SurveyedMember {
  readonly member: SeenMember;
  /** What was asked: the first of its client URLs that answered, else an endpoint of the command line, else the first. */
  readonly url: string | undefined;
  /** It answered at an endpoint of the command line, and at none of the client URLs that it tells clients. */
  readonly isElsewhere: boolean;
  readonly answer: MemberAnswer;
  /** What `/metrics` says, where the member shows it on its client URL. */
  readonly metrics: MetricsReading | undefined;
  /** The version of Concord, or undefined for etcd. */
  readonly concordVersion: string | undefined;
  readonly clock: SeenClock | undefined;
}

export interface SeenAlarm {
  readonly memberId: bigint;
  readonly kind: 'nospace' | 'corrupt';
}

export interface Survey {
  /** Milliseconds since the epoch, by this machine. */
  readonly atMs: number;
  readonly members: readonly SurveyedMember[];
  /** Undefined where they could not be asked for. */
  readonly alarms: readonly SeenAlarm[] | undefined;
}

export interface AnsweringMember extends SurveyedMember {
  readonly answer: Extract<MemberAnswer, { state: 'answered' }>;
}

export const answering = ({ members }: Pick<Survey, 'members'>): readonly AnsweringMember[] =>
  members.filter((one): one is AnsweringMember => one.answer.state === 'answered');

/** As people call it: by its name, else by its URL, else by its id. */
export const titleOf = ({ member, url }: Pick<SurveyedMember, 'member' | 'url'>): string =>
  member.name !== '' ? member.name : (url ?? member.peerUrls[0] ?? member.id.toString(16));

/** The leader that most of those who answered know of; undefined where none knows one. */
export function leaderOf(survey: Pick<Survey, 'members'>): bigint | undefined {
  const votes = new Map<bigint, number>();
  for (const { answer } of answering(survey)) {
    const { leaderId } = answer.status;
    if (leaderId !== 0n) votes.set(leaderId, (votes.get(leaderId) ?? 0) + 1);
  }
  return [...votes].sort(([, one], [, other]) => other - one)[0]?.[0];
}
