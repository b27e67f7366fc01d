/**
 * A cluster in memory, and proxies that own keys of it, in simulated time: requests and answers take a while, some are lost,
 * some are applied long after nobody waited any more, events are late, and renewals of leases fail for seconds.
 */
import { MemoryStore, MvccStore, ResponseHeaderWriter, type Change } from '@concord/kv';
import {
  DeleteRangeRequest,
  etcdErrors,
  Event_EventType,
  fromByteString,
  KeyValue,
  RangeRequest,
  StatusCode,
  TxnRequest,
  Writer,
  type ByteString,
  type Event,
} from '@concord/protocol';
import type { Random } from '@concord/testing';
import { CallFailure } from '../../apps/server/src/proxy/grpc/cluster/call-failure.ts';
import type { Answered, ForwardedRequest } from '../../apps/server/src/proxy/grpc/forwarder.ts';
import { ClusterKv } from '../../apps/server/src/proxy/grpc/leasing/cluster-kv.ts';
import { LeasingKeys } from '../../apps/server/src/proxy/grpc/leasing/leasing-keys.ts';
import { LeasingProtocol } from '../../apps/server/src/proxy/grpc/leasing/leasing-protocol.ts';
import { writeOpResponse } from '../../apps/server/src/rpc/kv-response.ts';
import { applyTxn } from '../../packages/kv/src/txn/apply-txn.ts';

const TTL_MS = 1500;
const DELAY_MS_MAX = 20;
/** Of requests of which nobody hears. */
const LOST_SHARE = 0.04;
/** After how long such a one may still be applied. */
const LATE_MS_MAX = 6000;
/** Of events that are late. */
const LATE_EVENT_SHARE = 0.02;
const LATE_EVENT_MS_MAX = 1500;
const EVENT_MS_MAX = 40;
/** Of renewals after which none arrives for a while. */
const CUT_SHARE = 0.05;
const CUT_MS_MAX = 4000;

interface Granted {
  expiresAtMs: number;
  readonly keys: Set<ByteString>;
}

export interface SimulatedProxy {
  readonly protocol: LeasingProtocol;
  /** Asks the cluster. */
  readonly kv: ClusterKv;
}

export class LeasingWorld {
  nowMs = 0;
  readonly random: Random;
  readonly #store: MvccStore;
  readonly #header = new ResponseHeaderWriter(1n, 1n, () => 1);
  readonly #leases = new Map<bigint, Granted>();
  readonly #watchers = new Set<(event: Event) => void>();
  #nextLease = 1n;

  constructor(random: Random) {
    this.random = random;
    this.#store = MvccStore.open(new MemoryStore(), {
      leaseExists: (id) => this.#leases.has(id),
      onChange: (changes) => this.#changed(changes),
    });
  }

  /** A millisecond goes by. */
  tick(): void {
    this.nowMs++;
    for (const [id, { expiresAtMs, keys }] of this.#leases) {
      if (expiresAtMs > this.nowMs) continue;
      this.#leases.delete(id);
      for (const key of keys) {
        this.#store.deleteRange(DeleteRangeRequest.create({ key: fromByteString(key) }));
      }
    }
  }

  proxy(): SimulatedProxy {
    const kv = new ClusterKv(
      { ask: (request, answered) => this.#ask(request, answered) },
      undefined,
    );
    const keys = new LeasingKeys('leasing/');
    const protocol = new LeasingProtocol({ kv, keys, now: () => this.nowMs });
    let toldAtMs = 0;
    this.#watchers.add((event) => {
      const isLate = this.random.chance(LATE_EVENT_SHARE);
      const delayMs = this.random.integer(0, isLate ? LATE_EVENT_MS_MAX : EVENT_MS_MAX);
      toldAtMs = Math.max(toldAtMs, this.nowMs + delayMs);
      setTimeout(() => protocol.told(event), toldAtMs - this.nowMs);
    });
    protocol.watching(true);
    this.#begin(protocol);
    return { protocol, kv };
  }

  #begin(protocol: LeasingProtocol): void {
    const sentMs = this.nowMs;
    const id = this.#nextLease++;
    setTimeout(() => {
      this.#leases.set(id, { expiresAtMs: this.nowMs + TTL_MS, keys: new Set() });
      protocol.ownership.begin(id, sentMs + TTL_MS * 0.9);
      this.#keepAlive(protocol, id, 0);
    }, this.#delayMs());
  }

  /** @param cutUntilMs until when no renewal arrives */
  #keepAlive(protocol: LeasingProtocol, id: bigint, cutUntilMs: number): void {
    const cutMs = this.random.chance(CUT_SHARE)
      ? this.nowMs + this.random.integer(0, CUT_MS_MAX)
      : cutUntilMs;
    const sentMs = this.nowMs;
    setTimeout(() => {
      const lease = this.#leases.get(id);
      if (sentMs >= cutMs && lease === undefined) {
        protocol.ended();
        this.#begin(protocol);
        return;
      }
      if (sentMs >= cutMs && lease !== undefined) {
        lease.expiresAtMs = this.nowMs + TTL_MS;
        const answered = (): void => protocol.ownership.extend(sentMs + TTL_MS * 0.9);
        setTimeout(answered, this.#delayMs());
      }
      setTimeout(() => this.#keepAlive(protocol, id, cutMs), TTL_MS / 3);
    }, this.#delayMs());
  }

  #ask({ method, bytes }: ForwardedRequest, answered: Answered): () => void {
    let isGivenUp = false;
    const answer = (
      failure: CallFailure | undefined,
      response: Uint8Array = new Uint8Array(),
    ): void => {
      if (!isGivenUp) answered(failure, response);
    };
    const request = bytes.slice();
    if (this.random.chance(LOST_SHARE)) {
      const lost = new CallFailure(StatusCode.UNAVAILABLE, 'error reading from server: EOF');
      setTimeout(() => answer(lost), this.#delayMs());
      const lateMs = this.random.integer(0, LATE_MS_MAX);
      if (this.random.chance(0.7)) setTimeout(() => this.#apply(method.path, request), lateMs);
    } else {
      setTimeout(() => {
        const applied = this.#apply(method.path, request);
        setTimeout(() => {
          if (applied instanceof CallFailure) answer(applied);
          else answer(undefined, applied);
        }, this.#delayMs());
      }, this.#delayMs());
    }
    return () => (isGivenUp = true);
  }

  #apply(path: string, bytes: Uint8Array): Uint8Array | CallFailure {
    try {
      const result = path.endsWith('/Txn')
        ? applyTxn(this.#store, TxnRequest.decode(bytes))
        : this.#store.range(RangeRequest.decode(bytes));
      const writer = new Writer();
      writeOpResponse(writer, this.#header, result);
      return writer.finish();
    } catch {
      // The one thing that can be wrong with the requests here.
      const { code, message } = etcdErrors.ErrLeaseNotFound;
      return new CallFailure(code, message, 'answered');
    }
  }

  #changed(changes: readonly Change[]): void {
    for (const { kind, key, lease, previousLease, record } of changes) {
      this.#leases.get(previousLease)?.keys.delete(key);
      if (kind === 'put') this.#leases.get(lease)?.keys.add(key);
      const type = kind === 'put' ? Event_EventType.PUT : Event_EventType.DELETE;
      const event: Event = { type, kv: KeyValue.decode(record.slice()), prevKv: undefined };
      for (const watcher of this.#watchers) watcher(event);
    }
  }

  #delayMs(): number {
    return this.random.integer(0, DELAY_MS_MAX);
  }
}
