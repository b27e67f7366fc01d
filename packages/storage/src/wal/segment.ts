/**
 * One file of the write-ahead log: its name, and reading it front to back in windows, so that a log of any
 * size is opened in a few megabytes of memory.
 *
 * `<sequence>-<first index>.wal`, both as 16 hexadecimal digits, like etcd's. A file gets this name only once
 * its header record and its preallocated zeros are durable, so under this name the header is never torn.
 */
import type { OpenFile } from '../file-system.ts';
import {
  hasValidChecksum,
  headerBytes,
  headerFault,
  hexadecimal,
  readHeader,
  recordBytes,
  sectorBytes,
  type RecordHeader,
  type RecordPlace,
} from './record.ts';

export interface SegmentName {
  readonly sequence: number;
  /** The index that the next entry had when the segment was begun. */
  readonly firstIndex: number;
  readonly name: string;
}

/** A segment in preparation; removed when a log is opened. */
export const preparedName = 'next.tmp';

const namePattern = /^([0-9a-f]{16})-([0-9a-f]{16})\.wal$/;

export function segmentName(sequence: number, firstIndex: number): string {
  const digits = (value: number): string => value.toString(16).padStart(16, '0');
  return `${digits(sequence)}-${digits(firstIndex)}.wal`;
}

export function parseSegmentName(name: string): SegmentName | undefined {
  const match = namePattern.exec(name);
  if (match === null) return undefined;
  return { sequence: Number(`0x${match[1]}`), firstIndex: Number(`0x${match[2]}`), name };
}

export type RecordRead =
  | {
      readonly kind: 'record';
      readonly header: RecordHeader;
      /** Header and payload; valid until the next read. */
      readonly bytes: Uint8Array;
      /** Where the record after it belongs. */
      readonly next: RecordPlace;
    }
  /** Zeros where a header would be, or the end of the file. */
  | { readonly kind: 'end' }
  | { readonly kind: 'damaged'; readonly found: string; readonly expected: string };

/** Enough for the largest batch of ordinary size; larger records get a window of their own. */
const windowBytes = 1024 * 1024;

export class SegmentReader {
  readonly #file: OpenFile;
  readonly #size: number;
  #window = new Uint8Array(0);
  #start = 0;
  #length = 0;

  constructor(file: OpenFile) {
    this.#file = file;
    this.#size = file.size();
  }

  get size(): number {
    return this.#size;
  }

  /** The header at `offset`, believed by nobody yet; `undefined` for zeros or beyond the end. */
  peek(offset: number): RecordHeader | undefined {
    if (this.#size - offset < headerBytes) return undefined;
    const head = this.#bytes(offset, headerBytes);
    return isZero(head) ? undefined : readHeader(viewOf(head), 0);
  }

  /** Decodes the record that belongs at `place`. */
  read(place: RecordPlace): RecordRead {
    const bytesLeft = this.#size - place.offset;
    const header = this.peek(place.offset);
    if (header === undefined) return { kind: 'end' };
    const fault = headerFault(header, place, bytesLeft);
    if (fault !== undefined) return { kind: 'damaged', ...fault };
    const bytes = this.#bytes(place.offset, headerBytes + header.length);
    if (!hasValidChecksum(bytes, header)) {
      return {
        kind: 'damaged',
        found: `a record of ${header.length} bytes that does not match its checksum`,
        expected: `checksum ${hexadecimal(header.checksum)}`,
      };
    }
    const next = {
      segment: place.segment,
      offset: place.offset + recordBytes(header.length),
      previous: header.checksum,
      number: place.number + 1,
    };
    return { kind: 'record', header, bytes, next };
  }

  /**
   * Looks behind a place where no record could be read. `laterRecord` is the offset of a whole record that
   * was written after the one that belongs at `place`: because a record is written only when the one before
   * it is durable, its presence proves that bytes at `place` were acknowledged and have since been damaged.
   * `garbageEnd` is the end of the last sector from `place` on that is not zero.
   */
  inspectTail(place: RecordPlace): {
    readonly laterRecord: number | undefined;
    readonly garbageEnd: number;
  } {
    let garbageEnd = place.offset;
    for (let offset = place.offset; offset < this.#size; offset += windowBytes) {
      const length = Math.min(windowBytes, this.#size - offset);
      if (isZero(this.#bytes(offset, length))) continue;
      for (let sector = offset; sector < offset + length; sector += sectorBytes) {
        const sectorEnd = Math.min(sector + sectorBytes, this.#size);
        const bytes = this.#bytes(sector, sectorEnd - sector);
        if (isZero(bytes)) continue;
        garbageEnd = sectorEnd;
        if (this.#isLaterRecord(sector, bytes, place)) return { laterRecord: sector, garbageEnd };
      }
    }
    return { laterRecord: undefined, garbageEnd };
  }

  #isLaterRecord(offset: number, sector: Uint8Array, place: RecordPlace): boolean {
    if (sector.length < headerBytes) return false;
    const header = readHeader(viewOf(sector), 0);
    const candidate = {
      segment: place.segment,
      offset,
      previous: header.previous,
      number: header.number,
    };
    if (header.number <= place.number) return false;
    if (headerFault(header, candidate, this.#size - offset) !== undefined) return false;
    return hasValidChecksum(this.#bytes(offset, headerBytes + header.length), header);
  }

  /** The bytes from `offset` on; fewer than `length` only when the file has shrunk meanwhile. */
  #bytes(offset: number, length: number): Uint8Array {
    if (offset < this.#start || offset + length > this.#start + this.#length) {
      const wanted = Math.max(Math.min(windowBytes, this.#size), length);
      if (this.#window.length !== wanted) this.#window = new Uint8Array(wanted);
      this.#start = offset;
      this.#length = this.#file.read(this.#window, offset);
    }
    const start = offset - this.#start;
    return this.#window.subarray(start, Math.min(start + length, this.#length));
  }
}

const zeros = new Uint8Array(windowBytes);

function isZero(bytes: Uint8Array): boolean {
  return Buffer.compare(bytes, zeros.subarray(0, bytes.length)) === 0;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
