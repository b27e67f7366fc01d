/**
 * `etcdserverpb.Lease`: grants and revocations go through the log; the countdown is the leader's, so renewals
 * and remaining times are answered from its memory, once it is known that it still leads.
 */
import { randomBytes } from 'node:crypto';
import {
  Lease,
  LeaseGrantRequest,
  LeaseGrantResponse,
  LeaseKeepAliveRequest,
  LeaseLeasesRequest,
  LeaseTimeToLiveRequest,
  Writer,
  fromByteString,
  type EtcdErrorRow,
} from '@concord/protocol';
import {
  decideGrant,
  decodeRequest,
  encodeCommand,
  payloadOf,
  type Command,
  type KeyAccess,
  type Replica,
  type Settle,
} from '@concord/kv';
import type { Caller } from '../auth/caller.ts';
import type { Limits } from './limits.ts';
import type { MethodRegistry, Stream, StreamEvents, UnaryHandler } from './method.ts';
import { writeKeepAlive, writeLeases, writeTimeToLive } from './lease-response.ts';

/** Lease ids that the server chooses are positive as signed 64-bit integers. */
const INT63_MASK = 0x7fff_ffff_ffff_ffffn;

export interface LeaseOptions {
  readonly electionTimeoutMs: number;
}

export class LeaseService {
  readonly #replica: Replica;
  readonly #limits: Limits;
  readonly #options: LeaseOptions;

  constructor(replica: Replica, limits: Limits, options: LeaseOptions) {
    this.#replica = replica;
    this.#limits = limits;
    this.#options = options;
  }

  register(registry: MethodRegistry): void {
    registry.unary(Lease, Lease.methods.leaseGrant, this.#grant);
    registry.unary(Lease, Lease.methods.leaseRevoke, this.#revoke);
    registry.unary(Lease, Lease.methods.leaseTimeToLive, this.#timeToLive);
    registry.unary(Lease, Lease.methods.leaseLeases, this.#leases);
    registry.stream(Lease, Lease.methods.leaseKeepAlive, (stream) => this.#keepAlive(stream));
  }

  readonly #grant: UnaryHandler = (bytes, reply) => {
    const { ID, TTL } = LeaseGrantRequest.decode(bytes);
    if (!this.#limits.admitsLease((error) => reply.fail(error))) return;
    const decision = decideGrant(TTL, {
      electionTimeoutMs: this.#options.electionTimeoutMs,
      leaseCount: this.#replica.machine.leases.size,
    });
    if (decision.kind === 'refused') return reply.fail(decision.error);
    const id = ID === 0n ? this.#chooseId() : ID;
    const command: Command = { kind: 'lease-grant', request: { ID: id, TTL: decision.ttlSeconds } };
    const settle: Settle = (outcome) => {
      if ('code' in outcome) return reply.fail(outcome);
      reply.ok((writer) => {
        this.#replica.header.write(writer, this.#replica.machine.revision);
        const fields = LeaseGrantResponse.create({ ID: id, TTL: decision.ttlSeconds });
        LeaseGrantResponse.encode(fields, writer);
      });
    };
    this.#replica.propose(command, encodeCommand(command), settle, reply.caller.askedBy);
  };

  readonly #revoke: UnaryHandler = (bytes, reply) => {
    const payload = payloadOf('lease-revoke', bytes);
    const request = decodeRequest('lease-revoke', payload);
    const { refusal, askedBy } = reply.caller;
    if (refusal !== undefined) return reply.fail(refusal);
    const settle: Settle = (outcome) => {
      if ('code' in outcome) return reply.fail(outcome);
      reply.ok((writer) => this.#replica.header.write(writer, this.#replica.machine.revision));
    };
    this.#replica.propose({ kind: 'lease-revoke', request }, payload, settle, askedBy);
  };

  readonly #timeToLive: UnaryHandler = (bytes, reply) => {
    const { ID, keys } = LeaseTimeToLiveRequest.decode(bytes);
    const { machine } = this.#replica;
    this.#replica.calls.timeToLive(ID, (time) => {
      if (time !== undefined && 'code' in time) return reply.fail(time);
      const answer = (): void => {
        const refused = keys ? this.#refuseKeys(reply.caller, 'read', ID) : undefined;
        if (refused !== undefined) return reply.fail(refused);
        const attached = keys && time !== undefined ? machine.leases.keys(ID) : [];
        reply.ok((writer) => {
          this.#replica.header.write(writer, machine.revision);
          writeTimeToLive(writer, ID, time, attached.map(fromByteString));
        });
      };
      // The keys are read here, and must be no older than the leader's answer.
      if (keys && !this.#replica.isLeader) this.#replica.read(answer, (error) => reply.fail(error));
      else answer();
    });
  };

  readonly #leases: UnaryHandler = (bytes, reply) => {
    LeaseLeasesRequest.decode(bytes);
    const { machine } = this.#replica;
    const { refusal, askedBy } = reply.caller;
    const refused = refusal ?? machine.auth.access.refuseAllLeases(askedBy);
    if (refused !== undefined) return reply.fail(refused);
    const ids = machine.lessor.leases(machine.leaseNow);
    reply.ok((writer) => {
      this.#replica.header.write(writer, machine.revision);
      writeLeases(writer, ids);
    });
  };

  /** Answers in the order of the requests: one that must wait holds back those behind it. */
  #keepAlive(stream: Stream): StreamEvents {
    const waiting: bigint[] = [];
    let halfClosed = false;
    let isWorking = false;
    const writer = new Writer();

    const answer = (id: bigint, ttlSeconds: number, revision: number): void => {
      writer.reset();
      this.#replica.header.write(writer, revision);
      writeKeepAlive(writer, id, ttlSeconds);
      stream.write(writer.view());
    };
    const next = (): void => {
      if (isWorking) return;
      const id = waiting[0];
      if (id === undefined) {
        if (halfClosed) stream.end();
        return;
      }
      const refused = this.#refuseKeys(stream.identify(), 'write', id);
      if (refused !== undefined) return stream.fail(refused);
      isWorking = true;
      const { revision } = this.#replica.machine;
      this.#replica.calls.renewLease(id, (outcome) => {
        isWorking = false;
        waiting.shift();
        if (typeof outcome === 'number') answer(id, outcome, revision);
        else return stream.fail(outcome);
        next();
      });
    };
    return {
      message: (bytes) => {
        waiting.push(LeaseKeepAliveRequest.decode(bytes).ID);
        next();
      },
      halfClose: () => {
        halfClosed = true;
        next();
      },
      closed: () => {
        waiting.length = 0;
        halfClosed = false;
      },
    };
  }

  /** Why somebody may not do to all keys of a lease what is done with it. */
  #refuseKeys(caller: Caller, access: KeyAccess, id: bigint): EtcdErrorRow | undefined {
    const { auth } = this.#replica.machine;
    if (!auth.isEnabled) return undefined;
    return caller.refusal ?? auth.access.refuseLeaseKeys(caller.askedBy, access, id);
  }

  /** A positive id that no lease has. */
  #chooseId(): bigint {
    for (;;) {
      const id = randomBytes(8).readBigUInt64BE() & INT63_MASK;
      if (id !== 0n && !this.#replica.machine.leases.exists(id)) return id;
    }
  }
}
