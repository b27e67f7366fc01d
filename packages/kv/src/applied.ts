/**
 * How far the log is applied, as a row of `meta`: index, term and rolling hash in one value, so that they cannot
 * part. The row is written into the batch that holds the effects of the entries up to it.
 */
import type { LogPosition } from '@concord/raft';
import type { Rows } from './rows.ts';

const NAME = 'applied';
/** Index, term and hash, 8 bytes each, big-endian. */
const ROW_BYTES = 24;

export interface Applied {
  readonly position: LogPosition;
  readonly hash: bigint;
}

/** The start of the log in a store that nothing was applied to. */
export function readApplied(rows: Pick<Rows, 'get'>): Applied {
  const row = rows.get('meta', NAME);
  if (row === undefined) return { position: { index: 0, term: 0 }, hash: 0n };
  const view = new DataView(row.buffer, row.byteOffset, ROW_BYTES);
  return {
    position: { index: Number(view.getBigUint64(0)), term: Number(view.getBigUint64(8)) },
    hash: view.getBigUint64(16),
  };
}

export function writeApplied(
  rows: Pick<Rows, 'set'>,
  { index, term }: LogPosition,
  hash: bigint,
): void {
  const view = new DataView(new ArrayBuffer(ROW_BYTES));
  view.setBigUint64(0, BigInt(index));
  view.setBigUint64(8, BigInt(term));
  view.setBigUint64(16, hash);
  rows.set('meta', NAME, new Uint8Array(view.buffer));
}
