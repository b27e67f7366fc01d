/**
 * Judges the answers of a run by replaying its log in the model, one entry after the other. The log is the order:
 *
 * 1. A write that was acknowledged is in the log, once, after every entry that was answered before it was invoked,
 *    and its whole response is the model's.
 * 2. A write that was refused is not in the log; one without an answer is there once or not at all.
 * 3. A read is answered with the model's state at the index that the member had applied when it answered; that
 *    index is not before any answer which its client, or another, had got when the read was invoked.
 */
import { equal, ok } from 'node:assert/strict';
import { inspect, isDeepStrictEqual } from 'node:util';
import { etcdErrors, type RangeResponse, type ResponseHeader } from '@concord/protocol';
import { ORIGIN_BYTES, isForwarded, isSerializable, type Command } from '@concord/kv';
import type { Operation } from '../history.ts';
import type { WitnessedEntry } from '../cluster-witness.ts';
import { ModelError } from '../model/key-value-model.ts';
import type { RunRecord } from '../record.ts';
import type { CallKind } from '../temper.ts';
import { StateModel, type ModelOutcome } from '../model/state-model.ts';
import { HashBook } from './hash-book.ts';
import { LeaseTimeline, checkLeaseRead } from './lease-reads.ts';
import { commandOf } from './second-replica.ts';
import { MembershipJudge } from './membership.ts';
import type { Moment, Timeline } from './timeline.ts';

/** Errors that leave open whether the write took place. */
const ambiguousErrors: ReadonlySet<string> = new Set(
  [etcdErrors.ErrTimeout, etcdErrors.ErrTimeoutDueToLeaderFail, etcdErrors.ErrStopped].map(
    ({ message }) => message,
  ),
);

/** A member that takes no such call says so before anything happens. */
const turnedAway = etcdErrors.ErrNotSupportedForLearner.message;

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** Answers what the model knew when, for the other checkers. */
export function checkOperations(record: RunRecord): Timeline {
  return new Replay(record).run(record.entries);
}

class Replay {
  readonly #model: StateModel;
  readonly #membership: MembershipJudge;
  readonly #moments: Moment[] = [];
  readonly #hashes = new HashBook();
  /** Writes that have not been found in the log yet, by their bytes. */
  readonly #writes = new Map<string, Operation>();
  /** Grants are encoded anew by the member, and known by the id that was asked for. */
  readonly #grants = new Map<bigint, Operation<'lease-grant'>[]>();
  readonly #reads = new Map<number, Operation[]>();
  readonly #compactions: Operation[] = [];
  readonly #leases = new LeaseTimeline();
  readonly #leaseQuestions: Operation[] = [];

  constructor(record: RunRecord) {
    this.#model = new StateModel(record.founders);
    this.#membership = new MembershipJudge(record);
    for (const operation of record.history.operations) assertPatience(operation, record);
    for (const operation of record.history.operations) this.#sort(operation);
  }

