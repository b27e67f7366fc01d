/**
 * A batch on its way to the thread that stores it: rows, encoded into chunks of memory that change owner
 * without a copy. One encoder and one decoder, used on either side.
 *
 *     row:  u8 table   u32 key length   u32 value length   key   value   4 bytes for the checksum
 *
 * A deletion has the value length ffffffff, and ends with the key.
 */
import type { StoreBatch, Table } from '@concord/kv';
import type { ByteString } from '@concord/protocol';
import { checksumBytes } from './row-value.ts';

/** Large enough to amortise a message, small enough to be filled well within a millisecond. */
export const chunkBytes = 512 * 1024;

const preambleBytes = 9;
const deletion = 0xffffffff;

export interface Chunk {
  readonly memory: ArrayBuffer;
  readonly length: number;
}

/**
 * Encodes `batch` chunk by chunk, each when the caller asks for it. `allocate` returns memory of at least the
 * size asked for.
 */
export function* encodeBatch(
  batch: StoreBatch,
  tableNumbers: ReadonlyMap<Table, number>,
  allocate: (bytes: number) => ArrayBuffer,
): Generator<Chunk, void> {
  let buffer = Buffer.from(allocate(chunkBytes));
  let end = 0;
  for (const [table, writes] of batch) {
    const number = tableNumbers.get(table);
    if (number === undefined) throw new RangeError(`there is no table ${table}`);
    for (const [key, value] of writes) {
      const size = preambleBytes + key.length + (value === null ? 0 : value.length + checksumBytes);
      if (end + size > buffer.length) {
        if (end > 0) yield { memory: buffer.buffer, length: end };
        buffer = Buffer.from(allocate(Math.max(chunkBytes, size)));
        end = 0;
      }
      writeRow(buffer, end, number, key, value);
      end += size;
    }
  }
  yield { memory: buffer.buffer, length: end };
}

function writeRow(
  buffer: Buffer,
  start: number,
  table: number,
  key: ByteString,
  value: Uint8Array | null,
): void {
  buffer[start] = table;
  buffer.writeUInt32LE(key.length, start + 1);
  buffer.writeUInt32LE(value === null ? deletion : value.length, start + 5);
  const valueStart = start + preambleBytes + buffer.write(key, start + preambleBytes, 'latin1');
  if (value !== null) buffer.set(value, valueStart);
}

/** Where the values of a batch are, without an object for each: the garbage collector would have to move them. */
export class BatchRows {
  /** By the number of the table. */
  readonly tables: readonly TableRows[];

  constructor(tableCount: number, chunks: readonly Chunk[]) {
    const buffers = chunks.map(({ memory, length }) => Buffer.from(memory, 0, length));
    this.tables = Array.from({ length: tableCount }, () => new TableRows(buffers));
    for (const [i, buffer] of buffers.entries()) this.#read(buffer, i);
  }

  #read(buffer: Buffer, chunk: number): void {
    for (let position = 0; position < buffer.length;) {
      const keyStart = position + preambleBytes;
      const valueStart = keyStart + buffer.readUInt32LE(position + 1);
      const valueLength = buffer.readUInt32LE(position + 5);
      const isDeletion = valueLength === deletion;
      const rows = this.tables[buffer[position] as number];
      if (rows === undefined) throw new RangeError(`there is no table ${buffer[position]}`);
      const key = buffer.toString('latin1', keyStart, valueStart);
      rows.add(key, chunk, valueStart, isDeletion ? -1 : valueLength);
      position = isDeletion ? valueStart : valueStart + valueLength + checksumBytes;
    }
  }
}

/** The rows of one table, by their number in key order. */
export class TableRows {
  readonly #buffers: readonly Buffer[];
  readonly #keys: ByteString[] = [];
  readonly #chunks: number[] = [];
  readonly #starts: number[] = [];
  /** -1 for a deletion. */
  readonly #lengths: number[] = [];
  #isSorted = true;
  /** Row numbers in key order, once they are sorted. */
  #order: number[] | undefined;

  constructor(buffers: readonly Buffer[]) {
    this.#buffers = buffers;
  }

  get count(): number {
    return this.#keys.length;
  }

  add(key: ByteString, chunk: number, start: number, length: number): void {
    const last = this.#keys[this.#keys.length - 1];
    if (last !== undefined && last >= key) this.#isSorted = false;
    this.#keys.push(key);
    this.#chunks.push(chunk);
    this.#starts.push(start);
    this.#lengths.push(length);
  }

  sort(): void {
    if (this.#isSorted) return;
    const keys = this.#keys;
    const order = keys.map((_, row) => row);
    this.#order = order.sort((a, b) => ((keys[a] as string) < (keys[b] as string) ? -1 : 1));
  }

  key(row: number): ByteString {
    return this.#keys[this.#at(row)] as ByteString;
  }

  /** The value and room for its checksum, as a view of the chunk; `null` deletes. */
  stored(row: number): Uint8Array | null {
    const at = this.#at(row);
    const length = this.#lengths[at] as number;
    if (length === -1) return null;
    const buffer = this.#buffers[this.#chunks[at] as number] as Buffer;
    return new Uint8Array(buffer.buffer, this.#starts[at], length + checksumBytes);
  }

  #at(row: number): number {
    return this.#order === undefined ? row : (this.#order[row] as number);
  }
}
