/**
 * The two meta pages that a bbolt file begins with: the newer valid one says where everything else is.
 *
 *     page header, then
 *      0 u32 magic        4 u32 version (2)       8 u32 page bytes     12 u32 flags
 *     16 u64 root page   24 u64 root sequence    32 u64 freelist page  40 u64 pages in use
 *     48 u64 transaction 56 u64 checksum: FNV-1a, 64 bits, of the 56 bytes before
 */
import {
  headerBytes,
  pageBytes,
  pageFlags,
  readUint53,
  writePageHeader,
  writeUint53,
} from './page.ts';

const magic = 0xed0cdaed;
const version = 2;
const checkedBytes = 56;
export const metaBytes = checkedBytes + 8;

/** What a writer knows once it has laid out everything. */
export interface Layout {
  /** Of the tree of buckets. */
  readonly rootPage: number;
  /** Metas, freelist and all. */
  readonly pageCount: number;
}

export interface Meta extends Layout {
  readonly pageBytes: number;
  /** `noFreelist` where the file keeps none. */
  readonly freelistPage: number;
  readonly transaction: number;
}

/** What stands for "no freelist was written": all bits of a page id, as a double. */
export const noFreelist = 2 ** 64;

export const freelistPage = 2;
/** The first page behind metas and freelist. */
export const firstFreePage = 3;

/** The pages before the first tree page: both metas, and a list of free pages that is empty. */
export function headPages(layout: Layout): Buffer {
  const pages = Buffer.alloc(firstFreePage * pageBytes);
  for (const id of [0, 1])
    writeMeta(pages.subarray(id * pageBytes, (id + 1) * pageBytes), id, layout);
  writePageHeader(pages.subarray(freelistPage * pageBytes), {
    id: freelistPage,
    flags: pageFlags.freelist,
    count: 0,
    overflow: 0,
  });
  return pages;
}

/** `undefined` for what is no meta, or a damaged one. */
export function readMeta(bytes: Buffer): Meta | undefined {
  if (bytes.length < metaBytes) return undefined;
  if (bytes.readUInt32LE(0) !== magic || bytes.readUInt32LE(4) !== version) return undefined;
  if (bytes.readBigUInt64LE(checkedBytes) !== checksum(bytes.subarray(0, checkedBytes)))
    return undefined;
  return {
    pageBytes: bytes.readUInt32LE(8),
    rootPage: readUint53(bytes, 16),
    freelistPage: readUint53(bytes, 32),
    pageCount: readUint53(bytes, 40),
    transaction: readUint53(bytes, 48),
  };
}

function writeMeta(page: Buffer, id: number, { rootPage, pageCount }: Layout): void {
  writePageHeader(page, { id, flags: pageFlags.meta, count: 0, overflow: 0 });
  const meta = page.subarray(headerBytes);
  meta.writeUInt32LE(magic, 0);
  meta.writeUInt32LE(version, 4);
  meta.writeUInt32LE(pageBytes, 8);
  writeUint53(meta, rootPage, 16);
  writeUint53(meta, freelistPage, 32);
  writeUint53(meta, pageCount, 40);
  // The page that a transaction writes is that of its number's last bit.
  writeUint53(meta, id, 48);
  meta.writeBigUInt64LE(checksum(meta.subarray(0, checkedBytes)), checkedBytes);
}

function checksum(bytes: Buffer): bigint {
  const prime = 0x100000001b3n;
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * prime);
  return hash;
}
