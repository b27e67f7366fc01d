/**
 * The allow-list: every way in which an answer may differ from real etcd's, and why that is right. Concord
 * follows 3.6; most entries are what etcd itself changed after the version it is compared with.
 */
import { isDeepStrictEqual } from 'node:util';
import type { RangeRequest, RequestOp, TxnRequest } from '../harness/messages.ts';
import type { Version } from '../harness/version.ts';
import type { Json } from './canonical.ts';
import type { Step } from './step.ts';

export interface Difference {
  readonly name: string;
  readonly reason: string;
  /** The versions of real etcd it is about. */
  readonly about: (reference: Version) => boolean;
  /** Steps left out because the two stores would part, or etcd would stop. Symbols are resolved. */
  readonly avoids?: (step: Step) => boolean;
  /** Whether this is the whole difference between the two answers. */
  readonly explains?: (step: Step, reference: Json, subject: Json) => boolean;
}

const before = (text: string) => (version: Version) => !version.atLeast(text);

export const differences: readonly Difference[] = [
  {
    name: 'unknown sort options',
    reason: 'etcd 3.4 panics on them; 3.5 and later answer ErrInvalidSortOption',
    about: before('3.5.0'),
    avoids: (step) => rangesOf(step).some(hasUnknownSortOption),
  },
  {
    name: 'hash_revision',
    reason: 'the field came with 3.6',
    about: before('3.6.0'),
    explains: (step, reference, subject) =>
      isCall(step, 'HashKV') && equalBut('hash_revision', reference, subject),
  },
  {
    name: 'header of an alarm that changed nothing',
    reason: 'etcd 3.4 sends none when the alarm to disarm is not raised; clients dereference it',
    about: before('3.5.0'),
    explains: (step, reference, subject) =>
      isCall(step, 'Alarm') && equalBut('header', reference, subject),
  },
  {
    name: 'negative start revision of a watch',
    reason: 'etcd 3.4 takes it as any history; 3.5 and later refuse it',
    about: before('3.5.0'),
    avoids: (step) => step.kind === 'watch' && BigInt(step.request.start_revision ?? 0) < 0n,
  },
];

/** The entry that explains a mismatch, if one does. */
export function explanationOf(
  version: Version,
  step: Step,
  reference: Json,
  subject: Json,
): Difference | undefined {
  return differences.find(
    (difference) =>
      difference.about(version) && difference.explains?.(step, reference, subject) === true,
  );
}

/** The entry for which a step is left out, if there is one. */
export function avoidanceOf(version: Version, step: Step): Difference | undefined {
  return differences.find(
    (difference) => difference.about(version) && difference.avoids?.(step) === true,
  );
}

const isCall = (step: Step, method: string): boolean =>
  step.kind === 'call' && step.method === method;

function equalBut(field: string, a: Json, b: Json): boolean {
  const without = (value: Json): Json =>
    typeof value === 'object' && value !== null ? { ...value, [field]: null } : value;
  return isDeepStrictEqual(without(a), without(b));
}

function rangesOf(step: Step): RangeRequest[] {
  if (step.kind !== 'call') return [];
  if (step.method === 'Range') return [step.request];
  if (step.method === 'Txn') return rangesOfTxn(step.request);
  return [];
}

function rangesOfTxn({ success = [], failure = [] }: TxnRequest): RangeRequest[] {
  return [...success, ...failure].flatMap(({ request_range, request_txn }: RequestOp) => [
    ...(request_range === undefined ? [] : [request_range]),
    ...(request_txn === undefined ? [] : rangesOfTxn(request_txn)),
  ]);
}

const hasUnknownSortOption = ({ sort_order = 0, sort_target = 0 }: RangeRequest): boolean =>
  ![0, 1, 2].includes(Number(sort_order)) || ![0, 1, 2, 3, 4].includes(Number(sort_target));
