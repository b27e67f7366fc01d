/**
 * The rows that leases are stored as.
 *
 * Table `leases`: the id in 8 bytes, big-endian two's complement → granted TTL and checkpointed remaining TTL in
 * seconds, 8 bytes each, big-endian. Table `lease-keys`: the id, then the key → nothing, so that the keys of one
 * lease lie together in the order of their bytes. Every 64-bit id has a row of its own, negative ones too.
 */
import type { ByteString } from '@concord/protocol';
import { assert } from '@concord/raft';
import { Lease } from './lease.ts';

export const ID_BYTES = 8;
const RECORD_BYTES = 16;

export const noValue = new Uint8Array(0);

const idView = new DataView(new ArrayBuffer(ID_BYTES));

/** What the rows of one lease begin with, in both tables. */
export function idPrefix(id: bigint): ByteString {
  idView.setBigInt64(0, id);
  const a = idView.getUint16(0);
  const b = idView.getUint16(2);
  const c = idView.getUint16(4);
  const d = idView.getUint16(6);
  return String.fromCharCode(a >> 8, a & 255, b >> 8, b & 255, c >> 8, c & 255, d >> 8, d & 255);
}

export function encodeLease(lease: Lease): Uint8Array {
  const record = new Uint8Array(RECORD_BYTES);
  const view = new DataView(record.buffer);
  view.setBigInt64(0, BigInt(lease.ttlSeconds));
  view.setBigInt64(8, BigInt(lease.remainingTtlSeconds));
  return record;
}

export function decodeLease(key: ByteString, record: Uint8Array): Lease {
  assert(key.length === ID_BYTES, 'the key of a lease is an id of 8 bytes');
  assert(record.length === RECORD_BYTES, 'the record of a lease is two numbers of 8 bytes');
  for (let i = 0; i < ID_BYTES; i++) idView.setUint8(i, key.charCodeAt(i));
  const view = new DataView(record.buffer, record.byteOffset, RECORD_BYTES);
  return new Lease(idView.getBigInt64(0), Number(view.getBigInt64(0)), Number(view.getBigInt64(8)));
}
