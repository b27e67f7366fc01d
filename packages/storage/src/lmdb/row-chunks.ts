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

export interface Row {
  readonly table: number;
  readonly key: ByteString;
  /** The value and room for its checksum, as a view of the chunk; `null` deletes. */
  readonly stored: Uint8Array | null;
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

export function* decodeChunk(chunk: Chunk): Generator<Row, void> {
  const buffer = Buffer.from(chunk.memory, 0, chunk.length);
  for (let position = 0; position < buffer.length;) {
    const keyStart = position + preambleBytes;
    const valueStart = keyStart + buffer.readUInt32LE(position + 1);
    const valueLength = buffer.readUInt32LE(position + 5);
    const isDeletion = valueLength === deletion;
    const end = isDeletion ? valueStart : valueStart + valueLength + checksumBytes;
    yield {
      table: buffer[position] as number,
      key: buffer.toString('latin1', keyStart, valueStart),
      stored: isDeletion ? null : new Uint8Array(chunk.memory, valueStart, end - valueStart),
    };
    position = end;
  }
}
