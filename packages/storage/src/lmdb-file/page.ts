/**
 * One page of LMDB's file, as numbers. Little-endian.
 *
 *     header    0 u64 page number   8 u64 transaction that wrote it   16 u16 unused   18 u16 kind
 *              20 u16 end of the places   22 u16 start of the nodes, both behind the header; in a run: u32 pages
 *     places   24 u16 each: where a node begins, behind the header, in the order of the keys
 *     node      0 u32 length of the value, or lower half of a page number   4 u16 flags, or upper half
 *               6 u16 length of the key   8 key, then the value
 *
 * Nodes lie without gaps from their start to the end of the page, each of an even length. A value too long for that
 * is in a run of pages of its own; its node says where: u64 page, u64 transaction, u64 pages.
 */
import { PageFault } from './page-fault.ts';

export const pageHeaderBytes = 24;
export const nodeHeaderBytes = 8;
export const pageKinds = { branch: 1, leaf: 2, run: 4, description: 8 } as const;
export type PageKind = (typeof pageKinds)[keyof typeof pageKinds];
/** What a node's value is: itself, a run of pages, or the record of a tree. */
export const nodeFlags = { value: 0, run: 1, tree: 2 } as const;
const flagsMax = nodeFlags.tree;
export const runReferenceBytes = 24;
const twoToThe32 = 2 ** 32;

export class Page {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly #halves: Uint16Array;
  readonly #words: Uint32Array;

  /** @param memory exactly one page; the caller may read the next one into it, and then makes another `Page` */
  constructor(number: number, memory: ArrayBuffer) {
    this.number = number;
    this.bytes = new Uint8Array(memory);
    this.#halves = new Uint16Array(memory);
    this.#words = new Uint32Array(memory);
  }

  get kind(): number {
    return this.#halves[9] as number;
  }

  get nodes(): number {
    return (this.#halves[10] as number) >>> 1;
  }

  get runPages(): number {
    return this.#words[5] as number;
  }

  /** Throws unless the header says what it must, whatever the kind of the page. */
  checkHeader(kind: PageKind, transactionMax: number): void {
    if (this.long(0) !== this.number) this.fail(`the number ${this.long(0)}`);
    if (this.long(8) > transactionMax) this.fail('a transaction that has not been');
    if (this.kind !== kind) this.fail(`the kind ${this.kind} where ${kind} belongs`);
  }

  /** Throws unless every node lies inside the page, and together they fill their part of it. */
  checkNodes(): void {
    const lower = this.#halves[10] as number;
    const upper = this.#halves[11] as number;
    const room = this.bytes.length - pageHeaderBytes;
    if (lower % 2 !== 0 || lower > upper || upper > room) this.fail('no room for what it holds');
    let filled = 0;
    for (let node = 0; node < this.nodes; node++) {
      const start = this.start(node);
      const isInside = start % 2 === 0 && start - pageHeaderBytes >= upper;
      if (!isInside || start + nodeHeaderBytes > this.bytes.length)
        this.fail(`node ${node} outside of its part`);
      const bytes = this.#nodeBytes(start);
      if (start + bytes > this.bytes.length) this.fail(`node ${node} that ends outside`);
      filled += bytes + (bytes & 1);
    }
    if (filled !== room - upper) this.fail('nodes that overlap or leave gaps');
  }

  /** Where a node begins in the page. */
  start(node: number): number {
    return pageHeaderBytes + (this.#halves[pageHeaderBytes / 2 + node] as number);
  }

  keyBytes(start: number): number {
    return this.#halves[start / 2 + 3] as number;
  }

  flags(start: number): number {
    return this.#halves[start / 2 + 2] as number;
  }

  valueBytes(start: number): number {
    const at = start / 2;
    return (this.#halves[at] as number) + (this.#halves[at + 1] as number) * 0x10000;
  }

  /** Where the value begins, or the reference to its run. */
  valueStart(start: number): number {
    return start + nodeHeaderBytes + this.keyBytes(start);
  }

  /** The page below a node of a branch. */
  child(start: number): number {
    return this.valueBytes(start) + this.flags(start) * twoToThe32;
  }

  /** A number of 8 bytes at any place; not exact above 2^53, where every limit is exceeded. */
  long(at: number): number {
    return this.#word(at) + this.#word(at + 4) * twoToThe32;
  }

  fail(found: string): never {
    throw new PageFault(this.number, found);
  }

  #word(at: number): number {
    const { bytes } = this;
    const low = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
    const high = (bytes[at + 2] as number) | ((bytes[at + 3] as number) << 8);
    return low + high * 0x10000;
  }

  #nodeBytes(start: number): number {
    const bytes = nodeHeaderBytes + this.keyBytes(start);
    if (this.kind === pageKinds.branch) return bytes;
    const flags = this.flags(start);
    if (flags > flagsMax) this.fail(`a node with the flags ${flags}`);
    return bytes + (flags === nodeFlags.run ? runReferenceBytes : this.valueBytes(start));
  }
}
