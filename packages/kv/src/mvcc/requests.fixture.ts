/** Requests and records in the short hand of tests: keys and values as text, one character a byte. */
import {
  DeleteRangeRequest,
  fromByteString,
  KeyValue,
  PutRequest,
  RangeRequest,
  toByteString,
} from '@concord/protocol';
import type { MvccStore } from './mvcc-store.ts';

/** A range end that stands for no upper bound. */
export const NO_END = '\0';

export function put(key: string, value = '', more: Partial<PutRequest> = {}): PutRequest {
  return PutRequest.create({ key: fromByteString(key), value: fromByteString(value), ...more });
}

export function range(key: string, rangeEnd = '', more: Partial<RangeRequest> = {}): RangeRequest {
  const keys = { key: fromByteString(key), rangeEnd: fromByteString(rangeEnd) };
  return RangeRequest.create({ ...keys, ...more });
}

export function deleteRange(
  key: string,
  rangeEnd = '',
  more: Partial<DeleteRangeRequest> = {},
): DeleteRangeRequest {
  const keys = { key: fromByteString(key), rangeEnd: fromByteString(rangeEnd) };
  return DeleteRangeRequest.create({ ...keys, ...more });
}

/** `key=value` of each record. */
export function pairsOf(records: readonly Uint8Array[]): string[] {
  return records.map((record) => {
    const { key, value } = KeyValue.decode(record);
    return `${toByteString(key)}=${toByteString(value)}`;
  });
}

export const keysOf = (records: readonly Uint8Array[]): string =>
  records.map((record) => toByteString(KeyValue.decode(record).key)).join(' ');

/** Runs background deletion to its end, a row at a time: every place where it can be interrupted. */
export function compactToTheEnd(store: MvccStore, between: () => void = () => {}): void {
  while (store.compactionWork(1)) between();
}
