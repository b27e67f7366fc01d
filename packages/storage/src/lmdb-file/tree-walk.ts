/**
 * Walks one of LMDB's trees from its root down and throws `PageFault` for what its pages cannot hold: a page of another
 * kind, a node outside of its page, keys that do not ascend or break what the branch above promises, a page that two
 * ways lead to, counts other than those in the tree's record.
 */
import { nodeFlags, nodeHeaderBytes, pageKinds, runReferenceBytes, type Page } from './page.ts';
import type { PageFile } from './page-file.ts';
import { PageFault } from './page-fault.ts';
import type { TreeRecord } from './tree-record.ts';

/** Sees each row: the page that it is in, and where its node begins there. */
export type VisitNode = (page: Page, start: number) => void;

export interface TreeWalkOptions {
  /** Where the tree's record is. */
  readonly recordPage: number;
  /** Keys are numbers of 8 bytes instead of bytes. */
  readonly hasNumberKeys?: boolean;
  /** Rows are records of trees instead of values. */
  readonly hasTrees?: boolean;
  /** Whether leaves are read too, or branches alone. Default: leaves too. */
  readonly hasLeaves?: boolean;
  readonly visit?: VisitNode;
}

/** A key in a page. */
interface KeyPlace {
  readonly page: Page;
  readonly start: number;
}

/** LMDB's own, by the length of the path that its cursors keep. */
const depthMax = 32;
/** The free pages' tree alone may have a branch with one child. */
const childrenMin = 2;

export class TreeWalk {
  readonly #file: PageFile;
  readonly #record: TreeRecord;
  readonly #options: TreeWalkOptions;
  /** For the page of each level that is being walked. */
  readonly #memories: (ArrayBuffer | undefined)[] = [];
  readonly #found = { branchPages: 0, leafPages: 0, runPages: 0, rows: 0 };

  constructor(file: PageFile, record: TreeRecord, options: TreeWalkOptions) {
    this.#file = file;
    this.#record = record;
    this.#options = options;
  }

  run(): void {
    const { depth, root } = this.#record;
    const isPossible = root === undefined ? depth === 0 : depth > 0 && depth <= depthMax;
    if (!isPossible) this.#fail(`a tree of ${depth} levels`);
    if (root !== undefined) this.#walk(root, this.#options.recordPage, 1, undefined, undefined);
    this.#compareCounts();
  }

