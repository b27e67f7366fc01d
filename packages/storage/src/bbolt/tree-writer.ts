/**
 * A B+ tree loaded in the order of its keys: a leaf is written when it is full, a branch when it has all its children.
 * So a page comes behind everything below it, and of each level one page is in memory.
 */
import type { ByteString } from '@concord/protocol';
import { BranchPage } from './branch-page.ts';
import { LeafPage } from './leaf-page.ts';

/** Gives a page its id and writes it there. Answers the id. */
export type AppendPage = (make: (id: number) => Buffer) => number;

export class TreeWriter {
  readonly #append: AppendPage;
  readonly #leaf: LeafPage;
  /** From the parents of leaves upwards. */
  readonly #branches: BranchPage[] = [];

  constructor(append: AppendPage, isBucketList: boolean) {
    this.#append = append;
    this.#leaf = new LeafPage(isBucketList);
  }

  /** Keys must ascend; key and value are copied. */
  put(key: ByteString, value: Uint8Array): void {
    if (this.#leaf.add(key, value)) return;
    this.#endLeaf();
    this.#leaf.add(key, value);
  }

  /** The page of a tree that is so small, without its zeros; otherwise `undefined`, and the tree stays as it is. */
  takeInline(bytesMax: number): Buffer | undefined {
    if (this.#branches.length > 0 || this.#leaf.bytes > bytesMax) return undefined;
    return this.#leaf.takeInline();
  }

  /** Writes what is left, and answers the root. */
  finish(): number {
    if (this.#branches.length === 0) return this.#append((id) => this.#leaf.take(id));
    this.#endLeaf();
    for (let level = 0; ; level++) {
      const branch = this.#branches[level] as BranchPage;
      // A level that was never full is the highest; if it has one child only, that is the root.
      const isTop = level === this.#branches.length - 1;
      if (isTop && branch.count === 1) return branch.firstChild;
      if (isTop) return this.#append((id) => branch.take(id));
      this.#endBranch(level);
    }
  }

  #endLeaf(): void {
    const { firstKey } = this.#leaf;
    const page = this.#append((id) => this.#leaf.take(id));
    this.#addChild(0, firstKey, page);
  }

  #addChild(level: number, firstKey: ByteString, page: number): void {
    const branch = (this.#branches[level] ??= new BranchPage());
    if (branch.add(firstKey, page)) return;
    this.#endBranch(level);
    branch.add(firstKey, page);
  }

  #endBranch(level: number): void {
    const branch = this.#branches[level] as BranchPage;
    const { firstKey } = branch;
    const page = this.#append((id) => branch.take(id));
    this.#addChild(level + 1, firstKey, page);
  }
}
