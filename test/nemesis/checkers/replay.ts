/**
 * Replays a history in the model, revision by revision. Revisions are the order: whatever changes the key space has
 * one of its own, and whatever reads it says which one it saw.
 *
 * 1. Each revision is one change: an acknowledged write, one without an answer, or the end of a lease; whole.
 * 2. Acknowledged writes are there, and refused ones are not.
 * 3. Every answer is, as a whole, the model's at its revision.
 */
import { isDeepStrictEqual, inspect } from 'node:util';
import {
  toByteString,
  type Event,
  type RangeResponse,
  type ResponseHeader,
} from '@concord/protocol';
import { KeyValueModel, ModelError, type ModelEvent } from '../../sim/model/key-value-model.ts';
import { isKind, nameOf, type History, type Operation } from '../history.ts';
import { describeEvent, type Observation } from './observation.ts';
import { changes, Placement } from './placement.ts';
import { promised, Violation } from './violation.ts';

/** Reads of the past go no farther back, or are not judged. */
const STATES_KEPT = 1_000;

/** A lease that ended with a change of the key space. */
export interface LeaseEnd {
  readonly lease: bigint;
  readonly revision: number;
  readonly receivedAtMs: number;
}

/** What the replay found out. */
export interface Timeline {
  readonly events: readonly ModelEvent[];
  /** The revision of every write that took place and had no answer. */
  readonly placed: ReadonlyMap<Operation, number>;
  readonly leaseEnds: readonly LeaseEnd[];
  readonly lastRevision: number;
  /** Answers that were compared with the model. */
  readonly judged: number;
}

export function replay(history: History, observation: Observation, lastRevision: number): Timeline {
  return new Replay(history, observation).run(lastRevision);
}

class Replay {
  readonly #model = new KeyValueModel(() => true);
  readonly #placement: Placement;
  readonly #observation: Observation;
  readonly #placed = new Map<Operation, number>();
  readonly #leaseEnds: LeaseEnd[] = [];
  #judged = 0;

  constructor(history: History, observation: Observation) {
    this.#placement = new Placement(history);
    this.#observation = observation;
  }

  run(lastRevision: number): Timeline {
    this.#judgeReadings(1);
    for (let revision = 2; revision <= lastRevision; revision++) {
      this.#step(revision);
      this.#judgeReadings(revision);
      this.#model.forgetState(revision - STATES_KEPT);
    }
    const lost = this.#placement.beyond(lastRevision);
    promised(
      lost === undefined,
      () => `lost: ${nameOf(lost as Operation)}; the store ended at revision ${lastRevision}`,
    );
    return {
      events: this.#model.events,
      placed: this.#placed,
      leaseEnds: this.#leaseEnds,
      lastRevision,
      judged: this.#judged,
    };
  }

  #step(revision: number): void {
    const observed = this.#observation.get(revision);
    promised(
      observed !== undefined,
      () => `revision ${revision} is a gap: the observer was told of nothing there`,
    );
    const { events, receivedAtMs } = observed;
    const writer = this.#placement.writerOf(revision, events, this.#model.current);
    const before = this.#model.events.length;
    if (writer === undefined) this.#endLease(revision, events, receivedAtMs);
    else this.#apply(writer, revision);
    const expected = this.#model.events.slice(before).map(eventOf).map(describeEvent).join(', ');
    const found = events.map(describeEvent).join(', ');
    promised(
      expected === found,
      () =>
        `revision ${revision} holds [${found}] instead of [${expected}]${writer === undefined ? '' : ` by ${nameOf(writer)}`}`,
    );
  }

  #apply(writer: Operation, revision: number): void {
    const { outcome } = writer;
    promised(
      outcome.kind !== 'failed',
      () => `${nameOf(writer)} was refused and took place at revision ${revision}`,
    );
    const expected = this.#answer(writer);
    if (outcome.kind === 'ok') return this.#compare(writer, expected);
    const other = this.#placed.get(writer);
    promised(
      other === undefined,
      () => `${nameOf(writer)} took place twice, at revisions ${other} and ${revision}`,
    );
    this.#placed.set(writer, revision);
  }

  /** What nobody asked for must be all keys of one lease. */
  #endLease(revision: number, events: readonly Event[], receivedAtMs: number): void {
    const state = this.#model.current;
    const keys = events.map(({ kv }) => toByteString(kv?.key ?? new Uint8Array(0)));
    const lease = state.get(keys[0] ?? '')?.lease ?? 0n;
    promised(
      lease !== 0n,
      () => `revision ${revision} holds [${events.map(describeEvent).join(', ')}], asked by nobody`,
    );
    const attached = [...state].filter(([, kv]) => kv.lease === lease).map(([key]) => key);
    this.#model.deleteKeys(attached);
    this.#leaseEnds.push({ lease, revision, receivedAtMs });
  }

  #judgeReadings(revision: number): void {
    for (const operation of this.#placement.readingsAt(revision)) {
      if (isKind(operation, 'range') && isForgotten(operation.request.revision, revision)) continue;
      this.#compare(operation, this.#answer(operation));
      promised(
        this.#model.revision === revision,
        () => `${nameOf(operation)} says that it changed nothing, and should have`,
      );
    }
  }

  #answer(operation: Operation): unknown {
    try {
      if (isKind(operation, 'put')) return this.#model.put(operation.request);
      if (isKind(operation, 'delete-range')) return this.#model.deleteRange(operation.request);
      if (isKind(operation, 'txn')) return this.#model.txn(operation.request);
      if (isKind(operation, 'range')) return this.#model.range(operation.request);
    } catch (error) {
      if (error instanceof ModelError) return error.errorName;
      throw error;
    }
    return undefined;
  }

  #compare(operation: Operation, expected: unknown): void {
    if (operation.outcome.kind !== 'ok') return;
    const actual = withBareHeader(operation.outcome.response as RangeResponse);
    this.#judged += 1;
    if (isDeepStrictEqual(actual, expected)) return;
    const show = (value: unknown): string => inspect(value, { depth: 8, breakLength: 110 });
    const verb = changes(operation) ? 'was answered' : 'read';
    throw new Violation(
      `${nameOf(operation)} ${verb} ${show(actual)}\ninstead of ${show(expected)}\nto ${show(operation.request)}`,
    );
  }
}

const isForgotten = (asked: number, seen: number): boolean =>
  asked > 0 && asked <= seen - STATES_KEPT;

const eventOf = ({ type, kv }: ModelEvent): Event => ({
  type: type === 'put' ? 0 : 1,
  kv,
  prevKv: undefined,
});

/** Of the header the model knows the revision alone. */
function withBareHeader<T extends { header: ResponseHeader | undefined }>(response: T): T {
  const { header } = response;
  promised(
    header !== undefined && header.raftTerm > 0 && header.memberId !== 0n,
    () => 'a header is not whole',
  );
  return { ...response, header: { ...header, clusterId: 0n, memberId: 0n, raftTerm: 0 } };
}
