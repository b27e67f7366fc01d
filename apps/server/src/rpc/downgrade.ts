/**
 * `Maintenance.Downgrade`: takes the cluster to the version before and back, in etcd's words. Members of every version of
 * Concord read each other's data, and to etcd the way leads through a snapshot; so what falls is the version that the
 * cluster tells, and the one that its snapshots are of.
 */
import {
  DowngradeRequest,
  DowngradeRequest_DowngradeAction as Action,
  DowngradeResponse,
  Maintenance,
  etcdErrors,
  type DowngradeInfo,
  type EtcdErrorRow,
} from '@concord/protocol';
import { encodeCommand, type Command, type Replica, type Settle } from '@concord/kv';
import { clusterVersionOf, shortVersion } from '../cluster-version.ts';
import type { MethodRegistry, Reply, UnaryHandler } from './method.ts';

export class DowngradeService {
  readonly #replica: Replica;

  constructor(replica: Replica) {
    this.#replica = replica;
  }

  register(registry: MethodRegistry): void {
    registry.unary(Maintenance, Maintenance.methods.downgrade, this.#downgrade);
  }

  readonly #downgrade: UnaryHandler = (bytes, reply) => {
    const { action, version } = DowngradeRequest.decode(bytes);
    switch (action) {
      case Action.VALIDATE:
        return this.#validated(version, reply, () => this.#answer(reply));
      case Action.ENABLE:
        return this.#validated(version, reply, (targetVersion) =>
          this.#set({ enabled: true, targetVersion }, reply),
        );
      case Action.CANCEL:
        return this.#cancel(reply);
      default:
        return reply.fail(etcdErrors.ErrUnknownMethod);
    }
  };

  /** Runs `run` with the target as `X.Y.0` if the cluster may go there. */
  #validated(version: string, reply: Reply, run: (targetVersion: string) => void): void {
    const target = parseTarget(version);
    if (target === undefined) return reply.fail(etcdErrors.ErrWrongDowngradeVersionFormat);
    this.#read(reply, () => {
      if (target !== previousOf(clusterVersionOf(this.#replica))) {
        return reply.fail(etcdErrors.ErrInvalidDowngradeTargetVersion);
      }
      if (this.#replica.machine.downgrade.targetVersion !== undefined) {
        return reply.fail(etcdErrors.ErrDowngradeInProcess);
      }
      run(target);
    });
  }

  /** Without anything to cancel etcd logs that, and answers as if there had been. */
  #cancel(reply: Reply): void {
    this.#read(reply, () => {
      if (this.#replica.machine.downgrade.targetVersion === undefined) return this.#answer(reply);
      this.#set({ enabled: false, targetVersion: '' }, reply);
    });
  }

  #set(request: DowngradeInfo, reply: Reply): void {
    const command: Command = { kind: 'downgrade', request };
    // As in etcd, the answer tells of the version before the change.
    const version = clusterVersionOf(this.#replica);
    const settle: Settle = (outcome) => {
      if ('code' in outcome) reply.fail(outcome);
      else this.#answer(reply, version);
    };
    this.#replica.propose(command, encodeCommand(command), settle, reply.caller.askedBy);
  }

  #read(reply: Reply, run: () => void): void {
    this.#replica.read(run, (error: EtcdErrorRow) => reply.fail(error));
  }

  #answer(reply: Reply, version = clusterVersionOf(this.#replica)): void {
    const response = DowngradeResponse.create({ version: shortVersion(version) });
    reply.ok((writer) => {
      this.#replica.header.write(writer, this.#replica.machine.revision);
      DowngradeResponse.encode(response, writer);
    });
  }
}

/** The only version that a cluster may be taken down to. */
function previousOf(version: string): string {
  const [major, minor] = version.split('.');
  return `${major}.${Number(minor) - 1}.0`;
}

/** `X.Y` or `X.Y.Z`, what follows the minor version left out; undefined for anything else. */
function parseTarget(version: string): string | undefined {
  const match = /^(\d+)\.(\d+)(?:\.\d+(?:-[\w.-]+)?(?:\+[\w.-]+)?)?$/.exec(version);
  return match === null ? undefined : `${Number(match[1])}.${Number(match[2])}.0`;
}
