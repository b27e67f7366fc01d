/**
 * The pages of a bbolt file, read one at a time. Who reads a page has reached it: a second time is damage, and in the
 * end none may be left that was neither reached nor free.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { refuserOf, type RefuseFile } from './damage.ts';
import { noFreelist, readMeta, type Meta } from './meta.ts';
import { headerBytes, pageFlags, readPageHeader, readUint53, type PageHeader } from './page.ts';
import { PageView } from './page-view.ts';

/** Where bbolt looks for the second meta: at the page sizes of all machines. */
const secondMetaOffsets = Array.from({ length: 7 }, (_, i) => 1024 << i);
const metaReadBytes = 128;
/** A larger page is damage: no request of etcd can have made it. */
const pageBytesMax = 2 ** 30;
/** In the freelist, as a count that does not fit its field. */
const countInContent = 0xffff;

export interface ReadPage {
  readonly kind: 'leaf' | 'branch';
  readonly view: PageView;
}

export class PageFile {
  readonly meta: Meta;
  readonly refuse: RefuseFile;
  readonly #file: number;
  readonly #isReached: Uint8Array;
  #buffer: Buffer;

  /** @param bytesMax where the database ends and a digest may begin; default the end of the file. Throws `snapshot-corrupt`. */
  constructor(path: string, bytesMax?: number) {
    this.refuse = refuserOf(path);
    this.#file = openSync(path, 'r');
    try {
      this.meta = this.#readMeta();
      const bytes = bytesMax ?? fstatSync(this.#file).size;
      const { pageCount, pageBytes } = this.meta;
      if (pageCount * pageBytes > bytes) {
        this.refuse(
          undefined,
          `a file of ${bytes} bytes`,
          `the ${pageCount * pageBytes} that it says it has`,
        );
      }
      this.#buffer = Buffer.allocUnsafeSlow(pageBytes);
      this.#isReached = new Uint8Array(Math.ceil(pageCount / 8));
      this.#reach(0, 1, 'metas');
      this.#readFreelist();
    } catch (error) {
      closeSync(this.#file);
      throw error;
    }
  }

  /** The view is valid until the next page is read. */
  read(id: number): ReadPage {
    const { header, bytes } = this.#readPage(id);
    this.#reach(id, header.overflow, 'a tree');
    const kind = kindOf(header);
    if (kind === undefined) {
      this.refuse(id, `has the flags ${header.flags}`, 'is a leaf or a branch');
    }
    return { kind, view: new PageView(bytes, header, this.refuse) };
  }

  /** Call when all trees were read: what is left was lost. */
  assertAllReached(): void {
    if (this.meta.freelistPage === noFreelist) return;
    for (let id = 0; id < this.meta.pageCount; id++) {
      if (!this.#wasReached(id)) this.refuse(id, 'nothing leads to', 'is in a tree or free');
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  #readMeta(): Meta {
    const metas: Meta[] = [];
    const bytes = Buffer.alloc(metaReadBytes);
    for (const offset of [0, ...secondMetaOffsets]) {
      const length = readSync(this.#file, bytes, 0, bytes.length, offset);
      const meta = readMeta(bytes.subarray(Math.min(headerBytes, length), length));
      if (meta !== undefined && (offset === 0 || offset === meta.pageBytes)) metas.push(meta);
    }
    const newest = metas.sort((a, b) => b.transaction - a.transaction)[0];
    return (
      newest ?? this.refuse(undefined, 'no valid meta page', 'the bbolt database of a snapshot')
    );
  }

  /** Free pages count as reached: a tree that leads to one is damage. */
  #readFreelist(): void {
    const { freelistPage } = this.meta;
    if (freelistPage === noFreelist) return;
    const { header, bytes } = this.#readPage(freelistPage);
    if (header.flags !== pageFlags.freelist) {
      this.refuse(freelistPage, `has the flags ${header.flags}`, 'is the freelist');
    }
    this.#reach(freelistPage, header.overflow, 'the freelist');
    const isLong = header.count === countInContent;
    const count = isLong ? readUint53(bytes, headerBytes) : header.count;
    const start = headerBytes + (isLong ? 8 : 0);
    if (start + count * 8 > bytes.length) {
      this.refuse(
        freelistPage,
        `says that ${count} pages are free`,
        'lists no more than it has room for',
      );
    }
    for (let i = 0; i < count; i++)
      this.#reach(readUint53(bytes, start + i * 8), 0, 'the freelist');
  }

  #readPage(id: number): { readonly header: PageHeader; readonly bytes: Buffer } {
    const { pageBytes, pageCount } = this.meta;
    if (id < 2 || id >= pageCount) {
      this.refuse(id, 'is no page of content', `has a number from 2 to ${pageCount - 1}`);
    }
    this.#fill(this.#buffer.subarray(0, pageBytes), id);
    const header = readPageHeader(this.#buffer);
    if (header.id !== id)
      this.refuse(id, `says that it is page ${header.id}`, 'bears its own number');
    const count = header.overflow + 1;
    if (id + count > pageCount || count * pageBytes > pageBytesMax) {
      this.refuse(id, `says that it goes on for ${count} pages`, 'ends inside the file');
    }
    if (header.overflow > 0) this.#buffer = Buffer.allocUnsafeSlow(count * pageBytes);
    else if (this.#buffer.length > pageBytes) this.#buffer = Buffer.allocUnsafeSlow(pageBytes);
    else return { header, bytes: this.#buffer };
    this.#fill(this.#buffer, id);
    return { header, bytes: this.#buffer };
  }

  #fill(target: Buffer, id: number): void {
    const length = readSync(this.#file, target, 0, target.length, id * this.meta.pageBytes);
    if (length < target.length) this.refuse(id, `has ${length} bytes`, `has ${target.length}`);
  }

  #reach(id: number, overflow: number, from: string): void {
    for (let page = id; page <= id + overflow; page++) {
      if (page >= this.meta.pageCount) this.refuse(page, `${from} leads to`, 'is in the file');
      if (this.#wasReached(page)) this.refuse(page, `${from} leads to`, 'nothing else leads to');
      const at = page >>> 3;
      this.#isReached[at] = (this.#isReached[at] as number) | (1 << (page & 7));
    }
  }

  #wasReached(page: number): boolean {
    return ((this.#isReached[page >>> 3] as number) & (1 << (page & 7))) !== 0;
  }
}

function kindOf({ flags }: PageHeader): 'leaf' | 'branch' | undefined {
  if (flags === pageFlags.leaf) return 'leaf';
  return flags === pageFlags.branch ? 'branch' : undefined;
}
