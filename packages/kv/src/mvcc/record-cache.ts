/**
 * Records that were read before, so that a list which many ask for is not looked up, checked and copied row by row
 * each time. A record never changes, so nothing here goes stale; a change that is taken back is forgotten.
 *
 * Memory is a ring of chunks. The oldest chunk makes room for a new one, and itself lives as long as somebody holds a
 * record of it: what was handed out stays as it was. Of the records in the ring each has one place in a table, by the
 * low bits of its revision: revisions are dense, so few of those that live share a place, and the later one takes it.
 */
import { assert } from '@concord/raft';

const CHUNK_BYTES = 256 * 1024;
/** Larger records are read anew: for them the copy is what costs, and they would push out hundreds of small ones. */
const CACHED_RECORD_BYTES_MAX = CHUNK_BYTES / 8;
/** 64 MiB: 100,000 records of 600 bytes, the registry and the configuration of a large company. Taken as it fills. */
const CHUNKS_MAX = 256;
/** A place for each record of 256 bytes. */
const PLACES = 2 ** 18;
const LENGTH_BYTES = 4;
/**
 * Changes of one revision lie this far apart in the table: the golden section of it, made odd. However many changes a
 * revision has, that leaves the widest gaps between them, for those of the revisions that follow.
 */
const SUB_REVISION_STRIDE = 162_013;

export class RecordCache {
  /** Main revision of the record in each place, 0 in an empty one. */
  readonly #mains = new Float64Array(PLACES);
  readonly #subs = new Uint32Array(PLACES);
  /** Where its length stands, counted in bytes since the ring was begun. */
  readonly #positions = new Float64Array(PLACES);
  readonly #chunks: Uint8Array[] = [];
  readonly #chunksMax: number;
  /** The next free byte, counted likewise. */
  #end = 0;

  /** @param bytesMax how much memory it may take, in bytes. Default 64 MiB. */
  constructor(bytesMax = CHUNKS_MAX * CHUNK_BYTES) {
    this.#chunksMax = Math.ceil(bytesMax / CHUNK_BYTES);
    assert(this.#chunksMax > 0, 'a ring of chunks has one at least');
  }

  /** The record of the change, as a view of bytes that never change; undefined where it is not here. */
  get(main: number, sub: number): Uint8Array | undefined {
    const place = placeOf(main, sub);
    if (this.#mains[place] !== main || this.#subs[place] !== sub) return undefined;
    const position = this.#positions[place] as number;
    const chunkNumber = Math.floor(position / CHUNK_BYTES);
    if (chunkNumber <= this.#chunkNumber - this.#chunksMax) return undefined;
    const chunk = this.#chunks[chunkNumber % this.#chunksMax] as Uint8Array;
    const start = position - chunkNumber * CHUNK_BYTES;
    return new Uint8Array(chunk.buffer, start + LENGTH_BYTES, readLength(chunk, start));
  }

  /** Whether `add` takes a record of so many bytes. */
  takes(length: number): boolean {
    return length <= CACHED_RECORD_BYTES_MAX;
  }

  /** Copies the first `length` bytes of `source`, and answers the copy. */
  add(main: number, sub: number, source: Uint8Array, length: number): Uint8Array {
    // Copied whole and then overwritten by the next: cheaper than a view of the part that is wanted.
    const chunk = this.#reserve(LENGTH_BYTES + source.length);
    const start = this.#end % CHUNK_BYTES;
    writeLength(chunk, start, length);
    chunk.set(source, start + LENGTH_BYTES);
    const place = placeOf(main, sub);
    this.#mains[place] = main;
    this.#subs[place] = sub;
    this.#positions[place] = this.#end;
    this.#end += LENGTH_BYTES + length;
    return new Uint8Array(chunk.buffer, start + LENGTH_BYTES, length);
  }

  /** The change is taken back: its revision will be that of another. */
  forget(main: number, sub: number): void {
    const place = placeOf(main, sub);
    if (this.#mains[place] === main && this.#subs[place] === sub) this.#mains[place] = 0;
  }

  get #chunkNumber(): number {
    return Math.floor(this.#end / CHUNK_BYTES);
  }

  /** The chunk in which so many bytes have room at `#end`. */
  #reserve(bytes: number): Uint8Array {
    const used = this.#end % CHUNK_BYTES;
    if (used + bytes > CHUNK_BYTES) this.#end += CHUNK_BYTES - used;
    const index = this.#chunkNumber % this.#chunksMax;
    if (this.#end % CHUNK_BYTES === 0) this.#chunks[index] = new Uint8Array(CHUNK_BYTES);
    return this.#chunks[index] as Uint8Array;
  }
}

const placeOf = (main: number, sub: number): number => (main + sub * SUB_REVISION_STRIDE) % PLACES;

function readLength(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number)
  );
}

function writeLength(bytes: Uint8Array, at: number, length: number): void {
  bytes[at] = length >>> 24;
  bytes[at + 1] = length >>> 16;
  bytes[at + 2] = length >>> 8;
  bytes[at + 3] = length;
}
