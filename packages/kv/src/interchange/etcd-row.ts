/** How rows of etcd's database are read, and refused. */
import { KeyValue, toByteString, type ByteString } from '@concord/protocol';
import { mainRevisionOf, subRevisionOf } from '../mvcc/revision-key.ts';

/** A row that is not what etcd writes. */
export class EtcdRowError extends Error {
  override readonly name = 'EtcdRowError';
  readonly found: string;
  readonly expected: string;

  constructor(found: string, expected: string) {
    super(`found ${found}, expected ${expected}`);
    this.found = found;
    this.expected = expected;
  }
}

export interface EtcdRevision {
  readonly main: number;
  readonly sub: number;
  readonly isTombstone: boolean;
}

const NUMBER_LENGTH = 8;
const KEY_LENGTH = 2 * NUMBER_LENGTH + 1;
const TOMBSTONE_MARK = 't';
/** A transaction of more changes does not fit a request. */
const SUB_REVISION_MAX = 2 ** 32 - 1;

/** Two numbers of 8 bytes with `_` between them, and `t` behind those of a deletion. Throws `EtcdRowError`. */
export function parseRevisionKey(key: ByteString): EtcdRevision {
  const isTombstone = key.length === KEY_LENGTH + 1 && key.endsWith(TOMBSTONE_MARK);
  const isWhole = isTombstone || key.length === KEY_LENGTH;
  const numbers = key.slice(0, NUMBER_LENGTH) + key.slice(NUMBER_LENGTH + 1, KEY_LENGTH);
  const main = isWhole ? mainRevisionOf(numbers) : NaN;
  const sub = isWhole ? subRevisionOf(numbers) : NaN;
  const isRevision = Number.isSafeInteger(main) && main >= 0 && sub <= SUB_REVISION_MAX;
  if (!isRevision || key[NUMBER_LENGTH] !== '_') {
    throw new EtcdRowError(`a row of ${key.length} bytes that names no revision`, 'a revision');
  }
  return { main, sub, isTombstone };
}

/** The key that a row of the bucket `key` is about. Throws `ProtocolDecodeError`. */
export const decodeRecordKey = (value: Uint8Array): ByteString =>
  toByteString(KeyValue.decode(value).key);
