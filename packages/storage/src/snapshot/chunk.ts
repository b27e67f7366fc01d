/**
 * The unit that a snapshot is sent in. One encoder and one decoder, for both ends. Little-endian.
 *
 *     0  u32  checksum: CRC-32 of everything behind it
 *     4  u32  previous: the checksum of the chunk before; 0 for the first
 *     8  u32  number: 0 for the first, then without gaps
 *    12  u32  kind: 1 header, 2 rows, 3 totals
 *    16       payload
 *
 *     header   0 magic "CONCSNAP"   8 u32 format version   12 u32 tables   16 the snapshot's name, 16 bytes
 *             32 repeated: u8 length, name of the table
 *     rows     repeated: u8 table (place in the header)   u32 key length   u32 row length   key   row
 *     totals   0 u64 rows   8 u64 bytes of all chunks before
 *
 * Keys and rows are as the store has them (checksum and bucket rows too). A chunk names the one before it, so the last
 * one vouches for all: one that is missing, doubled, reordered or of another snapshot is noticed when it comes.
 */
import { crc32 } from 'node:zlib';
import type { ByteString } from '@concord/protocol';
import { readUint53, writeUint53 } from '../wal/record.ts';

/** Raised together with a change of the chunks, or of how the store writes its rows. */
export const snapshotFormatVersion = 2;
export const snapshotNameBytes = 16;

/** A chunk of ordinary size; a row that is larger has a chunk of its own. */
export const chunkBytes = 512 * 1024;
export const chunkPreambleBytes = 16;
export const chunkKinds = { header: 1, rows: 2, totals: 3 } as const;
export type ChunkKind = (typeof chunkKinds)[keyof typeof chunkKinds];

const magic = 'CONCSNAP';
const tableNamesOffset = 32;
const totalsBytes = 16;
export const rowPreambleBytes = 9;

/** What a chunk says about the chunks before it. */
export interface ChunkPlace {
  readonly number: number;
  readonly previous: number;
}

export interface SnapshotRow {
  readonly table: number;
  readonly key: ByteString;
  /** As the store has it: the value, and the checksum of table, key and value. */
  readonly stored: Uint8Array;
}

export type Chunk =
  | {
      readonly kind: 'header';
      readonly formatVersion: number;
      readonly name: Uint8Array;
      readonly tableNames: readonly string[];
    }
  | { readonly kind: 'rows'; readonly rows: Iterable<SnapshotRow> }
  | { readonly kind: 'totals'; readonly rows: number; readonly bytes: number };

/** Completes the chunk whose payload is in `buffer` already, and returns its checksum. */
export function sealChunk(buffer: Buffer, kind: ChunkKind, place: ChunkPlace): number {
  buffer.writeUInt32LE(place.previous, 4);
  buffer.writeUInt32LE(place.number, 8);
  buffer.writeUInt32LE(kind, 12);
  const checksum = crc32(buffer.subarray(4));
  buffer.writeUInt32LE(checksum, 0);
  return checksum;
}

/** A header chunk that is not sealed yet. */
export function headerChunk(name: Uint8Array, tableNames: readonly string[]): Buffer {
  const names = tableNames.map((table) => Buffer.from(`\0${table}`, 'latin1'));
  for (const encoded of names) encoded[0] = encoded.length - 1;
  const payload = Buffer.alloc(tableNamesOffset);
  payload.write(magic, 'latin1');
  payload.writeUInt32LE(snapshotFormatVersion, 8);
  payload.writeUInt32LE(tableNames.length, 12);
  payload.set(name, 16);
  return Buffer.concat([Buffer.alloc(chunkPreambleBytes), payload, ...names]);
}

/** A totals chunk that is not sealed yet. */
export function totalsChunk(rows: number, bytes: number): Buffer {
  const chunk = Buffer.alloc(chunkPreambleBytes + totalsBytes);
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  writeUint53(view, chunkPreambleBytes, rows);
  writeUint53(view, chunkPreambleBytes + 8, bytes);
  return chunk;
}

