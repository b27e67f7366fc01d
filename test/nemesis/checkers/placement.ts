/**
 * Finds whose change a revision holds. Acknowledged writes say their revision themselves. One without an answer is
 * found by its values, which nobody else writes, or, where it only deletes, by the keys that it would delete. What
 * nobody asked for must be the end of a lease.
 */
import {
  toByteString,
  type DeleteRangeRequest,
  type DeleteRangeResponse,
  type Event,
  type TxnResponse,
} from '@concord/protocol';
import { isKind, nameOf, type History, type Operation } from '../history.ts';
import { compareHolds } from '../../sim/model/compare.ts';
import type { KeySpaceState } from '../../sim/model/select.ts';
import { promised } from './violation.ts';

const TYPE_PUT = 0;

export class Placement {
  readonly #acknowledged = new Map<number, Operation>();
  /** Unanswered and refused writes, by a value that they would write. */
  readonly #byValue = new Map<string, Operation>();
  /** Unanswered writes that only delete, by their key. */
  readonly #deletions = new Map<string, Operation[]>();
  /** Operations that were answered without a change, by the revision that they saw. */
  readonly #readings = new Map<number, Operation[]>();

  constructor(history: History) {
    for (const operation of history.operations) this.#sort(operation);
  }

  /** Acknowledged writes above a revision, of which there should be none. */
  beyond(revision: number): Operation | undefined {
    return [...this.#acknowledged].find(([at]) => at > revision)?.[1];
  }

  /** Reads, and writes that changed nothing, which saw exactly this revision. */
  readingsAt(revision: number): readonly Operation[] {
    return this.#readings.get(revision) ?? [];
  }

  /** Whose write made these events of a revision; undefined where it was nobody's. */
  writerOf(
    revision: number,
    events: readonly Event[],
    state: KeySpaceState,
  ): Operation | undefined {
    const acknowledged = this.#acknowledged.get(revision);
    if (acknowledged !== undefined) return acknowledged;
    const put = events.find(({ type }) => type === TYPE_PUT);
    if (put?.kv !== undefined) {
      const value = toByteString(put.kv.value);
      return this.#byValue.get(value);
    }
    return this.#takeDeletion(toByteString(events[0]?.kv?.key ?? new Uint8Array(0)), state);
  }

  #sort(operation: Operation): void {
    const { outcome } = operation;
    if (outcome.kind === 'ok')
      return this.#sortAnswered(operation, outcome.response.header?.revision ?? 0);
    for (const value of valuesOf(operation)) this.#byValue.set(value, operation);
    if (outcome.kind !== 'unknown') return;
    const key = deletedKeyOf(operation);
    if (key === undefined) return;
    this.#deletions.set(key, [...(this.#deletions.get(key) ?? []), operation]);
  }

  #sortAnswered(operation: Operation, revision: number): void {
    if (!changes(operation)) {
      if (!readsState(operation)) return;
      const others = this.#readings.get(revision);
      if (others === undefined) this.#readings.set(revision, [operation]);
      else others.push(operation);
      return;
    }
    const other = this.#acknowledged.get(revision);
    promised(
      other === undefined,
      () =>
        `${nameOf(operation)} and ${nameOf(other as Operation)} were both acknowledged at revision ${revision}`,
    );
    this.#acknowledged.set(revision, operation);
  }

  /** Any deletion that would have done it, the oldest first: where several would, it makes no difference. */
  #takeDeletion(key: string, state: KeySpaceState): Operation | undefined {
    const waiting = this.#deletions.get(key) ?? [];
    const at = waiting.findIndex(
      (operation) =>
        !isKind(operation, 'txn') ||
        operation.request.compare.every((compare) => compareHolds(state, compare)),
    );
    return at < 0 ? undefined : waiting.splice(at, 1)[0];
  }
}

/** Whether an answered operation says that it changed the key space. */
export function changes({ kind, outcome }: Operation): boolean {
  if (outcome.kind !== 'ok') return false;
  if (kind === 'put') return true;
  if (kind === 'delete-range') return (outcome.response as DeleteRangeResponse).deleted > 0;
  return kind === 'txn' && hasChanged(outcome.response as TxnResponse);
}

function hasChanged({ responses }: TxnResponse): boolean {
  return responses.some(
    ({ response }) =>
      response?.case === 'responsePut' ||
      (response?.case === 'responseDeleteRange' && response.value.deleted > 0),
  );
}

/** Whether the answer tells the state of the key space at the revision of its header. */
export const readsState = ({ kind }: Operation): boolean =>
  kind === 'range' || kind === 'delete-range' || kind === 'txn' || kind === 'put';

function valuesOf(operation: Operation): string[] {
  if (isKind(operation, 'put')) return [toByteString(operation.request.value)];
  if (!isKind(operation, 'txn')) return [];
  const { success, failure } = operation.request;
  return [...success, ...failure].flatMap(({ request }) =>
    request?.case === 'requestPut' ? [toByteString(request.value.value)] : [],
  );
}

function deletedKeyOf(operation: Operation): string | undefined {
  if (isKind(operation, 'delete-range')) return toByteString(operation.request.key);
  if (!isKind(operation, 'txn') || valuesOf(operation).length > 0) return undefined;
  const deletion = operation.request.success.find(
    ({ request }) => request?.case === 'requestDeleteRange',
  );
  const value = deletion?.request?.value as DeleteRangeRequest | undefined;
  return value === undefined ? undefined : toByteString(value.key);
}
