/**
 * The framing of the write-ahead log: one record is one write to the disk, and the only unit that is ever
 * acknowledged. This file holds the one encoder and the one decoder; opening, verifying and tools share it.
 *
 * A record starts on a sector boundary, so no write touches a sector that holds acknowledged bytes: whatever
 * a torn write leaves behind, it leaves behind the end of what was promised. Its header names its own place
 * (segment, sector, number), which exposes misdirected writes and stale blocks, and the checksum of the
 * record before it, which exposes a lost or reordered one.
 *
 * Layout, little-endian:
 *
 *     0  u32  checksum: CRC-32 (IEEE) of everything that follows, up to the end of the payload
 *     4  u32  previous: the checksum of the record before, across segments; 0 for the first of a log
 *     8  u32  length of the payload in bytes
 *    12  u32  type, never 0
 *    16  u32  segment: the sequence number in the file's name, modulo 2^32
 *    20  u32  sector: offset in the file / 512
 *    24  u64  number: 1 for the first record of a log, then without gaps
 *    32       payload, then zeros up to the next sector boundary
 */
import { crc32 } from 'node:zlib';

export const sectorBytes = 512;
export const headerBytes = 32;

export const recordTypes = { segment: 1, batch: 2, snapshot: 3, seal: 4 } as const;
export type RecordType = (typeof recordTypes)[keyof typeof recordTypes];

/** Where the next record goes, and what it must say about the one before it. */
export interface RecordPlace {
  readonly segment: number;
  readonly offset: number;
  readonly previous: number;
  readonly number: number;
}

export interface RecordHeader {
  readonly checksum: number;
  readonly previous: number;
  readonly length: number;
  readonly type: number;
  readonly segment: number;
  readonly offset: number;
  readonly number: number;
}

/** What a record occupies in the file. */
export function recordBytes(payloadLength: number): number {
  return Math.ceil((headerBytes + payloadLength) / sectorBytes) * sectorBytes;
}

/**
 * Completes the record whose payload already lies in `view` behind the header, and returns its checksum.
 * `view` covers at least header and payload.
 */
export function sealRecord(
  view: DataView,
  type: RecordType,
  payloadLength: number,
  place: RecordPlace,
): number {
  view.setUint32(4, place.previous, true);
  view.setUint32(8, payloadLength, true);
  view.setUint32(12, type, true);
  view.setUint32(16, place.segment % 2 ** 32, true);
  view.setUint32(20, place.offset / sectorBytes, true);
  writeUint53(view, 24, place.number);
  const checksum = crc32(
    new Uint8Array(view.buffer, view.byteOffset + 4, headerBytes - 4 + payloadLength),
  );
  view.setUint32(0, checksum, true);
  return checksum;
}

export function readHeader(view: DataView, start: number): RecordHeader {
  return {
    checksum: view.getUint32(start, true),
    previous: view.getUint32(start + 4, true),
    length: view.getUint32(start + 8, true),
    type: view.getUint32(start + 12, true),
    segment: view.getUint32(start + 16, true),
    offset: view.getUint32(start + 20, true) * sectorBytes,
    number: readUint53(view, start + 24),
  };
}

/** Whether the bytes are what the header promises; `record` covers header and payload exactly. */
export function hasValidChecksum(record: Uint8Array, header: RecordHeader): boolean {
  return crc32(record.subarray(4)) === header.checksum;
}

/**
 * Why a header cannot be the record that belongs at `place`, or `undefined` when it can. `bytesLeft` is what
 * the file still holds from its start on: a length is believed only within that bound, because it may have
 * been read from sectors that never reached the disk.
 */
export function headerFault(
  header: RecordHeader,
  place: RecordPlace,
  bytesLeft: number,
): { readonly found: string; readonly expected: string } | undefined {
  const isKnown = header.type >= recordTypes.segment && header.type <= recordTypes.seal;
  if (!isKnown) return { found: `record type ${header.type}`, expected: 'a type from 1 to 4' };
  if (header.length > bytesLeft - headerBytes) {
    return {
      found: `a record of ${header.length} bytes`,
      expected: `at most ${bytesLeft - headerBytes}, which is what the file has left`,
    };
  }
  if (header.segment !== place.segment % 2 ** 32 || header.offset !== place.offset) {
    return {
      found: `a record written for segment ${header.segment}, offset ${header.offset}`,
      expected: `one for segment ${place.segment}, offset ${place.offset}`,
    };
  }
  if (header.number !== place.number) {
    return { found: `record number ${header.number}`, expected: `number ${place.number}` };
  }
  if (header.previous !== place.previous) {
    return {
      found: `a record that follows checksum ${hexadecimal(header.previous)}`,
      expected: `one that follows ${hexadecimal(place.previous)}`,
    };
  }
  return undefined;
}

export function hexadecimal(checksum: number): string {
  return checksum.toString(16).padStart(8, '0');
}

/** A safe integer as an unsigned 64-bit number. */
export function writeUint53(view: DataView, offset: number, value: number): void {
  view.setUint32(offset, value % 2 ** 32, true);
  view.setUint32(offset + 4, Math.floor(value / 2 ** 32), true);
}

/** The value may be no safe integer when the bytes are damaged; comparisons then fail, as they should. */
export function readUint53(view: DataView, offset: number): number {
  return view.getUint32(offset + 4, true) * 2 ** 32 + view.getUint32(offset, true);
}
