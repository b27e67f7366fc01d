/** `etcdserverpb.Cluster`: who the members are, and changes of that, which any member takes and the leader makes. */
import {
  Cluster,
  MemberAddRequest,
  MemberAddResponse,
  MemberListRequest,
  MemberListResponse,
  MemberPromoteRequest,
  MemberPromoteResponse,
  MemberRemoveRequest,
  MemberRemoveResponse,
  MemberUpdateRequest,
  MemberUpdateResponse,
  MembershipRequest,
  MembershipRequest_Action as Action,
  etcdErrors,
  type Member,
  type Writer,
} from '@concord/protocol';
import type { Replica } from '@concord/kv';
import { parseAddresses } from '../config/address.ts';
import { memberId } from '../identity.ts';
import type { MethodRegistry, Reply, UnaryHandler } from './method.ts';

export class ClusterService {
  readonly #replica: Replica;
  /** Wall clock in seconds since 1970: part of the id of a member that is added. */
  readonly #unixSeconds: () => number;
  readonly #refused: (request: MembershipRequest, reason: string) => void;

  /** `refused` hears what etcd's error texts leave out: who made a change of the membership unwise. */
  constructor(
    replica: Replica,
    unixSeconds: () => number,
    refused: (request: MembershipRequest, reason: string) => void = () => undefined,
  ) {
    this.#replica = replica;
    this.#unixSeconds = unixSeconds;
    this.#refused = refused;
  }

  register(registry: MethodRegistry): void {
    const { methods } = Cluster;
    registry.unary(Cluster, methods.memberList, this.#list);
    registry.unary(Cluster, methods.memberAdd, this.#add);
    registry.unary(Cluster, methods.memberRemove, this.#remove);
    registry.unary(Cluster, methods.memberUpdate, this.#update);
    registry.unary(Cluster, methods.memberPromote, this.#promote);
  }

  readonly #list: UnaryHandler = (bytes, reply) => {
    const { linearizable } = MemberListRequest.decode(bytes);
    const answer = (): void =>
      this.#answer(reply, (members, writer) =>
        MemberListResponse.encode(MemberListResponse.create({ members }), writer),
      );
    if (linearizable) this.#replica.read(answer, (error) => reply.fail(error));
    else answer();
  };

  readonly #add: UnaryHandler = (bytes, reply) => {
    const { peerURLs, isLearner } = MemberAddRequest.decode(bytes);
    if (!areUsable(peerURLs)) return reply.fail(etcdErrors.ErrMemberBadURLs);
    const ID = memberId(peerURLs, String(this.#unixSeconds()));
    const action = isLearner ? Action.ADD_LEARNER : Action.ADD;
    this.#change({ action, ID, peerURLs }, reply, (members, writer) => {
      const member = members.find((candidate) => candidate.ID === ID);
      MemberAddResponse.encode(
        MemberAddResponse.create({ members, ...(member !== undefined && { member }) }),
        writer,
      );
    });
  };

  readonly #remove: UnaryHandler = (bytes, reply) => {
    const { ID } = MemberRemoveRequest.decode(bytes);
    this.#change({ action: Action.REMOVE, ID }, reply, (members, writer) =>
      MemberRemoveResponse.encode(MemberRemoveResponse.create({ members }), writer),
    );
  };

  readonly #update: UnaryHandler = (bytes, reply) => {
    const { ID, peerURLs } = MemberUpdateRequest.decode(bytes);
    // etcd takes anything here, and no longer answers after something that is no URL.
    if (!areUsable(peerURLs)) return reply.fail(etcdErrors.ErrMemberBadURLs);
    this.#change({ action: Action.UPDATE, ID, peerURLs }, reply, (members, writer) =>
      MemberUpdateResponse.encode(MemberUpdateResponse.create({ members }), writer),
    );
  };

  readonly #promote: UnaryHandler = (bytes, reply) => {
    const { ID } = MemberPromoteRequest.decode(bytes);
    this.#change({ action: Action.PROMOTE, ID }, reply, (members, writer) =>
      MemberPromoteResponse.encode(MemberPromoteResponse.create({ members }), writer),
    );
  };

  #change(
    fields: Partial<MembershipRequest>,
    reply: Reply,
    write: (members: Member[], writer: Writer) => void,
  ): void {
    const request = MembershipRequest.create(fields);
    this.#replica.calls.changeMembership(request, (outcome) => {
      if (outcome === 'changed') return this.#answer(reply, write);
      this.#refused(request, outcome.message);
      reply.fail(outcome);
    });
  }

  #answer(reply: Reply, write: (members: Member[], writer: Writer) => void): void {
    reply.ok((writer) => {
      // etcd leaves the revision out of membership answers.
      this.#replica.header.write(writer, 0);
      write([...this.#replica.machine.members.list()], writer);
    });
  }
}

function areUsable(urls: readonly string[]): boolean {
  try {
    return urls.length > 0 && parseAddresses(urls.join(',')).length === urls.length;
  } catch {
    return false;
  }
}