  run(entries: readonly WitnessedEntry[]): Timeline {
    this.#moment();
    for (const entry of entries) {
      this.#replay(entry);
      this.#moment();
      for (const read of this.#reads.get(entry.index) ?? []) this.#checkRead(read);
    }
    const unplaced = [...this.#writes.values(), ...[...this.#grants.values()].flat()];
    for (const operation of unplaced) {
      ok(!isAcknowledged(operation), `${name(operation)} is not in the log`);
    }
    for (const operation of this.#compactions) this.#checkCompaction(operation);
    this.#membership.check();
    for (const question of this.#leaseQuestions) this.#checkLeaseQuestion(question);
    return { moments: this.#moments, events: this.#model.kv.events, model: this.#model.kv };
  }

  #sort(operation: Operation): void {
    if (isAdministration(operation)) return;
    if (isTurnedAway(operation)) {
      if (isLogged(operation)) this.#writes.set(textOf(operation.bytes), operation);
    } else if (isGrant(operation)) {
      // Another client may have asked for the same id, and been granted it.
      const grants = this.#grants.get(operation.request.ID) ?? [];
      this.#grants.set(operation.request.ID, [...grants, operation]);
    } else if (isLogged(operation)) {
      this.#writes.set(textOf(operation.bytes), operation);
    } else if (operation.outcome?.kind === 'ok' || isDefiniteError(operation)) {
      const { answeredIndex, indexBefore } = operation;
      ok(
        isLocal(operation) || answeredIndex >= indexBefore,
        `${name(operation)} read index ${answeredIndex}, and ${indexBefore} was applied before`,
      );
      if (leaderKinds.has(operation.kind)) this.#leaseQuestions.push(operation);
      this.#reads.set(answeredIndex, [...(this.#reads.get(answeredIndex) ?? []), operation]);
    }
  }

  #moment(): void {
    const { revision, compacted } = this.#model.kv;
    this.#moments.push({ revision, compacted });
    this.#membership.after(this.#model.members.list());
  }

  #replay(entry: WitnessedEntry): void {
    const command = commandOf(entry);
    if (command === undefined) return;
    const expected = this.#model.apply(command, entry.term);
    if (command.kind === 'change-member' && !(expected instanceof ModelError)) {
      this.#membership.changed(entry.index, command.request);
    }
    if (isAboutLease(command)) {
      const { ID } = command.request;
      this.#leases.note(entry.index, ID, this.#model.leases.get(ID));
    }
    const operation = this.#takeOperation(entry, command);
    if (operation === undefined) return;
    const { outcome, invokedAtMs, indexBefore } = operation;
    ok(!isTurnedAway(operation), `${name(operation)} was refused and took place`);
    ok(invokedAtMs <= entry.appendedAtMs, `${name(operation)} took place before it was invoked`);
    ok(entry.index > indexBefore, `${name(operation)} took place before what had been answered`);
    if (outcome?.kind === 'error' && ambiguousErrors.has(outcome.message)) return;
    if (outcome === undefined || outcome.kind === 'lost') return;
    if (operation.kind === 'compact') {
      // A physical compaction is answered later than it is applied.
      ok(operation.answeredIndex >= entry.index, `${name(operation)} was answered too early`);
      this.#compactions.push(operation);
      if (outcome.kind === 'ok')
        ok(!(expected instanceof ModelError), `${name(operation)} succeeded`);
      else checkOutcome(operation, expected);
      return;
    }
    equal(operation.answeredIndex, entry.index, `${name(operation)} was answered out of its turn`);
    checkOutcome(operation, expected);
  }

  /** Whose write an entry is. What the member proposes for itself is nobody's. */
  #takeOperation({ data, index }: WitnessedEntry, command: Command): Operation | undefined {
    if (command.kind === 'lease-grant') {
      const grants = this.#grants.get(command.request.ID) ?? [];
      const own = grants.find(({ answeredIndex }) => answeredIndex === index) ?? grants[0];
      this.#grants.set(
        command.request.ID,
        grants.filter((grant) => grant !== own),
      );
      ok(own !== undefined, `entry ${index} grants a lease that nobody asked for, or twice`);
      return own;
    }
    if (!clientCommands.has(command.kind)) return undefined;
    const text = textOf(data.subarray(originBytesOf(data) + 1));
    const operation = this.#writes.get(text);
    ok(
      operation !== undefined,
      `entry ${index}, ${command.kind}: nobody asked for it, or it is there twice`,
    );
    this.#writes.delete(text);
    return operation;
  }

  #checkRead(operation: Operation): void {
    const { kv } = this.#model;
    switch (operation.kind) {
      case 'range':
      case 'past-range': {
        const { request } = operation as Operation<'range'>;
        return checkOutcome(
          operation,
          outcomeOf(() => kv.range(request)),
        );
      }
      case 'txn': {
        const { request } = operation as Operation<'txn'>;
        return checkOutcome(
          operation,
          outcomeOf(() => kv.txn(request)),
        );
      }
      case 'hash-kv':
        return this.#hashes.check(operation as Operation<'hash-kv'>, kv);
      default:
        return checkLeaseRead(operation, this.#model);
    }
  }

  #checkLeaseQuestion(operation: Operation): void {
    if (operation.kind === 'lease-keep-alive') {
      this.#leases.checkKeepAlive(operation as Operation<'lease-keep-alive'>);
    } else {
      this.#leases.checkTimeToLive(operation as Operation<'lease-time-to-live'>);
    }
  }

  #checkCompaction(operation: Operation): void {
    if (operation.outcome?.kind !== 'ok') return;
    const { revision } = this.#moments[operation.answeredIndex] as Moment;
    equal(operation.outcome.response.header?.revision, revision, name(operation));
  }
}

