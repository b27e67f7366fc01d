/**
 * The allow-list: every way in which an answer may differ from real etcd's, and why that is right. Concord
 * follows 3.6; most entries are what etcd itself changed after the version it is compared with.
 */
import { isDeepStrictEqual } from 'node:util';
import type { PutRequest, RangeRequest, RequestOp, TxnRequest } from '../harness/messages.ts';
import { compacted, futureRevision, keyNotFound, leaseNotFound } from '../harness/etcd-errors.ts';
import type { Failure } from '../harness/outcome.ts';
import type { Version } from '../harness/version.ts';
import { authDifferences } from './auth-differences.ts';
import type { Json } from './canonical.ts';
import type { Step } from './step.ts';

export interface Difference {
  readonly name: string;
  readonly reason: string;
  /** Whether it is about a pair of these versions, in either order. */
  readonly about: (one: Version, other: Version) => boolean;
  /** Steps left out because the two stores would part, or etcd would stop. Symbols are resolved. */
  readonly avoids?: (step: Step) => boolean;
  /** Whether this is the whole difference between the two answers. */
  readonly explains?: (step: Step, reference: Json, subject: Json, compacted: number) => boolean;
}

const changedIn = (text: string) => (one: Version, other: Version) =>
  one.atLeast(text) !== other.atLeast(text);

const bothSince = (text: string) => (one: Version, other: Version) =>
  one.atLeast(text) && other.atLeast(text);

const eitherBefore = (text: string) => (one: Version, other: Version) =>
  !(one.atLeast(text) && other.atLeast(text));

export const differences: readonly Difference[] = [
  {
    name: 'unknown sort options',
    reason: 'etcd 3.4 panics on them; 3.5 and later answer ErrInvalidSortOption',
    about: eitherBefore('3.5.0'),
    avoids: (step) => rangesOf(step).some(hasUnknownSortOption),
  },
  {
    name: 'hash_revision',
    reason: 'the field came with 3.6',
    about: changedIn('3.6.0'),
    explains: (step, reference, subject) =>
      isCall(step, 'HashKV') && equalBut('hash_revision', reference, subject),
  },
  {
    name: 'hash_revision beyond what a number holds',
    reason:
      'HashKV answers the negative revision it was asked for; Concord reads one below -(2^53 - 1) as ' +
      'that, and below 0 nothing is hashed anyway',
    about: bothSince('3.6.0'),
    explains: (step, reference, subject) =>
      step.kind === 'call' &&
      step.method === 'HashKV' &&
      BigInt(step.request.revision ?? 0) < Number.MIN_SAFE_INTEGER &&
      equalBut('hash_revision', reference, subject),
  },
  {
    name: 'hash at a compacted revision',
    reason:
      '3.4 refuses the compacted revision itself; 3.5 and later, and Concord, answer from what the last ' +
      'compactions have hashed, which happens in the background: at one moment or the next',
    about: () => true,
    explains: (step, _reference, _subject, compacted) =>
      step.kind === 'call' &&
      step.method === 'HashKV' &&
      Number(step.request.revision ?? 0) > 0 &&
      Number(step.request.revision) <= compacted,
  },
  {
    name: 'hash over a tombstone at the compacted revision',
    reason: '3.4.34 and later keep it in compaction and leave it out of the hash',
    about: changedIn('3.4.34'),
    explains: (step, reference, subject, compacted) =>
      isCall(step, 'HashKV') &&
      compacted > 0 &&
      equalBut('hash', without('hash_revision', reference), without('hash_revision', subject)),
  },
  {
    name: 'put of a key that the same transaction deletes',
    reason:
      'the check for duplicates overlooks deletes up to the end of the key space; where a key is deleted and ' +
      'put in one revision, etcd 3.7.3 hashes it as dead there, and a compaction there loses it and stops the ' +
      'server; 3.4.23 and Concord keep it',
    about: bothSince('3.4.34'),
    avoids: (step) => {
      const ops = operationsOf(step);
      return ops.some((op) => op.request_put !== undefined && isDeletedBeside(op.request_put, ops));
    },
  },
  {
    name: 'compaction at revision 0',
    reason:
      'after it, 3.5 and later answer HashKV at 0 from the cache of compactions, not at the current revision',
    about: () => true,
    avoids: (step) =>
      step.kind === 'call' && step.method === 'Compact' && Number(step.request.revision ?? 0) === 0,
  },
  {
    name: 'puts before ranges in the checks of a transaction',
    reason:
      'up to 3.5 every put is checked before any range; 3.6 checks in the order of the operations',
    about: changedIn('3.6.0'),
    explains: (step, reference, subject) =>
      isCall(step, 'Txn') && bothRefuse(reference, subject, REFUSED_BY_APPLY),
  },
  {
    name: 'lease before key in the checks of a put in a transaction',
    reason: '3.7 looks for the lease before it looks for the key that ignore_* needs, 3.6 after it',
    about: changedIn('3.7.0'),
    explains: (step, reference, subject) =>
      isCall(step, 'Txn') && bothRefuse(reference, subject, REFUSED_BY_PUT),
  },
  {
    name: 'ignore_* on a key that the same transaction deletes',
    reason:
      'the check for duplicates overlooks deletes up to the end of the key space, and then the put fails ' +
      'when it is applied: etcd stops with a panic, Concord takes the transaction back and refuses it',
    about: () => true,
    avoids: (step) => {
      const ops = operationsOf(step);
      return (
        ops.some((op) => op.request_delete_range?.range_end?.equals(END_OF_KEYS) === true) &&
        ops.some(({ request_put: put }) => put?.ignore_value === true || put?.ignore_lease === true)
      );
    },
  },
  {
    name: 'header of an alarm that changed nothing',
    reason: 'etcd 3.4 sends none when the alarm to disarm is not raised; clients dereference it',
    about: changedIn('3.5.0'),
    explains: (step, reference, subject) =>
      isCall(step, 'Alarm') && equalBut('header', reference, subject),
  },
  {
    name: 'lease of a key read with keys_only',
    reason: 'etcd 3.7 leaves it out; up to 3.6, and in Concord, only the value is left out',
    about: changedIn('3.7.0'),
    explains: (step, reference, subject) =>
      rangesOf(step).some(({ keys_only }) => keys_only === true) &&
      equalBut('lease', reference, subject),
  },
  {
    name: 'negative start revision of a watch',
    reason: 'etcd 3.4 takes it as any history; 3.5 and later refuse it',
    about: eitherBefore('3.5.0'),
    avoids: (step) => step.kind === 'watch' && BigInt(step.request.start_revision ?? 0) < 0n,
  },
];

