/** `etcdserverpb.Cluster`: who the members are. */
import { Cluster, MemberListRequest, MemberListResponse } from '@concord/protocol';
import type { Replica } from '@concord/kv';
import type { MethodRegistry, UnaryHandler } from './method.ts';

export class ClusterService {
  readonly #replica: Replica;

  constructor(replica: Replica) {
    this.#replica = replica;
  }

  register(registry: MethodRegistry): void {
    registry.unary(Cluster, Cluster.methods.memberList, this.#list);
  }

  readonly #list: UnaryHandler = (bytes, reply) => {
    const { linearizable } = MemberListRequest.decode(bytes);
    const answer = (): void =>
      reply.ok((writer) => {
        // etcd leaves the revision out of membership answers.
        this.#replica.header.write(writer, 0);
        const members = [...this.#replica.machine.members.list()];
        MemberListResponse.encode(MemberListResponse.create({ members }), writer);
      });
    if (linearizable) this.#replica.read(answer, (error) => reply.fail(error));
    else answer();
  };
}
