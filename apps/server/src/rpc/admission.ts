/**
 * Which calls a member takes, whatever they are about. A learner answers little (etcd's list), and a member whose
 * state differs from the others' nothing but what helps to find out about it.
 */
import {
  Cluster,
  Health,
  KV,
  Maintenance,
  RangeRequest,
  etcdErrors,
  type EtcdErrorRow,
} from '@concord/protocol';
import type { Replica } from '@concord/kv';

export class Admission {
  readonly #replica: Pick<Replica, 'leader' | 'role' | 'isFenced'>;

  constructor(replica: Pick<Replica, 'leader' | 'role' | 'isFenced'>) {
    this.#replica = replica;
  }

  /** For clients that will not talk to a member without a leader. */
  get hasLeader(): boolean {
    return this.#replica.leader !== 0n;
  }

  /** Why a unary call is not taken. */
  refuseUnary(path: string, request: Uint8Array): EtcdErrorRow | undefined {
    if (this.#replica.isFenced && !answeredWhenFenced.has(path)) return etcdErrors.ErrCorrupt;
    if (this.#replica.role !== 'learner' || path === Maintenance.methods.status.path)
      return undefined;
    const isLocalRead = path === KV.methods.range.path && RangeRequest.decode(request).serializable;
    return isLocalRead ? undefined : etcdErrors.ErrNotSupportedForLearner;
  }

  /** Why a stream is not opened. */
  refuseStream(path: string): EtcdErrorRow | undefined {
    if (this.#replica.isFenced && !answeredWhenFenced.has(path)) return etcdErrors.ErrCorrupt;
    const isRefused =
      this.#replica.role === 'learner' && path !== Maintenance.methods.snapshot.path;
    return isRefused ? etcdErrors.ErrNotSupportedForLearner : undefined;
  }
}

const answeredWhenFenced: ReadonlySet<string> = new Set([
  Maintenance.methods.status.path,
  Maintenance.methods.alarm.path,
  Maintenance.methods.hashKV.path,
  Cluster.methods.memberList.path,
  Health.methods.check.path,
  Health.methods.list.path,
  Health.methods.watch.path,
]);
