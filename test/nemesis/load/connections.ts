/** The connections of one client: one to each member, made when first needed. */
import type { Cluster } from '../../cluster/cluster.ts';
import { MemberClient } from './member-client.ts';

export class Connections {
  readonly #cluster: Cluster;
  readonly #clients = new Map<number, MemberClient>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Numbers of the members that there are, in order. */
  get members(): readonly number[] {
    return this.#cluster.members.map(({ number }) => number);
  }

  to(member: number): MemberClient {
    const known = this.#clients.get(member);
    if (known !== undefined) return known;
    const client = new MemberClient(this.#cluster.member(member).endpoint);
    this.#clients.set(member, client);
    return client;
  }

  /** The member after this one, where a client turns when it was disappointed. */
  after(member: number): number {
    const { members } = this;
    return members.find((number) => number > member) ?? members[0] ?? member;
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
    this.#clients.clear();
  }
}
