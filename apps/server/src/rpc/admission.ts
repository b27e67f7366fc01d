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
import type { Access } from '../auth/access-table.ts';
import { Authenticator, type Credentials } from '../auth/authenticator.ts';
import { INVALID_TOKEN, type Caller } from '../auth/caller.ts';
import type { Gate } from './method.ts';

export class Admission implements Gate {
  readonly #replica: Replica;
  readonly #authenticator: Authenticator;

  /** Without an authenticator nobody is known. */
  constructor(replica: Replica, authenticator?: Authenticator) {
    this.#replica = replica;
    this.#authenticator =
      authenticator ??
      new Authenticator({
        replica,
        tokens: undefined,
        trustsCertificates: false,
        now: () => 0,
      });
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

  get asksForCredentials(): boolean {
    return this.#authenticator.isOn;
  }

  identify(credentials: Credentials): Caller | 'unapplied' {
    return this.#authenticator.identify(credentials);
  }

  whenIdentified(
    credentials: Credentials,
    identified: (caller: Caller) => void,
    fail: (error: EtcdErrorRow) => void,
  ): void {
    this.#replica.read(() => {
      const caller = this.#authenticator.identify(credentials);
      identified(caller === 'unapplied' ? INVALID_TOKEN : caller);
    }, fail);
  }

  /** Where it matters what is asked for, the state machine decides; see the table of `auth/access-table.ts`. */
  refuseCaller(access: Access, caller: Caller): EtcdErrorRow | undefined {
    if (access === 'open' || access === 'where-answered') return undefined;
    if (caller.refusal !== undefined || access === 'no-wrong-token') return caller.refusal;
    const control = this.#replica.machine.auth.access;
    return access === 'root'
      ? control.refuseAdministration(caller.askedBy)
      : control.refuseStranger(caller.askedBy);
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
