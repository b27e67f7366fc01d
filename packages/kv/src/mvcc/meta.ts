/**
 * The single values that this store keeps in `meta`, committed in the batch of the data that they speak of. The
 * revision is stored, never worked out from the rows: the row of the newest change may be a tombstone that
 * compaction took.
 */
import { assert } from '@concord/raft';
import type { Rows } from '../rows.ts';

export type MetaName =
  | 'revision'
  | 'scheduled-compaction'
  | 'finished-compaction'
  | 'auth-revision'
  /** 1 while authentication is on. */
  | 'auth-enabled';

const TWO_TO_THE_32 = 2 ** 32;

/** Undefined in a store that this was never written to. */
export function readMeta(rows: Pick<Rows, 'get'>, name: MetaName): number | undefined {
  const row = rows.get('meta', name);
  if (row === undefined) return undefined;
  assert(row.length === 8, 'a number in meta takes 8 bytes');
  const view = new DataView(row.buffer, row.byteOffset, row.length);
  return view.getInt32(0) * TWO_TO_THE_32 + view.getUint32(4);
}

/** 8 bytes, big-endian, two's complement. */
export function writeMeta(rows: Pick<Rows, 'set'>, name: MetaName, value: number): void {
  const view = new DataView(new ArrayBuffer(8));
  view.setInt32(0, Math.floor(value / TWO_TO_THE_32));
  view.setUint32(4, value >>> 0);
  rows.set('meta', name, new Uint8Array(view.buffer));
}
