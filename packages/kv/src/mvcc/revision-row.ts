/**
 * The value of a row in `revisions`: the record of the change, and the link to the version of the key before it.
 *
 *     record   link: the key version before, as in `current`   u8 length of the link, 0 for none
 *
 * So the versions of a key are a chain, from its newest one in `current` or `tombstones` back to the first that is
 * kept. A link may lead to a row that compaction has taken: whoever follows it stops at the first version that is
 * not newer than the revision asked for, and all that are newer are there.
 */
import type { ByteString } from '@concord/protocol';
import { decodeKeyVersion, KEY_VERSION_BYTES_MAX, writeKeyVersion } from './key-version.ts';
import type { KeyVersion } from './key-version.ts';
import { recordBytesMax, writeRecord, writeTombstone } from './record.ts';
import type { RecordedVersion } from './record.ts';
import { Slab } from './slab.ts';

const LINK_BYTES_MAX = KEY_VERSION_BYTES_MAX + 1;
const NO_VALUE = new Uint8Array();

const slab = new Slab();

export function encodePut(
  key: ByteString,
  value: Uint8Array,
  version: RecordedVersion,
  before: KeyVersion | undefined,
): Uint8Array {
  const start = slab.reserve(recordBytesMax(key, value) + LINK_BYTES_MAX);
  return close(start, writeRecord(slab.bytes, key, value, version, start), before);
}

export function encodeDelete(key: ByteString, before: KeyVersion | undefined): Uint8Array {
  const start = slab.reserve(recordBytesMax(key, NO_VALUE) + LINK_BYTES_MAX);
  return close(start, writeTombstone(slab.bytes, key, start), before);
}

/** A view of the record. */
export function recordOf(row: Uint8Array): Uint8Array {
  return new Uint8Array(row.buffer, row.byteOffset, recordLengthOf(row));
}

/** A copy of the record. */
export function copyRecord(row: Uint8Array): Uint8Array {
  return slab.copy(row, recordLengthOf(row));
}

/** The version before the change; undefined where it was the first of the key. */
export function linkOf(row: Uint8Array): KeyVersion | undefined {
  const start = recordLengthOf(row);
  const end = row.length - 1;
  return start === end ? undefined : decodeKeyVersion(row, start, end);
}

function close(start: number, recordEnd: number, before: KeyVersion | undefined): Uint8Array {
  const { bytes } = slab;
  const end = before === undefined ? recordEnd : writeKeyVersion(bytes, before, recordEnd);
  bytes[end] = end - recordEnd;
  return slab.take(start, end + 1);
}

/** How many bytes of the row are the record. */
export function recordLengthOf(row: Uint8Array): number {
  return row.length - 1 - (row[row.length - 1] as number);
}
