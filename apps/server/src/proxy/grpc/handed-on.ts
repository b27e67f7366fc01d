/** The services that a proxy hands on as they are, but for the names of locks and elections where there is a namespace. */
import {
  Auth,
  Cluster,
  Election,
  Lock,
  Maintenance,
  type LockResponse,
  type MethodDescriptor,
  type ServiceDescriptor,
  type UnlockRequest,
} from '@concord/protocol';
import type { MethodRegistry } from '../../rpc/method.ts';
import type { Forwarder, ForwardOptions } from './forwarder.ts';
import type { Namespace } from './namespace.ts';

/** They change nothing, whatever they are asked. */
const READS: ReadonlySet<string> = new Set(
  [
    Auth.methods.authStatus,
    Auth.methods.roleGet,
    Auth.methods.roleList,
    Auth.methods.userGet,
    Auth.methods.userList,
    Cluster.methods.memberList,
    Election.methods.leader,
    Maintenance.methods.hash,
    Maintenance.methods.hashKV,
    Maintenance.methods.status,
  ].map(({ path }) => path),
);

export interface HandedOn {
  readonly registry: MethodRegistry;
  readonly forwarder: Forwarder;
  /** Nothing that anybody was answered counts any more. */
  forget(): void;
  readonly namespace: Namespace | undefined;
}

/** Everything but KV, Watch, Lease and the list of members. */
export function handOn({ registry, forwarder, forget, namespace }: HandedOn): void {
  const handler = <Request, Response>(
    service: ServiceDescriptor,
    method: MethodDescriptor<Request, Response>,
    options: ForwardOptions<Request, Response> = {},
  ): void => {
    if (method.kind !== 'unary') forwarder.answers(registry, service, method, options);
    else {
      const isRead = READS.has(method.path);
      registry.unary(service, method, forwarder.unary(method, { ...options, isRead }));
    }
  };
  for (const method of methodsOf(Maintenance)) handler(Maintenance, method);
  for (const method of methodsOf(Cluster)) {
    if (method.path !== Cluster.methods.memberList.path) handler(Cluster, method);
  }
  // What anybody could read before may be secret from now on.
  const began = (): (() => void) => forget;
  for (const method of methodsOf(Auth)) {
    handler(Auth, method, method.path === Auth.methods.authEnable.path ? { began } : {});
  }
  const { campaign, proclaim, leader, observe, resign } = Election.methods;
  const [named, ofLeader, response] = [
    namespace?.named,
    namespace?.ofLeader,
    namespace?.leaderResponse,
  ];
  handler(Election, campaign, { request: named, response });
  handler(Election, leader, { request: named, response });
  handler(Election, observe, { request: named, response });
  handler(Election, proclaim, { request: ofLeader });
  handler(Election, resign, { request: ofLeader });
  const withKey =
    <Message extends LockResponse | UnlockRequest>(change: (key: Uint8Array) => Uint8Array) =>
    (message: Message): Message => ({ ...message, key: change(message.key) });
  const { lock, unlock } = Lock.methods;
  if (namespace === undefined) {
    handler(Lock, lock);
    handler(Lock, unlock);
  } else {
    handler(Lock, lock, { request: named, response: withKey((key) => namespace.bare(key)) });
    handler(Lock, unlock, { request: withKey((key) => namespace.key(key)) });
  }
}

const methodsOf = ({ methods }: ServiceDescriptor): readonly MethodDescriptor[] =>
  Object.values(methods);