/** The entry that explains a mismatch, if one does. */
export function explanationOf(
  versions: readonly [Version, Version],
  step: Step,
  reference: Json,
  subject: Json,
  compacted: number,
): Difference | undefined {
  const isWhy = (about: Step) => (difference: Difference) =>
    difference.about(...versions) &&
    difference.explains?.(about, reference, subject, compacted) === true;
  return differences.find(isWhy(withoutCaller(step))) ?? authDifferences.find(isWhy(step));
}

/** The entry for which a step is left out, if there is one. */
export function avoidanceOf(
  versions: readonly [Version, Version],
  step: Step,
): Difference | undefined {
  const isAvoided = (about: Step) => (difference: Difference) =>
    difference.about(...versions) && difference.avoids?.(about) === true;
  return differences.find(isAvoided(withoutCaller(step))) ?? authDifferences.find(isAvoided(step));
}

/** What is asked for, whoever asks. */
const withoutCaller = (step: Step): Step => (step.kind === 'call-as' ? step.call : step);

const NO_BYTES = Buffer.alloc(0);
const END_OF_KEYS = Buffer.of(0);

/** Whether one of the operations deletes, up to the end of the key space, what is put. */
const isDeletedBeside = ({ key = NO_BYTES }: PutRequest, ops: readonly RequestOp[]): boolean =>
  ops.some(
    ({ request_delete_range: range }) =>
      range?.range_end?.equals(END_OF_KEYS) === true &&
      Buffer.compare(range.key ?? NO_BYTES, key) <= 0,
  );

const REFUSED_BY_PUT = [leaseNotFound, keyNotFound];
const REFUSED_BY_APPLY = [...REFUSED_BY_PUT, futureRevision, compacted];

const bothRefuse = (a: Json, b: Json, failures: readonly Failure[]): boolean =>
  [a, b].every((answer) => failures.some((failure) => isDeepStrictEqual(answer, { ...failure })));

const isCall = (step: Step, method: string): boolean =>
  step.kind === 'call' && step.method === method;

/** Whether two answers are equal once every field of this name is left out of both, at any depth. */
const equalBut = (field: string, a: Json, b: Json): boolean =>
  isDeepStrictEqual(without(field, a), without(field, b));

function without(field: string, value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => without(field, item));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== field)
      .map(([name, item]: [string, Json]) => [name, without(field, item)]),
  );
}

function rangesOf(step: Step): RangeRequest[] {
  if (step.kind === 'call' && step.method === 'Range') return [step.request];
  return operationsOf(step).flatMap(({ request_range }) => request_range ?? []);
}

/** Every operation of a transaction, of all branches and depths. */
function operationsOf(step: Step): RequestOp[] {
  return step.kind === 'call' && step.method === 'Txn' ? operationsOfTxn(step.request) : [];
}

function operationsOfTxn({ success = [], failure = [] }: TxnRequest): RequestOp[] {
  return [...success, ...failure].flatMap((op) => [
    op,
    ...(op.request_txn === undefined ? [] : operationsOfTxn(op.request_txn)),
  ]);
}

const hasUnknownSortOption = ({ sort_order = 0, sort_target = 0 }: RangeRequest): boolean =>
  ![0, 1, 2].includes(Number(sort_order)) || ![0, 1, 2, 3, 4].includes(Number(sort_target));
