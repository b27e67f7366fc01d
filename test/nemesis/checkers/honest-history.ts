/**
 * A history as a flawless cluster would give it: clients of the real load ask the model, in a time that is made up.
 * Answers get lost, members are behind, leases end; everything that the checkers must bear and nothing that they must
 * not. What a test bends of it, a checker has to notice.
 */
import {
  LeaseGrantRequest,
  LeaseGrantResponse,
  ResponseHeader,
  WatchCreateRequest,
  WatchResponse,
  fromByteString,
  type Event,
} from '@concord/protocol';
import { EventQueue, Random } from '@concord/testing';
import { KeyValueModel, type ModelEvent } from '../../sim/model/key-value-model.ts';
import { inRange, selectFrom } from '../../sim/model/select.ts';
import { isKind, type Operation, type WatchRecord } from '../history.ts';
import type { CallKind, RequestOf, ResponseOf } from '../load/calls.ts';
import { Requests } from '../load/requests.ts';

const CLIENTS = 5;
const STEP_MS = { min: 1, max: 8 } as const;
const LOST_ANSWERS = 0.05;
const LEASE_TTL_SECONDS = 1;
/** Members that answer serializable reads are behind by at most so much. */
const REVISIONS_BEHIND_MAX = 4;

export interface HonestHistory {
  readonly operations: Operation[];
  readonly watches: WatchRecord[];
  readonly lastRevision: number;
}

/** Makes the history of so many operations; the same for the same seed. */
export function honestHistory(seed: number, operations: number): HonestHistory {
  return new HonestCluster(seed, operations).run();
}

class HonestCluster {
  readonly #random: Random;
  readonly #queue = new EventQueue();
  readonly #model = new KeyValueModel(() => true);
  readonly #operations: Operation[] = [];
  readonly #appliedAtMs = new Map<number, number>();
  readonly #count: number;
  #leases = 0;

  constructor(seed: number, count: number) {
    this.#random = new Random(seed);
    this.#count = count;
  }

