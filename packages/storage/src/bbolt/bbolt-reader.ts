/**
 * Reads a bbolt file from its first key to its last, page by page: memory holds one page, the way down to it, and a bit
 * for each page of the file. What is damaged is refused with the page; a value that has rotted inside a page has no
 * checksum in bbolt, and is what the digest behind a snapshot is for.
 */
import type { ByteString } from '@concord/protocol';
import { refuserOf } from './damage.ts';
import { PageFile } from './page-file.ts';
import { bucketHeaderBytes, headerBytes, pageFlags, readPageHeader, readUint53 } from './page.ts';
import { PageView } from './page-view.ts';

/** A page of rows, or the rows of a bucket that is small enough to stand in the page that names it. */
export interface BboltLeaf {
  readonly bucket: ByteString;
  readonly page: number;
  readonly count: number;
  leafKey(i: number): ByteString;
  /** A view, valid until the next leaf is read. */
  value(i: number): Uint8Array;
}

/** The keys that may be below a page: from `low` on, below `high`. */
interface Bounds {
  readonly low: ByteString;
  readonly high: ByteString | undefined;
}

interface Step extends Bounds {
  readonly page: number;
}

const unbounded: Bounds = { low: '', high: undefined };

export class BboltReader {
  readonly #path: string;
  readonly #file: PageFile;

  /** @param bytesMax where a digest may begin; default the end of the file. Throws `snapshot-corrupt`. */
  constructor(path: string, bytesMax?: number) {
    this.#path = path;
    this.#file = new PageFile(path, bytesMax);
  }

  /** Of the database, as etcd's tools show it. */
  get sizeBytes(): number {
    const { pageCount, pageBytes } = this.#file.meta;
    return pageCount * pageBytes;
  }

  /**
   * All rows in order, bucket by bucket; a bucket without rows has one leaf that is empty. Reads the file once: call
   * it once. Throws `snapshot-corrupt`, at the end for pages that nothing leads to.
   */
  *leaves(): Generator<BboltLeaf, void> {
    const buckets: { name: ByteString; value: Buffer; page: number }[] = [];
    for (const leaf of this.#walk(this.#file.meta.rootPage)) {
      for (let i = 0; i < leaf.count; i++) {
        const name = leaf.leafKey(i);
        if (!leaf.isBucket(i))
          this.#file.refuse(leaf.id, `holds the key ${show(name)}`, 'holds buckets alone');
        buckets.push({ name, value: Buffer.from(leaf.value(i)), page: leaf.id });
      }
    }
    for (const { name, value, page } of buckets) {
      if (value.length < bucketHeaderBytes) {
        this.#file.refuse(
          page,
          `names the bucket ${show(name)} without its root`,
          'says where each bucket is',
        );
      }
      const root = readUint53(value, 0);
      const leaves =
        root === 0 ? [this.#inline(value.subarray(bucketHeaderBytes), page)] : this.#walk(root);
      for (const leaf of leaves) yield this.#rows(name, leaf);
    }
    this.#file.assertAllReached();
  }

  close(): void {
    this.#file.close();
  }

  #rows(bucket: ByteString, leaf: PageView): BboltLeaf {
    for (let i = 0; i < leaf.count; i++) {
      if (leaf.isBucket(i))
        this.#file.refuse(leaf.id, `holds a bucket in the bucket ${show(bucket)}`, 'holds rows');
    }
    return {
      bucket,
      page: leaf.id,
      count: leaf.count,
      leafKey: (i) => leaf.leafKey(i),
      // Not the buffer itself, whose `slice` does not copy.
      value: (i) => plain(leaf.value(i)),
    };
  }

  /** Leaf by leaf, in the order of keys. */
  *#walk(root: number): Generator<PageView, void> {
    const way: Step[] = [{ page: root, ...unbounded }];
    const last = { key: undefined as ByteString | undefined };
    for (let step = way.pop(); step !== undefined; step = way.pop()) {
      const { kind, view } = this.#file.read(step.page);
      if (kind === 'branch') {
        way.push(...this.#children(view, step).reverse());
        continue;
      }
      for (let i = 0; i < view.count; i++)
        last.key = this.#assertKey(view, view.leafKey(i), last.key, step);
      yield view;
    }
  }

  #children(view: PageView, bounds: Bounds): Step[] {
    if (view.count === 0) this.#file.refuse(view.id, 'is a branch without children', 'has some');
    const keys = Array.from({ length: view.count }, (_, i) => view.branchKey(i));
    keys.forEach((key, i) => this.#assertKey(view, key, i === 0 ? undefined : keys[i - 1], bounds));
    return keys.map((low, i) => ({ page: view.child(i), low, high: keys[i + 1] ?? bounds.high }));
  }

  /** Answers the key. */
  #assertKey(
    { id }: PageView,
    key: ByteString,
    before: ByteString | undefined,
    { low, high }: Bounds,
  ): ByteString {
    if (before !== undefined && key <= before) {
      this.#file.refuse(
        id,
        `has the key ${show(key)} behind ${show(before)}`,
        'has its keys in ascending order',
      );
    }
    if (key < low || (high !== undefined && key >= high)) {
      const range = `from ${show(low)}${high === undefined ? '' : ` to ${show(high)}`}`;
      this.#file.refuse(id, `has the key ${show(key)}`, `has the keys ${range} that lead to it`);
    }
    return key;
  }

  #inline(bytes: Buffer, page: number): PageView {
    const refuse = refuserOf(this.#path);
    if (bytes.length < headerBytes) refuse(page, 'ends inside a small bucket', 'holds it whole');
    const { flags, count } = readPageHeader(bytes);
    if (flags !== pageFlags.leaf)
      refuse(page, `holds a small bucket with the flags ${flags}`, 'holds a leaf');
    const view = new PageView(bytes, { id: page, count }, refuse);
    let before: ByteString | undefined;
    for (let i = 0; i < count; i++)
      before = this.#assertKey(view, view.leafKey(i), before, unbounded);
    return view;
  }
}

const plain = (bytes: Buffer): Uint8Array =>
  new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);

/** Keys of etcd's buckets are bytes: printed as far as they say something. */
function show(key: ByteString): string {
  const bytes = Buffer.from(key.slice(0, 40), 'latin1');
  const isText = /^[ -~]*$/.test(key);
  return `${isText ? JSON.stringify(bytes.toString()) : bytes.toString('hex')}${key.length > 40 ? '…' : ''}`;
}
