/** A leaf page that is being filled: items in key order, as many as fit. */
import { assert } from '@concord/raft';
import type { ByteString } from '@concord/protocol';
import {
  bucketFlag,
  elementBytes,
  headerBytes,
  keyBytesMax,
  pageBytes,
  pageFlags,
  pagesOf,
  writePageHeader,
} from './page.ts';

export class LeafPage {
  readonly #isBucketList: boolean;
  #data = Buffer.allocUnsafeSlow(pageBytes);
  #dataBytes = 0;
  readonly #keyBytes: number[] = [];
  readonly #valueBytes: number[] = [];
  #firstKey: ByteString = '';
  #lastKey: ByteString = '';

  /** @param isBucketList whether the values are buckets: what the root of the file holds */
  constructor(isBucketList: boolean) {
    this.#isBucketList = isBucketList;
  }

  get count(): number {
    return this.#keyBytes.length;
  }
  /** Of the page with its header, as far as it is filled. */
  get bytes(): number {
    return headerBytes + this.count * elementBytes + this.#dataBytes;
  }
  get firstKey(): ByteString {
    return this.#firstKey;
  }

  /** Answers false where the item belongs on the next page; an empty page takes any. */
  add(key: ByteString, value: Uint8Array): boolean {
    assert(
      key.length > 0 && key.length <= keyBytesMax,
      'a key of a bbolt file has 1 to 32768 bytes',
    );
    assert(key > this.#lastKey, 'a bbolt file is filled in ascending order of keys');
    const end = this.#dataBytes + key.length + value.length;
    if (this.count > 0 && this.bytes + elementBytes + key.length + value.length > pageBytes)
      return false;
    if (end > this.#data.length) this.#data = Buffer.allocUnsafeSlow(end);
    this.#data.write(key, this.#dataBytes, 'latin1');
    this.#data.set(value, this.#dataBytes + key.length);
    this.#dataBytes = end;
    if (this.count === 0) this.#firstKey = key;
    this.#lastKey = key;
    this.#keyBytes.push(key.length);
    this.#valueBytes.push(value.length);
    return true;
  }

  /** The page with whatever it overflows into, zeros behind its content. The next page begins empty. */
  take(id: number): Buffer {
    const page = Buffer.alloc(pagesOf(this.bytes) * pageBytes);
    this.#write(page, id);
    return page;
  }

  /** The page without the zeros behind it, as it stands inside the value of a small bucket. */
  takeInline(): Buffer {
    const page = Buffer.alloc(this.bytes);
    this.#write(page, 0);
    return page;
  }

  #write(page: Buffer, id: number): void {
    const { count } = this;
    const overflow = pagesOf(page.length) - 1;
    writePageHeader(page, { id, flags: pageFlags.leaf, count, overflow });
    const dataStart = headerBytes + count * elementBytes;
    let element = headerBytes;
    let at = dataStart;
    for (let i = 0; i < count; i++) {
      const keyBytes = this.#keyBytes[i] as number;
      const valueBytes = this.#valueBytes[i] as number;
      page.writeUInt32LE(this.#isBucketList ? bucketFlag : 0, element);
      page.writeUInt32LE(at - element, element + 4);
      page.writeUInt32LE(keyBytes, element + 8);
      page.writeUInt32LE(valueBytes, element + 12);
      element += elementBytes;
      at += keyBytes + valueBytes;
    }
    page.set(this.#data.subarray(0, this.#dataBytes), dataStart);
    this.#clear();
  }

  #clear(): void {
    this.#keyBytes.length = 0;
    this.#valueBytes.length = 0;
    this.#dataBytes = 0;
    if (this.#data.length > pageBytes) this.#data = Buffer.allocUnsafeSlow(pageBytes);
  }
}
