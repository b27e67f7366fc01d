/**
 * Looks at LMDB's file before LMDB does: lmdb-js brings the process down when it opens something else.
 *
 * The file begins with two pages that each describe a committed state, the older of which the next commit
 * overwrites: a magic number at byte 24 of the page, the page size at byte 48, the root pages of the two databases
 * that hold everything at bytes 88 and 136, the transaction's number at byte 152. A file without a byte in it comes from a first start that the power ended;
 * nothing can have been committed to it, and it is begun anew.
 */
import { closeSync, fstatSync, openSync, readSync, unlinkSync } from 'node:fs';

const magic = 0xbeefc0de;
const magicOffset = 24;
const pageSizeOffset = 48;
const rootOffsets = [88, 136];
const transactionOffset = 152;
const descriptionBytes = 160;
/** The root of a database without rows. */
const noPage = 2n ** 64n - 1n;
/** Holds both descriptions at every page size that LMDB has. */
const headBytes = 2 * 65536;

/** Returns what is wrong with the file; `undefined` for a store, or none yet. */
export function storeFileFault(path: string): string | undefined {
  const file = readHead(path);
  if (file === undefined || file.size === 0) return undefined;
  const { head, size } = file;
  if (size < headBytes && head.every((byte) => byte === 0)) {
    unlinkSync(path);
    return undefined;
  }
  if (!isDescription(head, 0)) return 'a file that does not begin as an LMDB store does';
  const pageSize = head.readUInt32LE(pageSizeOffset);
  if (!isDescription(head, pageSize)) return 'an LMDB store without its second description';
  const newest = transactionOf(head, 0) > transactionOf(head, pageSize) ? 0 : pageSize;
  const pages = BigInt(Math.floor(size / pageSize));
  for (const offset of rootOffsets) {
    const root = head.readBigUInt64LE(newest + offset);
    if (root !== noPage && root >= pages)
      return `a store of ${pages} pages whose root is page ${root}`;
  }
  return undefined;
}

function readHead(path: string): { readonly head: Buffer; readonly size: number } | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const head = Buffer.alloc(headBytes);
    const bytes = readSync(descriptor, head, 0, headBytes, 0);
    return { head: head.subarray(0, bytes), size: fstatSync(descriptor).size };
  } finally {
    closeSync(descriptor);
  }
}

function isDescription(head: Buffer, page: number): boolean {
  const isInside = page + descriptionBytes <= head.length;
  return isInside && head.readUInt32LE(page + magicOffset) === magic;
}

function transactionOf(head: Buffer, page: number): bigint {
  return head.readBigUInt64LE(page + transactionOffset);
}
