/**
 * How far a snapshot has come, in the store that it is built in and in the transaction of its rows: a process that ends
 * between two chunks leaves one that the next can go on with. The table is dropped when the snapshot is whole.
 */
import { tables } from '@concord/kv';
import type { ByteString } from '@concord/protocol';
import type { StoredTable } from '../lmdb/environment.ts';
import { checksumBytes, openRow, sealRow } from '../lmdb/row-value.ts';

/** Tables of a store that is being built. */
export const incomingTables: readonly string[] = [...tables, 'incoming'];

export interface IncomingProgress {
  /** The snapshot's, in hexadecimal. */
  readonly name: string;
  /** What the caller wants to be told after a restart, in base64. */
  readonly origin: string;
  /** Of the chunk that comes next. */
  readonly number: number;
  /** The checksum of the chunk before. */
  readonly previous: number;
  /** The sender's, in its order; empty before the header. */
  readonly tableNames: readonly string[];
  /** The last row's. */
  readonly table: number;
  readonly lastKey: ByteString | undefined;
  readonly rows: number;
  readonly bytes: number;
  readonly isWhole: boolean;
}

const rowKey = 'progress';

/** Call inside the transaction that it speaks of. */
export function writeProgress({ database, seed }: StoredTable, progress: IncomingProgress): void {
  const value = Buffer.from(JSON.stringify(progress));
  const stored = sealRow(seed, rowKey, Buffer.concat([value, Buffer.alloc(checksumBytes)]));
  if (!database.putSync(rowKey, stored)) throw new Error('LMDB refused to write a row');
}

/** `undefined` where there is none, or not what was written. */
export function readProgress({ database, seed }: StoredTable): IncomingProgress | undefined {
  const stored = database.getBinaryFast(rowKey);
  const value = stored && openRow(seed, rowKey, stored);
  if (value === undefined) return undefined;
  return JSON.parse(Buffer.from(value).toString()) as IncomingProgress;
}
