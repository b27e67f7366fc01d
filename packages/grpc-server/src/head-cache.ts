/**
 * Remembers judged header blocks of one connection. A client that calls the same method again sends
 * the same bytes, and as long as its HPACK table did not change, equal bytes mean equal requests. So a
 * repeated block costs one comparison instead of decoding, validation and look-ups.
 *
 * Invariant: an entry is used only in the table generation that it was made in, and only blocks that
 * left the generation as it was are remembered.
 */
import type { RequestHead } from './request-head.ts';

/** Longer blocks are literals, which are not worth remembering. */
const BLOCK_BYTES_MAX = 256;

/** Blocks remembered: the methods that one client calls in turn. */
const SLOTS = 32;

interface Entry {
  readonly generation: number;
  readonly block: Uint8Array;
  readonly head: RequestHead;
}

/** See the file comment. */
export class HeadCache {
  readonly #entries: (Entry | undefined)[] = new Array<Entry | undefined>(SLOTS).fill(undefined);

  /** The head of an equal block, or undefined. */
  find(
    source: Uint8Array,
    start: number,
    end: number,
    generation: number,
  ): RequestHead | undefined {
    const entry = this.#entries[slotOf(source, start, end)];
    if (entry === undefined || entry.generation !== generation) return undefined;
    const { block } = entry;
    if (block.length !== end - start) return undefined;
    for (let index = 0; index < block.length; index++) {
      if (block[index] !== source[start + index]) return undefined;
    }
    return entry.head;
  }

  /** Remembers a block that was decoded without changing the table. */
  remember(
    source: Uint8Array,
    start: number,
    end: number,
    generation: number,
    head: RequestHead,
  ): void {
    if (end - start > BLOCK_BYTES_MAX) return;
    const block = Uint8Array.prototype.slice.call(source, start, end);
    this.#entries[slotOf(source, start, end)] = { generation, block, head };
  }
}

/** Spreads by length and by a few bytes; blocks of different methods differ in one index byte. */
function slotOf(source: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  const sampled = Math.min(end, start + 16);
  for (let at = start; at < sampled; at++) hash = (hash * 31 + source[at]!) | 0;
  return (hash ^ (hash >>> 5)) & (SLOTS - 1);
}