  run(): HonestHistory {
    for (let i = 0; i < CLIENTS; i++) this.#client(i, new Requests(`c${i}`, this.#random.fork()));
    while (this.#queue.step());
    const watches = [
      ...this.#watch('observer', '\0', '\0', false, 1, this.#half),
      ...this.#watch('observer', '\0', '\0', false, this.#half + 1, this.#model.revision),
      ...this.#watch('watcher', 'k/', 'k0', true, 1, this.#model.revision),
    ];
    return { operations: this.#operations, watches, lastRevision: this.#model.revision };
  }

  get #half(): number {
    return Math.floor(this.#model.revision / 2);
  }

  get #delayMs(): number {
    return this.#random.integer(STEP_MS.min, STEP_MS.max);
  }

  /** A client's calls, each begun when the one before has ended. */
  #client(number: number, requests: Requests, lease?: bigint): void {
    if (this.#operations.length >= this.#count) return;
    const next = (held = lease): void => this.#after(() => this.#client(number, requests, held));
    if (lease === undefined && this.#random.chance(0.1)) {
      const ID = BigInt(++this.#leases);
      const request = LeaseGrantRequest.create({ ID, TTL: LEASE_TTL_SECONDS });
      return this.#call(number, 'lease-grant', request, () => next(ID));
    }
    const { kind, request } = requests.next(lease);
    this.#call(number, kind, request, (operation) => {
      if (operation.outcome.kind === 'ok') {
        const { response } = operation.outcome;
        requests.saw(response.header?.revision ?? 1, 'kvs' in response ? response.kvs : []);
      }
      next(isKind(operation, 'put') && this.#random.chance(0.1) ? undefined : lease);
    });
  }

  #call<Kind extends CallKind>(
    client: number,
    kind: Kind,
    request: RequestOf<Kind>,
    ended: (operation: Operation<Kind>) => void,
  ): void {
    const operation: Operation<Kind> = {
      number: this.#operations.length,
      client: `c${client}`,
      member: 1,
      kind,
      request,
      invokedAtMs: this.#queue.nowMs,
      completedAtMs: Infinity,
      outcome: { kind: 'unknown', message: 'lost' },
    };
    this.#operations.push(operation);
    const isLost = this.#random.chance(LOST_ANSWERS);
    this.#after(() => {
      const response = isLost && this.#random.chance(0.5) ? undefined : this.#perform(operation);
      this.#after(() => {
        operation.completedAtMs = this.#queue.nowMs;
        if (!isLost && response !== undefined) {
          operation.outcome = { kind: 'ok', response: response as ResponseOf<Kind> };
        }
        ended(operation);
      });
    });
  }

  #perform(operation: Operation): object {
    const response = this.#answer(operation);
    const header = response.header ?? ResponseHeader.create({ revision: this.#model.revision });
    this.#noteRevision();
    return { ...response, header: { ...header, clusterId: 1n, memberId: 2n, raftTerm: 3 } };
  }

  #answer(operation: Operation): { header: ResponseHeader | undefined } {
    if (isKind(operation, 'put')) return this.#model.put(operation.request);
    if (isKind(operation, 'delete-range')) return this.#model.deleteRange(operation.request);
    if (isKind(operation, 'txn')) return this.#model.txn(operation.request);
    if (isKind(operation, 'range')) {
      const { request } = operation;
      if (!request.serializable) return this.#model.range(request);
      const revision = Math.max(
        1,
        this.#model.revision - this.#random.integer(0, REVISIONS_BEHIND_MAX),
      );
      const header = ResponseHeader.create({ revision });
      return { ...selectFrom(this.#model.stateAt(revision), request), header };
    }
    const { ID, TTL } = operation.request as LeaseGrantRequest;
    this.#queue.schedule(TTL * 1000 + this.#delayMs, 'lease', () => this.#endLease(ID));
    return LeaseGrantResponse.create({
      ID,
      TTL,
      header: ResponseHeader.create({ revision: this.#model.revision }),
    });
  }

  #endLease(lease: bigint): void {
    const attached = [...this.#model.current].filter(([, kv]) => kv.lease === lease);
    this.#model.deleteKeys(attached.map(([key]) => key));
    this.#noteRevision();
  }

  #noteRevision(): void {
    const { revision } = this.#model;
    if (!this.#appliedAtMs.has(revision)) this.#appliedAtMs.set(revision, this.#queue.nowMs);
  }

  #watch(
    watcher: string,
    from: string,
    to: string,
    prevKv: boolean,
    first: number,
    last: number,
  ): WatchRecord[] {
    const request = WatchCreateRequest.create({
      key: fromByteString(from),
      rangeEnd: fromByteString(to),
      startRevision: first,
      prevKv,
    });
    const header = ResponseHeader.create({ revision: first });
    const record: WatchRecord = {
      watcher,
      member: 1,
      request,
      messages: [{ response: WatchResponse.create({ header, created: true }), receivedAtMs: 0 }],
      end: last === this.#model.revision ? 'open' : 'cut',
    };
    for (let revision = first; revision <= last; revision++) {
      const events = this.#model.events
        .filter((event) => event.revision === revision && inRange(event.key, request))
        .map((event) => eventOf(event, prevKv));
      if (events.length === 0) continue;
      const response = WatchResponse.create({
        header: ResponseHeader.create({ revision }),
        events,
      });
      const receivedAtMs = (this.#appliedAtMs.get(revision) ?? 0) + this.#delayMs;
      record.messages.push({ response, receivedAtMs });
    }
    return [record];
  }

  #after(step: () => void): void {
    this.#queue.schedule(this.#delayMs, 'step', step);
  }
}

const eventOf = ({ type, kv, previous }: ModelEvent, prevKv: boolean): Event => ({
  type: type === 'put' ? 0 : 1,
  kv,
  prevKv: prevKv ? previous : undefined,
});
