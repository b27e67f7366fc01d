/**
 * `etcdserverpb.KV`: reads go to the state machine once it is new enough, writes to the log. A write's bytes are
 * copied once, into the log entry's payload, and the request is decoded from there.
 */
import type { TxnRequest } from '@concord/protocol';
import { KV, RangeRequest, etcdErrors, type EtcdErrorRow } from '@concord/protocol';
import {
  checkDeleteRange,
  checkPut,
  checkRange,
  checkTxn,
  decodeRequest,
  isReadOnly,
  isSerializable,
  payloadOf,
  type AskedBy,
  type Command,
  type OpResult,
  type Replica,
  type Settle,
  type TxnResult,
} from '@concord/kv';
import type { MethodRegistry, Reply, UnaryHandler } from './method.ts';
import { writeOpResponse } from './kv-response.ts';
import type { Limits } from './limits.ts';

/** Hears of reads that were carried out; must change nothing. */
export interface ReadObserver {
  ranged(request: RangeRequest, isSuccess: boolean, tookMs: number): void;
  /** A transaction that writes nothing. */
  transacted(request: TxnRequest, result: TxnResult): void;
}

export class KvService {
  readonly #replica: Replica;
  readonly #limits: Limits;
  readonly #observer: ReadObserver | undefined;

  constructor(replica: Replica, limits: Limits, observer?: ReadObserver) {
    this.#replica = replica;
    this.#limits = limits;
    this.#observer = observer;
  }

  register(registry: MethodRegistry): void {
    registry.unary(KV, KV.methods.range, this.#range);
    registry.unary(KV, KV.methods.put, this.#put);
    registry.unary(KV, KV.methods.deleteRange, this.#deleteRange);
    registry.unary(KV, KV.methods.txn, this.#txn);
    registry.unary(KV, KV.methods.compact, this.#compact);
  }

  readonly #range: UnaryHandler = (bytes, reply) => {
    // A read may have to wait for its turn, and the bytes are the connection's.
    const request = RangeRequest.decode(bytes.slice());
    const refused = checkRange(request);
    if (refused !== undefined) return reply.fail(refused);
    this.#read(request.serializable, reply, (askedBy) => this.#rangeNow(request, askedBy));
  };

  readonly #put: UnaryHandler = (bytes, reply) => {
    const payload = payloadOf('put', bytes);
    const request = decodeRequest('put', payload);
    if (!this.#limits.admitsPut(payload, (error) => reply.fail(error))) return;
    const refused = checkPut(request) ?? this.#limits.refuseSize(payload);
    if (refused !== undefined) return reply.fail(refused);
    this.#propose({ kind: 'put', request }, payload, reply);
  };

  readonly #deleteRange: UnaryHandler = (bytes, reply) => {
    const payload = payloadOf('delete-range', bytes);
    const request = decodeRequest('delete-range', payload);
    const refused = checkDeleteRange(request) ?? this.#limits.refuseSize(payload);
    if (refused !== undefined) return reply.fail(refused);
    this.#propose({ kind: 'delete-range', request }, payload, reply);
  };

  readonly #txn: UnaryHandler = (bytes, reply) => {
    const payload = payloadOf('txn', bytes);
    const request = decodeRequest('txn', payload);
    if (!this.#limits.admitsTxn(request, payload, (error) => reply.fail(error))) return;
    const refused = checkTxn(request, this.#limits.txnOpsMax);
    if (refused !== undefined) return reply.fail(refused);
    if (isReadOnly(request)) return this.#readTxn(request, reply);
    const tooLarge = this.#limits.refuseSize(payload);
    if (tooLarge !== undefined) return reply.fail(tooLarge);
    this.#propose({ kind: 'txn', request }, payload, reply);
  };

  #readTxn(request: TxnRequest, reply: Reply): void {
    this.#read(isSerializable(request), reply, (askedBy) => {
      const outcome = this.#replica.machine.readTxn(request, askedBy);
      if (!('code' in outcome)) this.#observer?.transacted(request, outcome);
      return outcome;
    });
  }

  #rangeNow(request: RangeRequest, askedBy: AskedBy): OpResult | EtcdErrorRow {
    if (this.#observer === undefined) return this.#replica.machine.range(request, askedBy);
    const beganMs = performance.now();
    const outcome = this.#replica.machine.range(request, askedBy);
    this.#observer.ranged(request, !('code' in outcome), performance.now() - beganMs);
    return outcome;
  }

  readonly #compact: UnaryHandler = (bytes, reply) => {
    const payload = payloadOf('compact', bytes);
    const request = decodeRequest('compact', payload);
    const { refusal, askedBy } = reply.caller;
    if (refusal !== undefined) return reply.fail(refusal);
    const settle: Settle = (outcome) => {
      if ('code' in outcome) return reply.fail(outcome);
      const answer = (): void =>
        reply.ok((writer) => this.#replica.header.write(writer, this.#replica.machine.revision));
      if (request.physical) this.#replica.background.whenCompacted(answer);
      else answer();
    };
    this.#replica.propose({ kind: 'compact', request }, payload, settle, askedBy);
  };

  #read(
    serializable: boolean,
    reply: Reply,
    read: (askedBy: AskedBy) => OpResult | EtcdErrorRow,
  ): void {
    // Who asks is looked at again when the read is answered: a token may have been revoked meanwhile.
    const run = (): void => {
      const { refusal, askedBy } = reply.caller;
      this.#answer(refusal ?? read(askedBy), reply);
    };
    if (serializable) run();
    else this.#replica.read(run, (error) => reply.fail(error));
  }

  #propose(command: Command, payload: Uint8Array, reply: Reply): void {
    const { refusal, askedBy } = reply.caller;
    if (refusal !== undefined) return reply.fail(refusal);
    const settle: Settle = (outcome) => {
      if ('code' in outcome) return reply.fail(outcome);
      if (outcome.kind === 'put' || outcome.kind === 'delete-range' || outcome.kind === 'txn') {
        return this.#answer(outcome, reply);
      }
      reply.fail(etcdErrors.ErrStopped);
    };
    this.#replica.propose(command, payload, settle, askedBy);
  }

  #answer(outcome: OpResult | EtcdErrorRow, reply: Reply): void {
    if ('code' in outcome) return reply.fail(outcome);
    reply.ok((writer) => writeOpResponse(writer, this.#replica.header, outcome));
  }
}
