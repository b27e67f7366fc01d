/** The members of the cluster. */
import { Cluster as ClusterService, type Member } from '@concord/protocol';
import { callOptionNames, checkNames, invalid, show, type CallOptions } from '../options.ts';
import type { Caller } from '../transport/caller.ts';

/** A member of the cluster. */
export interface ClusterMember {
  readonly id: bigint;
  /** Empty until the member has started. */
  readonly name: string;
  readonly peerUrls: readonly string[];
  /** Where clients reach it; empty until the member has started. */
  readonly clientUrls: readonly string[];
  /** Whether it only listens, without a vote. */
  readonly isLearner: boolean;
}

/** What adding a member answers. */
export interface MemberAdded {
  readonly member: ClusterMember;
  /** All members, the new one included: what its `--initial-cluster` is made of. */
  readonly members: readonly ClusterMember[];
}

/** How a member is added. */
export interface AddMemberOptions extends CallOptions {
  /** Adds it as a learner, to be promoted when it has caught up. */
  readonly learner?: boolean | undefined;
}

/** The members of the cluster: {@link Client.cluster}. */
export class Cluster {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** The members, as the leader knows them; `consistency: 'serializable'` as whichever member answers does. */
  async members(options: CallOptions = {}): Promise<readonly ClusterMember[]> {
    checkNames(options, callOptionNames, 'cluster.members');
    const method = ClusterService.methods.memberList;
    const linearizable = options.consistency !== 'serializable';
    const about = { operation: 'cluster.members', effect: 'read' } as const;
    const request = method.request.create({ linearizable });
    const { members } = await this.#caller.call(method, request, about, options);
    return members.map(memberOf);
  }

  /** Adds a member that will listen to its peers at `peerUrls`; start it next. */
  async add(peerUrls: readonly string[], options: AddMemberOptions = {}): Promise<MemberAdded> {
    checkNames(options, [...callOptionNames, 'learner'], 'cluster.add');
    const method = ClusterService.methods.memberAdd;
    const request = method.request.create({
      peerURLs: checkUrls(peerUrls, 'cluster.add'),
      isLearner: options.learner ?? false,
    });
    const subject = peerUrls.join(',');
    const about = { operation: 'cluster.add', subject, effect: 'write' } as const;
    const { member, members } = await this.#caller.call(method, request, about, options);
    return { member: memberOf(member as Member), members: members.map(memberOf) };
  }

  /** Removes a member for good; answers those that are left. */
  remove(id: bigint, options: CallOptions = {}): Promise<readonly ClusterMember[]> {
    return this.#change('cluster.remove', ClusterService.methods.memberRemove, id, {}, options);
  }

  /** Changes where a member listens to its peers. */
  update(
    id: bigint,
    peerUrls: readonly string[],
    options: CallOptions = {},
  ): Promise<readonly ClusterMember[]> {
    const fields = { peerURLs: checkUrls(peerUrls, 'cluster.update') };
    return this.#change('cluster.update', ClusterService.methods.memberUpdate, id, fields, options);
  }

  /** Gives a learner that has caught up a vote. */
  promote(id: bigint, options: CallOptions = {}): Promise<readonly ClusterMember[]> {
    return this.#change('cluster.promote', ClusterService.methods.memberPromote, id, {}, options);
  }

  async #change(
    operation: string,
    method: ChangeMethod,
    id: bigint,
    fields: object,
    options: CallOptions,
  ): Promise<readonly ClusterMember[]> {
    checkNames(options, callOptionNames, operation);
    if (typeof id !== 'bigint') {
      throw invalid(operation, `${show(id)} is no member`, 'give its id, a bigint');
    }
    const about = { operation, subject: id.toString(16), effect: 'write' } as const;
    const request = { ID: id, ...fields } as never;
    const { members } = await this.#caller.call(method, request, about, options);
    return members.map(memberOf);
  }
}

type ChangeMethod =
  | typeof ClusterService.methods.memberRemove
  | typeof ClusterService.methods.memberUpdate
  | typeof ClusterService.methods.memberPromote;

function memberOf(member: Member): ClusterMember {
  const { ID, name, peerURLs, clientURLs, isLearner } = member;
  return { id: ID, name, peerUrls: peerURLs, clientUrls: clientURLs, isLearner };
}

function checkUrls(urls: readonly string[], operation: string): string[] {
  const given: unknown = urls;
  if (Array.isArray(given) && given.length > 0 && given.every((url) => URL.canParse(String(url)))) {
    return [...urls];
  }
  throw invalid(
    operation,
    `peerUrls is ${show(urls)}`,
    'give a list of at least one, such as ["http://10.0.0.4:2380"]',
  );
}
