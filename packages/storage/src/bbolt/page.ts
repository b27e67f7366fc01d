/**
 * The page of a bbolt file. All numbers are little-endian.
 *
 *     header    0 u64 page id   8 u16 flags   10 u16 count   12 u32 overflow pages behind it
 *     leaf      header, `count` elements, then their keys and values:
 *               0 u32 flags (1: the value is a bucket)   4 u32 position   8 u32 key bytes   12 u32 value bytes
 *     branch    header, `count` elements, then their keys:
 *               0 u32 position   4 u32 key bytes   8 u64 page id
 *     bucket    0 u64 root page, 0 for one that follows inline   8 u64 sequence
 *
 * The position of an element's key counts from the element itself; a value follows its key.
 */

/** What we write; files of other machines may have larger pages, and say so. */
export const pageBytes = 4096;
export const headerBytes = 16;
/** Leaf and branch elements alike. */
export const elementBytes = 16;
/** What the value of a bucket's name begins with. */
export const bucketHeaderBytes = 16;
/** bbolt's: a longer key is refused there. */
export const keyBytesMax = 32768;

export const pageFlags = { branch: 0x01, leaf: 0x02, meta: 0x04, freelist: 0x10 } as const;
/** Of a leaf element whose value is a bucket. */
export const bucketFlag = 0x01;

export interface PageHeader {
  readonly id: number;
  readonly flags: number;
  readonly count: number;
  /** How many pages the content takes beyond the first. */
  readonly overflow: number;
}

export function writePageHeader(page: Buffer, { id, flags, count, overflow }: PageHeader): void {
  writeUint53(page, id, 0);
  page.writeUInt16LE(flags, 8);
  page.writeUInt16LE(count, 10);
  page.writeUInt32LE(overflow, 12);
}

export function readPageHeader(page: Buffer): PageHeader {
  return {
    id: readUint53(page, 0),
    flags: page.readUInt16LE(8),
    count: page.readUInt16LE(10),
    overflow: page.readUInt32LE(12),
  };
}

export function writeUint53(bytes: Buffer, value: number, offset: number): void {
  bytes.writeUInt32LE(value >>> 0, offset);
  bytes.writeUInt32LE(Math.floor(value / 2 ** 32), offset + 4);
}

/** Above 2^53 the answer is inexact, and larger than any page id or size that can be right. */
export function readUint53(bytes: Buffer, offset: number): number {
  return bytes.readUInt32LE(offset) + bytes.readUInt32LE(offset + 4) * 2 ** 32;
}

/** How many whole pages hold so many bytes. */
export const pagesOf = (bytes: number, bytesPerPage: number = pageBytes): number =>
  Math.ceil(bytes / bytesPerPage);
