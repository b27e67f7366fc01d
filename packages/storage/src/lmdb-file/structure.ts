/**
 * Looks at LMDB's file before LMDB does. LMDB takes its pages at their word: from a damaged one it reads outside of the
 * map, fails an assertion, or misses rows that are there, and the first two end the process without a word. So the
 * descriptions and the branches of all trees are walked at every start, and where it is asked for the leaves too:
 * every page is then known to be in one tree, or free, and to hold what can be read.
 *
 * What rows hold is not looked at: each has its checksum, which is checked when it is read.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { descriptionsBytesMax, readDescriptions, type Description } from './description.ts';
import { claimFreePages } from './free-pages.ts';
import { nodeHeaderBytes, type Page } from './page.ts';
import { PageFault } from './page-fault.ts';
import { PageFile } from './page-file.ts';
import { readTreeRecord, treeRecordBytes, type TreeRecord } from './tree-record.ts';
import { TreeWalk } from './tree-walk.ts';

/** `branches` costs a hundredth of `whole`; DESIGN.md has what either notices. */
export type WalkDepth = 'branches' | 'whole';

/** lmdb-js ends the names of databases so. */
const nameEnd = '\0';

interface Database {
  readonly name: string;
  readonly record: TreeRecord;
  /** The page that the record is in. */
  readonly page: number;
}

/**
 * Throws `PageFault` for a file that LMDB must not be shown. `chooseDepth` is told how many bytes are to be walked.
 *
 * @param names the databases that may be in it; others are damage, or of a release that this one does not know
 */
export function checkStructure(
  path: string,
  names: readonly string[],
  chooseDepth: (bytes: number) => WalkDepth,
): void {
  const descriptor = openSync(path, 'r');
  try {
    const head = Buffer.alloc(descriptionsBytesMax);
    const headBytes = readSync(descriptor, head, 0, head.length, 0);
    const description = readDescriptions(head.subarray(0, headBytes));
    const depth = chooseDepth(description.pages * description.pageBytes);
    const file = new PageFile(descriptor, fstatSync(descriptor).size, description);
    walkAll(file, description, names, depth);
  } finally {
    closeSync(descriptor);
  }
}

function walkAll(
  file: PageFile,
  description: Description,
  names: readonly string[],
  depth: WalkDepth,
): void {
  const { freeTree, databaseTree, page: recordPage } = description;
  const visitFree = (page: Page, start: number): void => claimFreePages(file, page, start);
  new TreeWalk(file, freeTree, { recordPage, hasNumberKeys: true, visit: visitFree }).run();
  const databases: Database[] = [];
  const visitDatabase = (page: Page, start: number): void => {
    databases.push(readDatabase(page, start));
  };
  new TreeWalk(file, databaseTree, { recordPage, hasTrees: true, visit: visitDatabase }).run();
  const hasLeaves = depth === 'whole';
  for (const { name, record, page } of databases) {
    if (!names.includes(name)) throw new PageFault(page, `a table ${JSON.stringify(name)}`);
    new TreeWalk(file, record, { recordPage: page, hasLeaves }).run();
  }
  if (hasLeaves && file.unclaimed > 0)
    throw new PageFault(recordPage, `${file.unclaimed} pages that are neither used nor free`);
}

function readDatabase(page: Page, start: number): Database {
  if (page.valueBytes(start) !== treeRecordBytes) page.fail('a row that is no table');
  const nameStart = start + nodeHeaderBytes;
  const nameBytes = Buffer.from(page.bytes.buffer, nameStart, page.keyBytes(start));
  const record = readTreeRecord(page.bytes, page.valueStart(start));
  if (record.flags !== 0) page.fail('a table with flags that it never has');
  const name = nameBytes.toString('latin1');
  if (!name.endsWith(nameEnd)) page.fail(`a table ${JSON.stringify(name)}`);
  return { name: name.slice(0, -nameEnd.length), record, page: page.number };
}
