/**
 * LMDB's file, read page by page, with a bit for each page that somebody has claimed: a page belongs to one tree, or is
 * free, and never both.
 */
import { readSync } from 'node:fs';
import type { Description } from './description.ts';
import { Page } from './page.ts';
import { PageFault } from './page-fault.ts';

/** The two descriptions. */
const firstPage = 2;

export class PageFile {
  readonly #descriptor: number;
  readonly description: Description;
  readonly #claimed: Uint8Array;
  #claimedPages = firstPage;
  /** Pages that the file really has; free ones at the end may be missing. */
  readonly #pagesThere: number;

  constructor(descriptor: number, fileBytes: number, description: Description) {
    this.#descriptor = descriptor;
    this.description = description;
    this.#pagesThere = Math.floor(fileBytes / description.pageBytes);
    this.#claimed = new Uint8Array(Math.ceil(description.pages / 8));
  }

  /** Memory for one page. */
  memory(): ArrayBuffer {
    return new ArrayBuffer(this.description.pageBytes);
  }

  /** Reads a page into `memory`. */
  read(number: number, memory: ArrayBuffer): Page {
    const { pageBytes } = this.description;
    const bytes = readSync(
      this.#descriptor,
      new Uint8Array(memory),
      0,
      pageBytes,
      number * pageBytes,
    );
    if (bytes < pageBytes) throw new PageFault(number, 'no place in the file, which ends before');
    return new Page(number, memory);
  }

  /** Reads what a run holds from its first page on. */
  readRun(first: number, valueBytes: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(valueBytes);
    const at = first * this.description.pageBytes + 24;
    if (readSync(this.#descriptor, bytes, 0, valueBytes, at) < valueBytes)
      throw new PageFault(first, 'a run that the file ends before');
    return bytes;
  }

  /** `count` pages from `first` on are in use, and must be there. */
  claimUsed(first: number, count: number, by: number): void {
    if (first + count > this.#pagesThere)
      throw new PageFault(by, `a way to page ${first}, behind the end of the file`);
    this.#claim(first, count, by);
  }

  claimFree(first: number, count: number, by: number): void {
    this.#claim(first, count, by);
  }

  /** How many pages nobody has claimed. */
  get unclaimed(): number {
    return this.description.pages - this.#claimedPages;
  }

  #claim(first: number, count: number, by: number): void {
    if (!(first >= firstPage && first + count <= this.description.pages))
      throw new PageFault(by, `a way to page ${first}, and there are ${this.description.pages}`);
    for (let number = first; number < first + count; number++) {
      const byte = number >>> 3;
      const bit = 1 << (number & 7);
      if (((this.#claimed[byte] as number) & bit) !== 0)
        throw new PageFault(by, `a way to page ${number}, to which there is another`);
      (this.#claimed[byte] as number) |= bit;
    }
    this.#claimedPages += count;
  }
}
