/**
 * What LMDB keeps of a tree: two of them in each description, one for each named database in the tree of those.
 *
 *     0 u32 unused   4 u16 flags   6 u16 depth   8 u64 branch pages   16 u64 leaf pages   24 u64 pages in runs
 *     32 u64 rows   40 u64 root, ffffffffffffffff for an empty tree
 */
export const treeRecordBytes = 48;

export interface TreeRecord {
  readonly flags: number;
  /** Levels, the leaves among them; 0 for an empty tree. */
  readonly depth: number;
  readonly branchPages: number;
  readonly leafPages: number;
  readonly runPages: number;
  readonly rows: number;
  /** `undefined` for an empty tree. */
  readonly root: number | undefined;
}

const noRoot = 2n ** 64n - 1n;

export function readTreeRecord(bytes: Uint8Array, start: number): TreeRecord {
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, treeRecordBytes);
  const long = (at: number): number => Number(view.getBigUint64(at, true));
  const root = view.getBigUint64(40, true);
  return {
    flags: view.getUint16(4, true),
    depth: view.getUint16(6, true),
    branchPages: long(8),
    leafPages: long(16),
    runPages: long(24),
    rows: long(32),
    root: root === noRoot ? undefined : Number(root),
  };
}
