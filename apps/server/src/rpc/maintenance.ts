/** `etcdserverpb.Maintenance`: what an operator asks of one member. */
import {
  AlarmRequest_AlarmAction as AlarmAction,
  AlarmResponse,
  AlarmType,
  DefragmentRequest,
  DowngradeInfo,
  HashKVRequest,
  HashKVResponse,
  HashRequest,
  HashResponse,
  Maintenance,
  MoveLeaderRequest,
  StatusRequest,
  StatusResponse,
} from '@concord/protocol';
import { decodeRequest, payloadOf, type Alarm, type Replica, type Settle } from '@concord/kv';
import { clusterVersionOf } from '../cluster-version.ts';
import { ETCD_VERSION } from '../version.ts';
import type { MethodRegistry, Reply, UnaryHandler } from './method.ts';

export interface StoreSize {
  readonly allocatedBytes: number;
  readonly usedBytes: number;
}

export interface MaintenanceOptions {
  readonly quotaBytes: number;
  readonly size: () => StoreSize;
  /** Somebody expects the file to have shrunk, and is to be told. */
  readonly defragmented: () => void;
}

const alarmNames = new Map<number, string>([
  [AlarmType.NOSPACE, 'NOSPACE'],
  [AlarmType.CORRUPT, 'CORRUPT'],
]);

export class MaintenanceService {
  readonly #replica: Replica;
  readonly #options: MaintenanceOptions;

  constructor(replica: Replica, options: MaintenanceOptions) {
    this.#replica = replica;
    this.#options = options;
  }

  register(registry: MethodRegistry): void {
    registry.unary(Maintenance, Maintenance.methods.status, this.#status);
    registry.unary(Maintenance, Maintenance.methods.alarm, this.#alarm);
    registry.unary(Maintenance, Maintenance.methods.hash, this.#hash);
    registry.unary(Maintenance, Maintenance.methods.hashKV, this.#hashKv);
    registry.unary(Maintenance, Maintenance.methods.moveLeader, this.#moveLeader);
    registry.unary(Maintenance, Maintenance.methods.defragment, this.#defragment);
  }

  readonly #status: UnaryHandler = (bytes, reply) => {
    StatusRequest.decode(bytes);
    const replica = this.#replica;
    const { allocatedBytes, usedBytes } = this.#options.size();
    const errors = replica.machine.alarms
      .list(AlarmType.NONE)
      .map(({ memberId, type }) => `memberID:${memberId} alarm:${alarmNames.get(type) ?? type} `);
    if (replica.leader === 0n) errors.unshift('etcdserver: no leader');
    const response = StatusResponse.create({
      version: ETCD_VERSION,
      dbSize: allocatedBytes,
      dbSizeInUse: usedBytes,
      leader: replica.leader,
      raftIndex: replica.commitIndex,
      raftTerm: replica.term,
      raftAppliedIndex: replica.machine.applied.index,
      errors,
      storageVersion: clusterVersionOf(replica),
      isLearner: replica.role === 'learner',
      dbSizeQuota: this.#options.quotaBytes,
      downgradeInfo: downgradeInfoOf(replica.machine.downgrade.targetVersion),
    });
    reply.ok((writer) => {
      this.#replica.header.write(writer, replica.machine.revision);
      StatusResponse.encode(response, writer);
    });
  };

  readonly #alarm: UnaryHandler = (bytes, reply) => {
    const payload = payloadOf('alarm', bytes);
    const request = decodeRequest('alarm', payload);
    if (request.action === AlarmAction.GET) {
      return this.#answerAlarms(this.#replica.machine.alarms.list(request.alarm), reply);
    }
    const settle: Settle = (outcome) => {
      if ('code' in outcome) return reply.fail(outcome);
      this.#answerAlarms(outcome.kind === 'alarm' ? outcome.alarms : [], reply);
    };
    this.#replica.propose({ kind: 'alarm', request }, payload, settle, reply.caller.askedBy);
  };

  #answerAlarms(raised: readonly Alarm[], reply: Reply): void {
    const alarms = raised.map(({ memberId, type }) => ({ memberID: memberId, alarm: type }));
    reply.ok((writer) => {
      this.#replica.header.write(writer, this.#replica.machine.revision);
      AlarmResponse.encode(AlarmResponse.create({ alarms }), writer);
    });
  }

  /** Of the newest revision; etcd's covers its whole file, so the two were never comparable between versions. */
  readonly #hash: UnaryHandler = (bytes, reply) => {
    HashRequest.decode(bytes);
    this.#replica.background.hashKv(0, (outcome) => {
      if ('code' in outcome) return reply.fail(outcome);
      reply.ok((writer) => {
        this.#replica.header.write(writer, this.#replica.machine.revision);
        HashResponse.encode(HashResponse.create({ hash: outcome.hash }), writer);
      });
    });
  };

  readonly #hashKv: UnaryHandler = (bytes, reply) => {
    const { revision } = HashKVRequest.decode(bytes);
    this.#replica.background.hashKv(revision, (outcome) => {
      if ('code' in outcome) return reply.fail(outcome);
      const { hash, compactedRevision, hashRevision } = outcome;
      reply.ok((writer) => {
        this.#replica.header.write(writer, this.#replica.machine.revision);
        const fields = { hash, compactRevision: compactedRevision, hashRevision };
        HashKVResponse.encode(HashKVResponse.create(fields), writer);
      });
    });
  };

  readonly #moveLeader: UnaryHandler = (bytes, reply) => {
    const { targetID } = MoveLeaderRequest.decode(bytes);
    this.#replica.transferLeadership(targetID, (error) => {
      if (error !== undefined) return reply.fail(error);
      // etcd answers without a header.
      reply.ok(() => undefined);
    });
  };

  /**
   * Space is reused page by page as it is freed: there is nothing to rewrite, nothing is blocked, and the file keeps its
   * size. etcd copies its file, and serves nobody meanwhile.
   */
  readonly #defragment: UnaryHandler = (bytes, reply) => {
    DefragmentRequest.decode(bytes);
    this.#options.defragmented();
    reply.ok(() => undefined);
  };
}

const downgradeInfoOf = (targetVersion: string | undefined): DowngradeInfo =>
  DowngradeInfo.create({
    enabled: targetVersion !== undefined,
    targetVersion: targetVersion ?? '',
  });
