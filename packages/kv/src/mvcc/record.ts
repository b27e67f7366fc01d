/**
 * Records: `mvccpb.KeyValue` messages, encoded once, when a change is applied, and from then on handed around as
 * bytes: to the store, into answers and into events. The bytes are those that Go's protobuf makes, fields in the
 * order of their numbers and zeros left out, because HashKV is taken over them.
 */
import { toByteString } from '@concord/protocol';
import type { ByteString } from '@concord/protocol';
import { assert } from '@concord/raft';
import { Slab } from './slab.ts';

const KEY_TAG = 0x0a;
const CREATE_REVISION_TAG = 0x10;
const MOD_REVISION_TAG = 0x18;
const VERSION_TAG = 0x20;
const VALUE_TAG = 0x2a;
const LEASE_TAG = 0x30;
/** Six tags, two lengths of at most 5 bytes, three varints of at most 8 and one of 10. */
const FRAME_BYTES_MAX = 6 + 2 * 5 + 3 * 8 + 10;
const NO_LEASE = 0n;
const EMPTY = new Uint8Array();

/** What a record says of a key beside its name and value. */
export interface RecordedVersion {
  readonly createRevision: number;
  readonly modRevision: number;
  readonly version: number;
  readonly lease: bigint;
}

const slab = new Slab();

/** Bytes that a record of this key and value takes at most. */
export function recordBytesMax(key: ByteString, value: Uint8Array): number {
  return key.length + value.length + FRAME_BYTES_MAX;
}

/** Writes a record and answers the offset behind it. */
export function writeRecord(
  bytes: Uint8Array,
  key: ByteString,
  value: Uint8Array,
  version: RecordedVersion,
  offset: number,
): number {
  const { lease } = version;
  let end = writeKey(bytes, key, offset);
  end = writeNumber(bytes, CREATE_REVISION_TAG, version.createRevision, end);
  end = writeNumber(bytes, MOD_REVISION_TAG, version.modRevision, end);
  end = writeNumber(bytes, VERSION_TAG, version.version, end);
  if (value.length > 0) {
    bytes[end] = VALUE_TAG;
    end = writeVarint(bytes, value.length, end + 1);
    bytes.set(value, end);
    end += value.length;
  }
  if (lease !== NO_LEASE) end = writeLease(bytes, lease, end);
  return end;
}

/** What is stored of a deletion, the key alone; answers the offset behind it. */
export function writeTombstone(bytes: Uint8Array, key: ByteString, offset: number): number {
  return writeKey(bytes, key, offset);
}

/** What an event tells of a deletion: the key, and when. */
export function encodeDeletion(key: ByteString, modRevision: number): Uint8Array {
  const start = slab.reserve(recordBytesMax(key, EMPTY));
  const end = writeKey(slab.bytes, key, start);
  return slab.take(start, writeNumber(slab.bytes, MOD_REVISION_TAG, modRevision, end));
}

export function keyOfRecord(record: Uint8Array): ByteString {
  assert(record[0] === KEY_TAG, 'a record begins with its key');
  const length = readVarint(record, 1);
  return toByteString(record.subarray(position, position + length));
}

/** A view of the value. */
export function valueOfRecord(record: Uint8Array): Uint8Array {
  const tagAt = valueTagOf(record);
  if (record[tagAt] !== VALUE_TAG) return EMPTY;
  const length = readVarint(record, tagAt + 1);
  return record.subarray(position, position + length);
}

/** How many puts the key has seen; 0 in a tombstone. */
export function versionOfRecord(record: Uint8Array): number {
  let at = endOfKey(record);
  while (at < record.length && (record[at] as number) < VERSION_TAG)
    at = endOfVarint(record, at + 1);
  return record[at] === VERSION_TAG ? readVarint(record, at + 1) : 0;
}

/** `0n` for none. */
export function leaseOfRecord(record: Uint8Array): bigint {
  let at = valueTagOf(record);
  if (record[at] === VALUE_TAG) at = readVarint(record, at + 1) + position;
  if (record[at] !== LEASE_TAG) return NO_LEASE;
  let lease = 0n;
  for (let i = record.length - 1; i > at; i--)
    lease = (lease << 7n) | BigInt((record[i] as number) & 0x7f);
  return BigInt.asIntN(64, lease);
}

/** The record as `keys_only` wants it; the record itself where there is no value. */
export function withoutValue(record: Uint8Array): Uint8Array {
  const tagAt = valueTagOf(record);
  if (record[tagAt] !== VALUE_TAG) return record;
  const length = readVarint(record, tagAt + 1);
  const valueEnd = position + length;
  const stripped = new Uint8Array(tagAt + record.length - valueEnd);
  stripped.set(record.subarray(0, tagAt));
  stripped.set(record.subarray(valueEnd), tagAt);
  return stripped;
}

/** Where the value's tag is, or would be: behind the key and the numbers below field 5. */
function valueTagOf(record: Uint8Array): number {
  let at = endOfKey(record);
  while (at < record.length && (record[at] as number) < VALUE_TAG) at = endOfVarint(record, at + 1);
  return at;
}

function endOfKey(record: Uint8Array): number {
  assert(record[0] === KEY_TAG, 'a record begins with its key');
  return readVarint(record, 1) + position;
}

function endOfVarint(record: Uint8Array, offset: number): number {
  readVarint(record, offset);
  return position;
}

function writeKey(bytes: Uint8Array, key: ByteString, offset: number): number {
  bytes[offset] = KEY_TAG;
  const start = writeVarint(bytes, key.length, offset + 1);
  for (let i = 0; i < key.length; i++) bytes[start + i] = key.charCodeAt(i);
  return start + key.length;
}

function writeNumber(bytes: Uint8Array, tag: number, value: number, offset: number): number {
  bytes[offset] = tag;
  return writeVarint(bytes, value, offset + 1);
}

function writeVarint(bytes: Uint8Array, value: number, offset: number): number {
  let rest = value;
  let at = offset;
  while (rest > 0x7fffffff) {
    bytes[at++] = (rest & 0x7f) | 0x80;
    rest = Math.floor(rest / 0x80);
  }
  while (rest >= 0x80) {
    bytes[at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  bytes[at++] = rest;
  return at;
}

/** A negative id takes ten bytes, as in any protobuf int64. */
function writeLease(bytes: Uint8Array, lease: bigint, offset: number): number {
  bytes[offset] = LEASE_TAG;
  let rest = BigInt.asUintN(64, lease);
  let at = offset + 1;
  while (rest >= 0x80n) {
    bytes[at++] = Number(rest & 0x7fn) | 0x80;
    rest >>= 7n;
  }
  bytes[at++] = Number(rest);
  return at;
}

/** The offset behind the last varint read. */
let position = 0;

/** Lengths and tags need the exact value; of a longer varint only the end matters here. */
function readVarint(bytes: Uint8Array, offset: number): number {
  let at = offset;
  let value = 0;
  let scale = 1;
  for (;;) {
    const byte = bytes[at++];
    assert(byte !== undefined, 'a record is whole');
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) break;
    scale *= 0x80;
  }
  position = at;
  return value;
}
