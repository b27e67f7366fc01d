/**
 * The two pages that LMDB's file begins with. Each describes a committed state; transaction n writes the one of page
 * n mod 2, so the older one is overwritten next, and the two are always neighbours.
 *
 *     24 u32 magic   28 u32 format   32 u64 address, 0   40 u64 bytes of the map   48 u32 bytes of a page
 *     48 record of the tree of free pages (its unused word holds the bytes of a page)   96 record of the tree of databases
 *     144 u64 last page   152 u64 transaction
 */
import { readTreeRecord, type TreeRecord } from './tree-record.ts';
import { pageKinds } from './page.ts';
import { PageFault } from './page-fault.ts';

/** Holds both at every page size that LMDB has. */
export const descriptionsBytesMax = 2 * 65536;

const magic = 0xbeefc0de;
const format = 2;
const descriptionBytes = 168;
const pageBytesMin = 512;
const pageBytesMax = 65536;
/** A quarter of what a process can address. LMDB maps as much as the description says, and fails with more. */
const mapBytesMax = 2 ** 45;
/** Keys of the tree of free pages are numbers. */
const freeTreeFlags = 8;

export interface Description {
  readonly pageBytes: number;
  /** All pages of the state, the descriptions and the free ones among them. */
  readonly pages: number;
  readonly transaction: number;
  /** Which of the two it is. */
  readonly page: number;
  readonly freeTree: TreeRecord;
  readonly databaseTree: TreeRecord;
}

/** Returns the newer one. Throws `PageFault` when either is none, or they are no neighbours. */
export function readDescriptions(head: Buffer): Description {
  const first = readDescription(head, 0, 0);
  const second = readDescription(head, 1, first.pageBytes);
  if (second.pageBytes !== first.pageBytes)
    throw new PageFault(1, `pages of ${second.pageBytes} bytes, and page 0 has others`);
  const isBegun = first.transaction === 0 && second.transaction === 0;
  if (!isBegun && Math.abs(first.transaction - second.transaction) !== 1)
    throw new PageFault(1, `transaction ${second.transaction} beside ${first.transaction}`);
  return first.transaction > second.transaction ? first : second;
}

function readDescription(head: Buffer, page: number, start: number): Description {
  const fail = (found: string): never => {
    throw new PageFault(page, found);
  };
  if (start + descriptionBytes > head.length)
    return fail('no place in the file, which ends before');
  const bytes = head.subarray(start, start + descriptionBytes);
  if (bytes.readUInt16LE(18) !== pageKinds.description || bytes.readUInt32LE(24) !== magic)
    return fail('no description of an LMDB store');
  if (bytes.readUInt32LE(28) !== format) return fail(`LMDB's format ${bytes.readUInt32LE(28)}`);
  const long = (at: number): number => Number(bytes.readBigUInt64LE(at));
  const pageBytes = bytes.readUInt32LE(48);
  const isPageSize = pageBytes >= pageBytesMin && pageBytes <= pageBytesMax;
  if (!isPageSize || (pageBytes & (pageBytes - 1)) !== 0) fail(`pages of ${pageBytes} bytes`);
  if (long(32) !== 0 || long(40) > mapBytesMax) fail(`a map of ${long(40)} bytes`);
  const transaction = long(152);
  if (transaction !== 0 && transaction % 2 !== page) fail(`the description of ${transaction}`);
  const freeTree = readTreeRecord(bytes, 48);
  const databaseTree = readTreeRecord(bytes, 96);
  if (freeTree.flags !== freeTreeFlags || databaseTree.flags !== 0) fail('flags that it never has');
  const pages = long(144) + 1;
  // The map is read up to there.
  if (pages < 2 || pages * pageBytes > mapBytesMax) fail(`${pages} pages`);
  return { pageBytes, pages, transaction, page, freeTree, databaseTree };
}