/** Writes a row into a rows chunk, and returns the end of it. */
export function writeRow(buffer: Buffer, start: number, row: SnapshotRow): number {
  const keyStart = start + rowPreambleBytes;
  buffer[start] = row.table;
  buffer.writeUInt32LE(row.key.length, start + 1);
  buffer.writeUInt32LE(row.stored.length, start + 5);
  buffer.write(row.key, keyStart, 'latin1');
  buffer.set(row.stored, keyStart + row.key.length);
  return keyStart + row.key.length + row.stored.length;
}

export type ChunkRead =
  | { readonly chunk: Chunk; readonly checksum: number }
  | { readonly found: string; readonly expected: string };

/** Decodes the chunk that belongs at `place`, or says why these bytes cannot be it. Rows are views of `bytes`. */
export function readChunk(bytes: Uint8Array, place: ChunkPlace): ChunkRead {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < chunkPreambleBytes)
    return { found: `a chunk of ${buffer.length} bytes`, expected: 'one with a whole preamble' };
  const checksum = buffer.readUInt32LE(0);
  if (crc32(buffer.subarray(4)) !== checksum)
    return { found: 'a chunk that does not match its checksum', expected: 'one that does' };
  const number = buffer.readUInt32LE(8);
  if (number !== place.number)
    return { found: `chunk ${number}`, expected: `chunk ${place.number}` };
  if (buffer.readUInt32LE(4) !== place.previous)
    return { found: `a chunk ${number} of another snapshot`, expected: 'the one that follows' };
  const chunk = decode(buffer.readUInt32LE(12), buffer.subarray(chunkPreambleBytes));
  const isInPlace = (chunk?.kind === 'header') === (number === 0);
  if (chunk === undefined || !isInPlace)
    return { found: `chunk ${number} with another content`, expected: 'a header, rows or totals' };
  return { chunk, checksum };
}

function decode(kind: number, payload: Buffer): Chunk | undefined {
  switch (kind) {
    case chunkKinds.header:
      return decodeHeader(payload);
    case chunkKinds.rows:
      return { kind: 'rows', rows: decodeRows(payload) };
    case chunkKinds.totals: {
      if (payload.length !== totalsBytes) return undefined;
      const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
      return { kind: 'totals', rows: readUint53(view, 0), bytes: readUint53(view, 8) };
    }
    default:
      return undefined;
  }
}

function decodeHeader(payload: Buffer): Chunk | undefined {
  if (payload.length < tableNamesOffset || payload.toString('latin1', 0, 8) !== magic)
    return undefined;
  const tableNames: string[] = [];
  for (let at = tableNamesOffset; at < payload.length;) {
    const end = at + 1 + (payload[at] as number);
    tableNames.push(payload.toString('latin1', at + 1, end));
    at = end;
  }
  if (tableNames.length !== payload.readUInt32LE(12)) return undefined;
  const name = new Uint8Array(payload.subarray(16, 16 + snapshotNameBytes));
  return { kind: 'header', formatVersion: payload.readUInt32LE(8), name, tableNames };
}

/** Throws `RangeError` when the lengths do not add up, which the checksum leaves to a defect alone. */
function* decodeRows(payload: Buffer): Generator<SnapshotRow, void> {
  for (let at = 0; at < payload.length;) {
    const keyStart = at + rowPreambleBytes;
    const storedStart = keyStart + payload.readUInt32LE(at + 1);
    const end = storedStart + payload.readUInt32LE(at + 5);
    if (end > payload.length) throw new RangeError('a row ends behind its chunk');
    yield {
      table: payload[at] as number,
      key: payload.toString('latin1', keyStart, storedStart),
      stored: new Uint8Array(payload.buffer, payload.byteOffset + storedStart, end - storedStart),
    };
    at = end;
  }
}