  /** The keys below this page are not less than `low`, and less than `high`. */
  #walk(
    number: number,
    parent: number,
    level: number,
    low: KeyPlace | undefined,
    high: KeyPlace | undefined,
  ): void {
    this.#file.claimUsed(number, 1, parent);
    if (level < this.#record.depth) {
      this.#found.branchPages++;
      this.#walkBranch(this.#read(number, level, pageKinds.branch), level, low, high);
      return;
    }
    this.#found.leafPages++;
    if (this.#options.hasLeaves === false) return;
    this.#walkLeaf(this.#read(number, level, pageKinds.leaf), low, high);
  }

  #walkBranch(
    page: Page,
    level: number,
    low: KeyPlace | undefined,
    high: KeyPlace | undefined,
  ): void {
    if (page.nodes < (this.#options.hasNumberKeys === true ? 1 : childrenMin))
      page.fail(`${page.nodes} pages below it`);
    // The first key of a branch is not looked at: everything less than the second is there.
    this.#checkOrder(page, 1, low, high);
    for (let node = 0; node < page.nodes; node++) {
      const start = page.start(node);
      const childLow = node === 0 ? low : { page, start };
      const childHigh = node + 1 < page.nodes ? { page, start: page.start(node + 1) } : high;
      this.#walk(page.child(start), page.number, level + 1, childLow, childHigh);
    }
  }

  #walkLeaf(page: Page, low: KeyPlace | undefined, high: KeyPlace | undefined): void {
    if (page.nodes === 0) page.fail('no rows');
    this.#checkOrder(page, 0, low, high);
    this.#found.rows += page.nodes;
    for (let node = 0; node < page.nodes; node++) {
      const start = page.start(node);
      const flags = page.flags(start);
      if (page.keyBytes(start) === 0) page.fail(`row ${node} without a key`);
      if ((flags === nodeFlags.tree) !== (this.#options.hasTrees ?? false))
        page.fail(`row ${node} with the flags ${flags}`);
      if (flags === nodeFlags.run) this.#checkRun(page, start);
      this.#options.visit?.(page, start);
    }
  }

  #checkOrder(
    page: Page,
    firstNode: number,
    low: KeyPlace | undefined,
    high: KeyPlace | undefined,
  ): void {
    let before = low;
    let isEqualAllowed = true;
    for (let node = firstNode; node < page.nodes; node++) {
      const key = { page, start: page.start(node) };
      const order = before === undefined ? -1 : this.#compare(before, key);
      if (order > 0 || (order === 0 && !isEqualAllowed)) page.fail(`key ${node} out of order`);
      before = key;
      isEqualAllowed = false;
    }
    if (high !== undefined && before !== undefined && before !== low)
      if (this.#compare(before, high) >= 0) page.fail('a key that belongs in the next page');
  }

  /** A value that has pages of its own. */
  #checkRun(page: Page, start: number): void {
    const reference = page.valueStart(start);
    const first = page.long(reference);
    const pages = page.long(reference + runReferenceBytes - 8);
    const { pageBytes, transaction } = this.#file.description;
    if (pages * pageBytes < page.valueBytes(start) + runReferenceBytes)
      page.fail(`a value of ${page.valueBytes(start)} bytes in ${pages} pages`);
    this.#file.claimUsed(first, pages, page.number);
    const run = this.#file.read(first, (this.#memories[0] ??= this.#file.memory()));
    run.checkHeader(pageKinds.run, transaction);
    if (run.runPages !== pages) run.fail(`a run of ${run.runPages} pages instead of ${pages}`);
    this.#found.runPages += pages;
  }

  #read(
    number: number,
    level: number,
    kind: typeof pageKinds.branch | typeof pageKinds.leaf,
  ): Page {
    const page = this.#file.read(number, (this.#memories[level] ??= this.#file.memory()));
    page.checkHeader(kind, this.#file.description.transaction);
    page.checkNodes();
    return page;
  }

  #compareCounts(): void {
    const { branchPages, leafPages, runPages, rows } = this.#record;
    const found = this.#found;
    if (found.branchPages !== branchPages || found.leafPages !== leafPages)
      this.#fail(
        `a tree of ${found.branchPages} branches and ${found.leafPages} leaves that counts ${branchPages} and ${leafPages}`,
      );
    if (this.#options.hasLeaves === false) return;
    if (found.rows !== rows || found.runPages !== runPages)
      this.#fail(`a tree of ${found.rows} rows that counts ${rows}`);
  }

  #compare(a: KeyPlace, b: KeyPlace): number {
    if (this.#options.hasNumberKeys === true) return numberKey(a) - numberKey(b);
    const aBytes = a.page.bytes;
    const bBytes = b.page.bytes;
    const aLength = a.page.keyBytes(a.start);
    const bLength = b.page.keyBytes(b.start);
    const aStart = a.start + nodeHeaderBytes;
    const bStart = b.start + nodeHeaderBytes;
    const length = Math.min(aLength, bLength);
    for (let i = 0; i < length; i++) {
      const difference = (aBytes[aStart + i] as number) - (bBytes[bStart + i] as number);
      if (difference !== 0) return difference;
    }
    return aLength - bLength;
  }

  #fail(found: string): never {
    throw new PageFault(this.#options.recordPage, found);
  }
}

function numberKey({ page, start }: KeyPlace): number {
  if (page.keyBytes(start) !== 8) page.fail('a key that is no number');
  return page.long(start + nodeHeaderBytes);
}
