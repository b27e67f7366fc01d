/** What operators ask of members: how they fare, alarms, backups, defragmentation. */
import {
  AlarmRequest_AlarmAction,
  AlarmType,
  DowngradeRequest_DowngradeAction,
  Maintenance as MaintenanceService,
} from '@concord/protocol';
import { callOptionNames, checkNames, invalid, show, type CallOptions } from '../options.ts';
import type { Caller } from '../transport/caller.ts';

/** Some calls are about one member. */
export interface MemberOptions extends CallOptions {
  /** One of the client's endpoints; whichever works by default. */
  readonly endpoint?: string | undefined;
}

const memberOptionNames = [...callOptionNames, 'endpoint'];

/** How a member fares. */
export interface MemberStatus {
  readonly clusterId: bigint;
  readonly memberId: bigint;
  /** The member's version, such as `3.6.1`. */
  readonly version: string;
  /** 0 where the member knows of none. */
  readonly leaderId: bigint;
  readonly isLearner: boolean;
  /** Revision of the member's store. */
  readonly revision: number;
  readonly raftTerm: number;
  readonly raftIndex: number;
  readonly raftAppliedIndex: number;
  /** What the database takes on disk, and how much of it is used. */
  readonly databaseBytes: number;
  readonly databaseBytesInUse: number;
  /** What is wrong, in the member's words. */
  readonly errors: readonly string[];
}

/** `nospace`: the database has reached its quota. `corrupt`: it differs from the others'. */
export type AlarmKind = 'nospace' | 'corrupt';

/** An alarm that a member has raised. */
export interface Alarm {
  readonly memberId: bigint;
  readonly kind: AlarmKind;
}

/** A piece of a backup. */
export interface SnapshotChunk {
  readonly bytes: Uint8Array;
  /** What is still to come; the last 32 bytes of all are a SHA-256 of those before them. */
  readonly remainingBytes: number;
}

/** A hash of a member's history. */
export interface StoreHash {
  readonly hash: number;
  /** Revision up to which it was taken, and the oldest that went in. */
  readonly hashRevision: number;
  readonly compactRevision: number;
}

const alarmKinds = { nospace: AlarmType.NOSPACE, corrupt: AlarmType.CORRUPT } as const;

/** Care for members: {@link Client.maintenance}. */
export class Maintenance {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** How a member fares; answered from memory, with or without a leader. */
  async status(options: MemberOptions = {}): Promise<MemberStatus> {
    checkNames(options, memberOptionNames, 'maintenance.status');
    const method = MaintenanceService.methods.status;
    const about = this.#about('maintenance.status', options);
    const status = await this.#caller.call(method, method.request.create(), about, local(options));
    return {
      clusterId: status.header?.clusterId ?? 0n,
      memberId: status.header?.memberId ?? 0n,
      version: status.version,
      leaderId: status.leader,
      isLearner: status.isLearner,
      revision: status.header?.revision ?? 0,
      raftTerm: status.raftTerm,
      raftIndex: status.raftIndex,
      raftAppliedIndex: status.raftAppliedIndex,
      databaseBytes: status.dbSize,
      databaseBytesInUse: status.dbSizeInUse,
      errors: status.errors,
    };
  }

  /** The alarms that are raised. */
  alarms(options: CallOptions = {}): Promise<readonly Alarm[]> {
    checkNames(options, callOptionNames, 'maintenance.alarms');
    return this.#alarm('maintenance.alarms', AlarmRequest_AlarmAction.GET, undefined, options);
  }

