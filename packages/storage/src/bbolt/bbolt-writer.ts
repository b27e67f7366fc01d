/**
 * Writes a bbolt file from buckets and keys that come in order, page behind page, without holding more than a page of
 * each level of a tree.
 *
 * The first pages say where the root is and how many pages there are, so they can be written last only. Who cannot go
 * back (a stream to a client) has the same rows written twice: the first time for the layout alone, whose pages go
 * nowhere. It costs a second reading of rows, and no room on the disk, which is what may be short when a
 * snapshot is wanted.
 *
 * Invariant: the layout depends on buckets, keys and values alone.
 */
import { assert } from '@concord/raft';
import type { ByteString } from '@concord/protocol';
import { firstFreePage, type Layout } from './meta.ts';
import { bucketHeaderBytes, pageBytes, writeUint53 } from './page.ts';
import { TreeWriter } from './tree-writer.ts';

/** bbolt's limit, a quarter of a page: smaller buckets stand in the page that names them. */
const inlineBytesMax = pageBytes / 4;

export class BboltWriter {
  readonly #write: (pages: Buffer) => void;
  readonly #root: TreeWriter;
  #bucket: { readonly name: ByteString; readonly tree: TreeWriter } | undefined;
  #nextPage = firstFreePage;

  /** @param write takes the pages behind the first three, in their order; the buffers are its own */
  constructor(write: (pages: Buffer) => void) {
    this.#write = write;
    this.#root = new TreeWriter(this.#append, true);
  }

  /** Ends the bucket before. Names must ascend. */
  bucket(name: ByteString): void {
    this.#endBucket();
    this.#bucket = { name, tree: new TreeWriter(this.#append, false) };
  }

  /** Keys of a bucket must ascend; key and value are copied. */
  put(key: ByteString, value: Uint8Array): void {
    assert(this.#bucket !== undefined, 'a key of a bbolt file is in a bucket');
    this.#bucket.tree.put(key, value);
  }

  /** Writes the last pages. The first three are `headPages` of the answer. */
  finish(): Layout {
    this.#endBucket();
    const rootPage = this.#root.finish();
    return { rootPage, pageCount: this.#nextPage };
  }

  #endBucket(): void {
    if (this.#bucket === undefined) return;
    const { name, tree } = this.#bucket;
    this.#bucket = undefined;
    const inline = tree.takeInline(inlineBytesMax - bucketHeaderBytes);
    const header = Buffer.alloc(bucketHeaderBytes);
    if (inline === undefined) writeUint53(header, tree.finish(), 0);
    this.#root.put(name, inline === undefined ? header : Buffer.concat([header, inline]));
  }

  readonly #append = (make: (id: number) => Buffer): number => {
    const id = this.#nextPage;
    const pages = make(id);
    this.#nextPage += pages.length / pageBytes;
    this.#write(pages);
    return id;
  };
}
