/**
 * What is known of one version of a key without reading its value: the rows of `current` and `versions`.
 *
 * Row: a byte of flags, then main revision, sub-revision, create revision and version as base-128 varints, then,
 * where the flag says so, the lease id in 8 bytes big-endian. About 10 bytes for a young key.
 */
import { assert } from '@concord/raft';

const TOMBSTONE_FLAG = 1;
const LEASE_FLAG = 2;
const NO_LEASE = 0n;
/** Flags, four varints of at most 8 bytes (2^53), lease id. */
const ROW_BYTES_MAX = 1 + 4 * 8 + 8;

export interface KeyVersion {
  readonly modRevision: number;
  readonly subRevision: number;
  /** 0 in a tombstone. */
  readonly createRevision: number;
  /** How many puts since the key was created, this one included; 0 in a tombstone. */
  readonly version: number;
  /** `0n` for none. */
  readonly lease: bigint;
  readonly isTombstone: boolean;
}

const scratch = new Uint8Array(ROW_BYTES_MAX);
const scratchView = new DataView(scratch.buffer);

export function encodeKeyVersion(value: KeyVersion): Uint8Array {
  const hasLease = value.lease !== NO_LEASE;
  scratch[0] = (value.isTombstone ? TOMBSTONE_FLAG : 0) | (hasLease ? LEASE_FLAG : 0);
  let end = writeVarint(value.modRevision, 1);
  end = writeVarint(value.subRevision, end);
  end = writeVarint(value.createRevision, end);
  end = writeVarint(value.version, end);
  if (hasLease) {
    scratchView.setBigInt64(end, value.lease);
    end += 8;
  }
  return scratch.slice(0, end);
}

export function decodeKeyVersion(row: Uint8Array): KeyVersion {
  const flags = row[0] ?? 0;
  position = 1;
  return {
    modRevision: readVarint(row),
    subRevision: readVarint(row),
    createRevision: readVarint(row),
    version: readVarint(row),
    lease: (flags & LEASE_FLAG) === 0 ? NO_LEASE : readLease(row),
    isTombstone: (flags & TOMBSTONE_FLAG) !== 0,
  };
}

function writeVarint(value: number, offset: number): number {
  let rest = value;
  let at = offset;
  while (rest >= 0x80) {
    scratch[at++] = (rest & 0x7f) | 0x80;
    rest = rest > 0x7fffffff ? Math.floor(rest / 0x80) : rest >>> 7;
  }
  scratch[at++] = rest;
  return at;
}

/** Where the next varint of the row being read begins. */
let position = 0;

function readVarint(row: Uint8Array): number {
  let byte = row[position++];
  assert(byte !== undefined, 'a row of a key version is whole');
  if (byte < 0x80) return byte;
  let value = byte & 0x7f;
  let scale = 0x80;
  do {
    byte = row[position++];
    assert(byte !== undefined, 'a row of a key version is whole');
    value += (byte & 0x7f) * scale;
    scale *= 0x80;
  } while (byte >= 0x80);
  return value;
}

function readLease(row: Uint8Array): bigint {
  assert(row.length >= position + 8, 'a row of a key version is whole');
  return new DataView(row.buffer, row.byteOffset + position, 8).getBigInt64(0);
}