  /** Clears an alarm, or all of them. Answers those that were cleared. */
  async disarm(alarm?: Alarm, options: CallOptions = {}): Promise<readonly Alarm[]> {
    const operation = 'maintenance.disarm';
    checkNames(options, callOptionNames, operation);
    const wanted = alarm === undefined ? await this.alarms(options) : [alarm];
    const cleared: Alarm[] = [];
    for (const one of wanted) {
      const action = AlarmRequest_AlarmAction.DEACTIVATE;
      cleared.push(...(await this.#alarm(operation, action, one, options)));
    }
    return cleared;
  }

  /** Gives the free pages of a member's database back to the file system. The member stands still meanwhile. */
  async defragment(options: MemberOptions = {}): Promise<void> {
    checkNames(options, memberOptionNames, 'maintenance.defragment');
    const method = MaintenanceService.methods.defragment;
    const about = this.#about('maintenance.defragment', options);
    await this.#caller.call(method, method.request.create(), about, local(options));
  }

  /** A hash of a member's history up to `revision` (0: the newest); equal on all members that are well. */
  async hashKV(revision = 0, options: MemberOptions = {}): Promise<StoreHash> {
    checkNames(options, memberOptionNames, 'maintenance.hashKV');
    const method = MaintenanceService.methods.hashKV;
    const about = this.#about('maintenance.hashKV', options);
    const answer = await this.#caller.call(
      method,
      method.request.create({ revision }),
      about,
      local(options),
    );
    const { hash, hashRevision, compactRevision } = answer;
    return { hash, hashRevision: hashRevision > 0 ? hashRevision : revision, compactRevision };
  }

  /** Hands leadership to the member `id`. */
  async moveLeader(id: bigint, options: CallOptions = {}): Promise<void> {
    checkNames(options, callOptionNames, 'maintenance.moveLeader');
    if (typeof id !== 'bigint') {
      throw invalid('maintenance.moveLeader', `${show(id)} is no member`, 'give its id, a bigint');
    }
    const method = MaintenanceService.methods.moveLeader;
    const subject = id.toString(16);
    // A member that does not lead refuses: the next one is asked.
    const about = { operation: 'maintenance.moveLeader', subject, effect: 'write' } as const;
    await this.#caller.call(method, method.request.create({ targetID: id }), about, options);
  }

  /**
   * A copy of a member's database, chunk by chunk, to be written to a file that `concordutl snapshot restore` and etcd's
   * own take. Without a `timeout` it may take as long as it takes.
   */
  async *snapshot(options: MemberOptions = {}): AsyncIterableIterator<SnapshotChunk> {
    checkNames(options, memberOptionNames, 'maintenance.snapshot');
    const method = MaintenanceService.methods.snapshot;
    const about = this.#about('maintenance.snapshot', options);
    const chunks = this.#caller.ask(method, method.request.create(), about, local(options));
    for await (const { blob, remainingBytes } of chunks) yield { bytes: blob, remainingBytes };
  }

  /** Checks, begins or cancels a downgrade of the cluster; answers the version that the cluster has. */
  async downgrade(
    action: 'validate' | 'enable' | 'cancel',
    version = '',
    options: CallOptions = {},
  ): Promise<string> {
    const operation = 'maintenance.downgrade';
    checkNames(options, callOptionNames, operation);
    const actions = DowngradeRequest_DowngradeAction;
    const known = { validate: actions.VALIDATE, enable: actions.ENABLE, cancel: actions.CANCEL };
    if (!Object.hasOwn(known, action)) {
      throw invalid(
        operation,
        `action is ${show(action)}`,
        'give "validate", "enable" or "cancel"',
      );
    }
    const method = MaintenanceService.methods.downgrade;
    const request = method.request.create({ action: known[action], version });
    const effect = action === 'validate' ? 'read' : 'write';
    const answer = await this.#caller.call(method, request, { operation, effect }, options);
    return answer.version;
  }

  async #alarm(
    operation: string,
    action: number,
    alarm: Alarm | undefined,
    options: CallOptions,
  ): Promise<readonly Alarm[]> {
    const method = MaintenanceService.methods.alarm;
    const request = method.request.create({
      action,
      memberID: alarm?.memberId ?? 0n,
      alarm: alarm === undefined ? AlarmType.NONE : alarmKinds[alarm.kind],
    });
    // Clearing twice is clearing once.
    const about = { operation, effect: 'read' } as const;
    const { alarms } = await this.#caller.call(method, request, about, options);
    return alarms.map(({ memberID, alarm: kind }) => ({
      memberId: memberID,
      kind: kind === AlarmType.CORRUPT ? 'corrupt' : 'nospace',
    }));
  }

  #about(operation: string, { endpoint }: MemberOptions) {
    return { operation, subject: endpoint, endpoint, effect: 'read' } as const;
  }
}

/** What a member does on its own, leader or not. */
const local = (options: CallOptions): CallOptions => ({ ...options, consistency: 'serializable' });
