/**
 * `Cluster.MemberList` as clients of a proxy are to see it: the proxies instead of the members, so that a client that asks
 * for more endpoints stays with them.
 */
import { hostname } from 'node:os';
import { Cluster, Member, MemberListResponse } from '@concord/protocol';
import type { MethodRegistry } from '../../../rpc/method.ts';
import type { Forwarder } from '../forwarder.ts';
import type { ProxyDirectory } from './proxy-directory.ts';

/** @param advertised `--advertise-client-url`; empty tells of the members. @param directory with a prefix */
export function registerMemberList(
  registry: MethodRegistry,
  forwarder: Forwarder,
  advertised: string,
  directory: ProxyDirectory | undefined,
): void {
  const method = Cluster.methods.memberList;
  if (advertised === '') {
    registry.unary(Cluster, method, forwarder.unary(method, { isRead: true }));
    return;
  }
  registry.unary(Cluster, method, (_request, reply) => {
    const registered = directory?.proxies ?? [];
    const proxies =
      registered.length > 0 ? registered : [{ name: hostname(), address: advertised }];
    const members = proxies.map(({ name, address }) =>
      Member.create({ name, clientURLs: [address] }),
    );
    reply.ok((writer) => MemberListResponse.encode(MemberListResponse.create({ members }), writer));
  });
}
