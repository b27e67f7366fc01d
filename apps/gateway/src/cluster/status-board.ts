/** How each member is doing: all are asked at once, and one that does not answer is told as such. */
import {
  ConcordError,
  type Alarm,
  type Client,
  type ClusterMember,
  type MemberStatus as Answer,
} from '@concord/client';
import type { MemberClients } from './member-clients.ts';
import { memberDocument, noMember } from './membership.ts';
import type { ClusterStatus, MemberStatus } from './member-schemas.ts';

/** A healthy member answers in milliseconds: longer than this, and a person should hear of it. */
const ANSWER_WITHIN_MS = 1_000;

interface Asked {
  readonly member: ClusterMember;
  readonly answer: Answer | undefined;
  readonly latencyMs: number | undefined;
  readonly problem: string | undefined;
}

export class StatusBoard {
  readonly #client: Client;
  readonly #members: MemberClients;

  constructor(client: Client, members: MemberClients) {
    this.#client = client;
    this.#members = members;
  }

  async look(): Promise<ClusterStatus> {
    const timeout = ANSWER_WITHIN_MS;
    // Serializable: a cluster that has lost its majority is what one most wants to see.
    const members = await this.#client.cluster.members({ consistency: 'serializable', timeout });
    this.#members.keep(new Set(members.flatMap(({ clientUrls }) => clientUrls.slice(0, 1))));
    const [asked, alarms] = await Promise.all([
      Promise.all(members.map((member) => this.#ask(member))),
      this.#client.maintenance.alarms({ timeout }).catch((): Alarm[] => []),
    ]);
    return statusOf(asked, alarms, new Date());
  }

  /** A connection to one member. @throws Problem `not-found` */
  async memberClient(id: bigint): Promise<Client> {
    const members = await this.#client.cluster.members();
    const url = members.find((member) => member.id === id)?.clientUrls[0];
    if (url === undefined) throw noMember(id);
    return this.#members.at(url);
  }

  async #ask(member: ClusterMember): Promise<Asked> {
    const unasked = { member, answer: undefined, latencyMs: undefined };
    const [url] = member.clientUrls;
    if (url === undefined) return { ...unasked, problem: 'it has not started yet' };
    const startMs = performance.now();
    try {
      const answer = await this.#members.at(url).maintenance.status({ timeout: ANSWER_WITHIN_MS });
      return { member, answer, latencyMs: performance.now() - startMs, problem: undefined };
    } catch (error) {
      const problem = ConcordError.is(error) ? error.message : String(error);
      return { ...unasked, problem };
    }
  }
}

function statusOf(asked: readonly Asked[], alarms: readonly Alarm[], at: Date): ClusterStatus {
  const answers = asked.map(({ answer }) => answer).filter((answer) => answer !== undefined);
  const newest = Math.max(0, ...answers.map(({ raftIndex }) => raftIndex));
  const leader = answers.find(({ leaderId }) => leaderId !== 0n)?.leaderId;
  const voters = asked.filter(({ member }) => !member.isLearner);
  const withLeader = voters.filter(({ answer }) => answer !== undefined && answer.leaderId !== 0n);
  const [first] = answers;
  return {
    at: at.toISOString(),
    ...(first && { clusterId: first.clusterId.toString(16) }),
    ...(leader !== undefined && { leader: leader.toString(16) }),
    hasQuorum: withLeader.length * 2 > voters.length,
    ...(first && { revision: Math.max(...answers.map(({ revision }) => revision)) }),
    members: asked.map((one) => memberStatus(one, leader, newest)),
    alarms: alarms.map(({ memberId, kind }) => ({ member: memberId.toString(16), kind })),
  };
}

function memberStatus(
  { member, answer, latencyMs, problem }: Asked,
  leader: bigint | undefined,
  newest: number,
): MemberStatus {
  const document = memberDocument(member);
  const isLeader = member.id === leader;
  if (answer === undefined) {
    const state = member.clientUrls.length === 0 ? 'not-started' : 'unreachable';
    return { ...document, state, isLeader, ...(problem !== undefined && { problem }) };
  }
  const isLeaderless = answer.leaderId === 0n;
  return {
    ...document,
    state: isLeaderless ? 'leaderless' : 'healthy',
    ...(isLeaderless && { problem: 'it sees no leader: it is cut off, or there is no majority' }),
    isLeader,
    ...(latencyMs !== undefined && { latencyMs: Math.round(latencyMs * 100) / 100 }),
    version: answer.version,
    revision: answer.revision,
    raftTerm: answer.raftTerm,
    raftIndex: answer.raftIndex,
    raftAppliedIndex: answer.raftAppliedIndex,
    lag: Math.max(0, newest - answer.raftAppliedIndex),
    databaseBytes: answer.databaseBytes,
    databaseBytesInUse: answer.databaseBytesInUse,
    errors: [...answer.errors],
  };
}
