/**
 * Reads a store that is held as chunks, any of them any number of times. A chunk is filled in slices between turns of
 * the event loop, and holds the same bytes whenever it is read: the view does not change, and where a chunk ends depends
 * on its rows alone.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { tables } from '@concord/kv';
import type { ByteString } from '@concord/protocol';
import { StorageError } from '../errors.ts';
import type { StoreView } from '../lmdb/store-view.ts';
import {
  chunkBytes,
  chunkKinds,
  chunkPreambleBytes,
  headerChunk,
  rowPreambleBytes,
  sealChunk,
  totalsChunk,
  writeRow,
  type ChunkKind,
  type ChunkPlace,
  type SnapshotRow,
} from './chunk.ts';

/** Read in one go: a few hundred small rows, a tenth of a millisecond. */
const sliceBytes = 64 * 1024;

/** Beginnings of chunks that are remembered; further apart the more chunks there are. */
const marksMax = 1024;

/** Where a chunk begins: all that is needed to read it again. */
interface Mark extends ChunkPlace {
  readonly table: number;
  /** The stored key before the first of the chunk. */
  readonly after: ByteString | undefined;
  readonly rows: number;
  readonly bytes: number;
}

const beginning: Mark = {
  number: 0,
  previous: 0,
  table: 0,
  after: undefined,
  rows: 0,
  bytes: 0,
};

export class ChunkReader {
  readonly #name: Uint8Array;
  readonly #view: StoreView;
  /** In ascending order, one every `#stride` chunks at least; the first stays. */
  #marks: Mark[] = [beginning];
  #stride = 1;

  constructor(name: Uint8Array, view: StoreView) {
    this.#name = name;
    this.#view = view;
  }

  /** Throws `snapshot-gone` once the view is closed. */
  async *read(fromChunk: number): AsyncGenerator<Uint8Array, void> {
    let mark = this.#marks.findLast(({ number }) => number <= fromChunk) ?? beginning;
    for (;;) {
      const { number } = mark;
      const isLast = mark.table === tables.length;
      const { chunk, next } = await this.#next(mark);
      if (number >= fromChunk) yield chunk;
      if (isLast) return;
      this.#remember(next);
      mark = next;
    }
  }

  async #next(mark: Mark): Promise<{ readonly chunk: Uint8Array; readonly next: Mark }> {
    if (mark.number === 0)
      return this.#seal(headerChunk(this.#name, tables), chunkKinds.header, mark, mark);
    if (mark.table === tables.length)
      return this.#seal(totalsChunk(mark.rows, mark.bytes), chunkKinds.totals, mark, mark);
    return this.#rows(mark);
  }

  async #rows(mark: Mark): Promise<{ readonly chunk: Uint8Array; readonly next: Mark }> {
    const chunk = new RowsChunk();
    let { table, after, rows } = mark;
    while (table < tables.length) {
      this.#assertHeld();
      const sliceEnd = chunk.end + sliceBytes;
      const isAtEnd = this.#view.visitRows(table, after, (key, stored) => {
        if (!chunk.add({ table, key, stored })) return false;
        after = key;
        rows++;
        return chunk.end < sliceEnd;
      });
      if (chunk.isFull) break;
      if (isAtEnd) {
        table++;
        after = undefined;
      } else await nextTurn();
    }
    const reached = { ...mark, table, after, rows };
    return this.#seal(chunk.bytes, chunkKinds.rows, mark, reached);
  }

  #seal(
    chunk: Buffer,
    kind: ChunkKind,
    place: Mark,
    reached: Mark,
  ): { readonly chunk: Uint8Array; readonly next: Mark } {
    const previous = sealChunk(chunk, kind, place);
    const bytes = place.bytes + chunk.length;
    return { chunk, next: { ...reached, number: place.number + 1, previous, bytes } };
  }

  #remember(mark: Mark): void {
    const last = this.#marks.at(-1) as Mark;
    if (mark.number < last.number + this.#stride) return;
    this.#marks.push(mark);
    if (this.#marks.length <= marksMax) return;
    this.#stride *= 2;
    this.#marks = this.#marks.filter((_, i) => i % 2 === 0);
  }

  #assertHeld(): void {
    if (this.#view.isOpen) return;
    throw new StorageError({
      code: 'snapshot-gone',
      path: Buffer.from(this.#name).toString('hex'),
      found: 'a snapshot that was let go',
      expected: 'one that is held until it was read',
      remedy: 'The leader holds another one by itself; nothing needs to be done.',
    });
  }
}

/** Rows on their way into a chunk. */
class RowsChunk {
  #buffer = Buffer.allocUnsafeSlow(chunkBytes);
  #end = chunkPreambleBytes;
  #isFull = false;

  get end(): number {
    return this.#end;
  }

  /** Whether a row was refused. */
  get isFull(): boolean {
    return this.#isFull;
  }

  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#end);
  }

  /** Refuses what belongs in the next chunk; the first row is never refused, however large it is. */
  add(row: SnapshotRow): boolean {
    const end = this.#end + rowPreambleBytes + row.key.length + row.stored.length;
    if (end > this.#buffer.length) {
      this.#isFull = this.#end > chunkPreambleBytes;
      if (this.#isFull) return false;
      this.#buffer = Buffer.allocUnsafeSlow(end);
    }
    this.#end = writeRow(this.#buffer, this.#end, row);
    return true;
  }
}