/** A read that gets lost on its way to the leader is asked again: where nothing disturbs, it is answered. */
function assertPatience(operation: Operation, record: RunRecord): void {
  const { kind, outcome, invokedAtMs, completedAtMs } = operation;
  const isTimeout = outcome?.kind === 'error' && outcome.message === etcdErrors.ErrTimeout.message;
  if (!isTimeout || (kind !== 'range' && kind !== 'past-range')) return;
  const isQuiet = record.isQuiet(invokedAtMs, completedAtMs);
  ok(!isQuiet, `${name(operation)} was given up although nothing disturbed the cluster`);
}

/** What a member forwards begins with where it comes from. */
const originBytesOf = (data: Uint8Array): number => (isForwarded(data) ? ORIGIN_BYTES : 0);

const clientCommands: ReadonlySet<Command['kind']> = new Set([
  'put',
  'delete-range',
  'txn',
  'compact',
  'lease-revoke',
] as const);

type LeaseCommand = Extract<Command, { kind: 'lease-grant' | 'lease-revoke' | 'lease-expiry' }>;

const isAboutLease = (command: Command): command is LeaseCommand =>
  command.kind === 'lease-grant' ||
  command.kind === 'lease-revoke' ||
  command.kind === 'lease-expiry';

/** Answered by the leader, wherever they were asked. */
const leaderKinds: ReadonlySet<CallKind> = new Set(['lease-keep-alive', 'lease-time-to-live']);

/** Answered from the member's own state, which may be old. */
function isLocal(operation: Operation): boolean {
  switch (operation.kind) {
    case 'range':
    case 'past-range':
      return (operation as Operation<'range'>).request.serializable;
    case 'txn':
      return isSerializable((operation as Operation<'txn'>).request);
    case 'lease-time-to-live':
      return !(operation as Operation<'lease-time-to-live'>).request.keys;
    case 'lease-keep-alive':
    case 'lease-list':
    case 'hash-kv':
      return true;
    default:
      return false;
  }
}

type ModelAnswer = ModelOutcome | RangeResponse;

function outcomeOf(answer: () => ModelAnswer): ModelAnswer {
  try {
    return answer();
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
}

const isGrant = (operation: Operation): operation is Operation<'lease-grant'> =>
  operation.kind === 'lease-grant';

/** Whether a call goes through the log: every write, and any transaction that may write. */
function isLogged(operation: Operation): boolean {
  switch (operation.kind) {
    case 'put':
    case 'delete-range':
    case 'compact':
    case 'lease-revoke':
      return true;
    case 'txn': {
      const { success, failure } = (operation as Operation<'txn'>).request;
      return [...success, ...failure].some(({ request }) => request?.case !== 'requestRange');
    }
    default:
      return false;
  }
}

/** Judged apart. */
const isAdministration = ({ kind }: Operation): boolean =>
  kind.startsWith('member-') || kind === 'move-leader';

/** Nobody was there to take it, or somebody who takes no such calls. */
const isTurnedAway = ({ outcome }: Operation): boolean =>
  outcome?.kind === 'refused' || (outcome?.kind === 'error' && outcome.message === turnedAway);

const isDefiniteError = ({ outcome }: Operation): boolean =>
  outcome?.kind === 'error' && !ambiguousErrors.has(outcome.message);

const isAcknowledged = (operation: Operation): boolean =>
  operation.outcome?.kind === 'ok' || (isDefiniteError(operation) && !isTurnedAway(operation));

function checkOutcome(operation: Operation, expected: ModelAnswer): void {
  const { outcome } = operation;
  if (outcome?.kind !== 'ok' && outcome?.kind !== 'error') return;
  const actual = outcome.kind === 'ok' ? withBareHeader(outcome.response) : outcome.message;
  const wanted = expected instanceof ModelError ? etcdErrors[expected.errorName].message : expected;
  if (isDeepStrictEqual(actual, wanted)) return;
  const show = (value: unknown): string => inspect(value, { depth: 8, breakLength: 110 });
  throw new Error(
    `${name(operation)} was answered ${show(actual)}\ninstead of ${show(wanted)}\nto ${show(operation.request)}`,
  );
}

/** Of the header the model knows the revision alone. */
function withBareHeader<T extends { header: ResponseHeader | undefined }>(response: T): T {
  const { header } = response;
  ok(header !== undefined && header.raftTerm > 0 && header.memberId !== 0n, 'a header is whole');
  return {
    ...response,
    header: { ...header, clusterId: 0n, memberId: 0n, raftTerm: 0 },
  };
}

const name = ({ number, client, kind, outcome }: Operation): string =>
  `call ${number} of client ${client}, ${kind} (${outcome?.kind ?? 'under way'}),`;
