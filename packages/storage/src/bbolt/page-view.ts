/** The elements of a leaf or branch page, each checked to lie inside the page before it is read. */
import type { ByteString } from '@concord/protocol';
import type { RefuseFile } from './damage.ts';
import { bucketFlag, elementBytes, headerBytes, readUint53, type PageHeader } from './page.ts';

export class PageView {
  readonly id: number;
  readonly count: number;
  readonly #bytes: Buffer;
  readonly #refuse: RefuseFile;

  /** @param bytes the page with all that it overflows into */
  constructor(bytes: Buffer, { id, count }: Pick<PageHeader, 'id' | 'count'>, refuse: RefuseFile) {
    this.id = id;
    this.count = count;
    this.#bytes = bytes;
    this.#refuse = refuse;
    if (headerBytes + count * elementBytes > bytes.length) {
      refuse(
        id,
        `says that it has ${count} elements`,
        `has no more than its ${bytes.length} bytes hold`,
      );
    }
  }

  leafKey(i: number): ByteString {
    const element = headerBytes + i * elementBytes;
    return this.#key(
      element,
      this.#bytes.readUInt32LE(element + 4),
      this.#bytes.readUInt32LE(element + 8),
    );
  }

  /** A view, valid until the next page is read. */
  value(i: number): Buffer {
    const element = headerBytes + i * elementBytes;
    const start =
      element + this.#bytes.readUInt32LE(element + 4) + this.#bytes.readUInt32LE(element + 8);
    return this.#slice(start, this.#bytes.readUInt32LE(element + 12));
  }

  isBucket(i: number): boolean {
    return (this.#bytes.readUInt32LE(headerBytes + i * elementBytes) & bucketFlag) !== 0;
  }

  branchKey(i: number): ByteString {
    const element = headerBytes + i * elementBytes;
    return this.#key(
      element,
      this.#bytes.readUInt32LE(element),
      this.#bytes.readUInt32LE(element + 4),
    );
  }

  child(i: number): number {
    return readUint53(this.#bytes, headerBytes + i * elementBytes + 8);
  }

  #key(element: number, position: number, length: number): ByteString {
    return this.#slice(element + position, length).toString('latin1');
  }

  #slice(start: number, length: number): Buffer {
    if (start + length > this.#bytes.length) {
      this.#refuse(
        this.id,
        `points to bytes ${start} to ${start + length}`,
        `points into its own ${this.#bytes.length} bytes`,
      );
    }
    return this.#bytes.subarray(start, start + length);
  }
}
