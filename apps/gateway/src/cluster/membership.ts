/** Who belongs to the cluster: the changes that an operator makes, with answers that say what is next. */
import { ConcordError, type Client, type ClusterMember } from '@concord/client';
import { tellAudit } from '../audit/audit-scope.ts';
import { Problem } from '../http/problem.ts';
import type { Member } from './member-schemas.ts';

export const memberDocument = (member: ClusterMember): Member => ({
  id: member.id.toString(16),
  name: member.name,
  peerUrls: [...member.peerUrls],
  clientUrls: [...member.clientUrls],
  isLearner: member.isLearner,
});

export const memberIdOf = (text: string): bigint => BigInt(`0x${text}`);

export class Membership {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  async list(): Promise<Member[]> {
    return (await this.#client.cluster.members()).map(memberDocument);
  }

  /** The cluster counts with it from now on: it has to be started with what is answered. */
  async add(
    peerUrls: readonly string[],
    isLearner: boolean,
  ): Promise<{ readonly member: Member; readonly initialCluster: string }> {
    const { member, members } = await this.#client.cluster.add(peerUrls, { learner: isLearner });
    tellAudit({ subject: `member ${member.id.toString(16)}`, after: { peerUrls, isLearner } });
    const named = members.map(({ id, name, peerUrls: urls }) => ({
      name: id === member.id ? 'NAME' : name,
      urls,
    }));
    const initialCluster = named
      .flatMap(({ name, urls }) => urls.map((url) => `${name}=${url}`))
      .join();
    return { member: memberDocument(member), initialCluster };
  }

  async promote(id: bigint): Promise<Member[]> {
    return this.#change(id, () => this.#client.cluster.promote(id));
  }

  async update(id: bigint, peerUrls: readonly string[]): Promise<Member[]> {
    return this.#change(id, () => this.#client.cluster.update(id, peerUrls));
  }

  async remove(id: bigint): Promise<Member[]> {
    return this.#change(id, () => this.#client.cluster.remove(id));
  }

  /** Hands leadership to a member. @throws Problem */
  async moveLeader(id: bigint): Promise<void> {
    tellAudit({ subject: `member ${id.toString(16)}` });
    const members = await this.#client.cluster.members();
    if (!members.some((member) => member.id === id)) throw noMember(id);
    await this.#client.maintenance.moveLeader(id);
  }

  async #change(id: bigint, change: () => Promise<readonly ClusterMember[]>): Promise<Member[]> {
    try {
      return (await change()).map(memberDocument);
    } catch (error) {
      if (ConcordError.is(error, 'NOT_FOUND')) throw noMember(id);
      throw error;
    }
  }
}

export const noMember = (id: bigint): Problem =>
  new Problem('not-found', {
    detail: `there is no member ${id.toString(16)}: see GET /v1/cluster/members`,
  });
