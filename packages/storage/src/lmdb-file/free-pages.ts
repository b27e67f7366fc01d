/**
 * The tree of free pages: for each transaction the pages that it has freed and that nobody has used since.
 *
 *     row:  u64 number of words, then so many i64 words: the number of a page, 0 for a place that is empty, or
 *           -n before the first of n pages in a row
 */
import { nodeFlags, runReferenceBytes, type Page } from './page.ts';
import type { PageFile } from './page-file.ts';

const wordBytes = 8;

/** Claims the pages of a row. Throws `PageFault` for pages that are not there, or not free. */
export function claimFreePages(file: PageFile, page: Page, start: number): void {
  const bytes = page.valueBytes(start);
  const at = page.valueStart(start);
  const isRun = page.flags(start) === nodeFlags.run;
  const held = isRun ? runReferenceBytes : bytes;
  const view = isRun
    ? new DataView(file.readRun(page.long(at), bytes).buffer)
    : new DataView(page.bytes.buffer, at, held);
  if (bytes < wordBytes) page.fail('a list of free pages without its length');
  const words = Number(view.getBigUint64(0, true));
  if ((words + 1) * wordBytes > bytes) page.fail(`a list of ${words} free pages in ${bytes} bytes`);
  for (let word = 1; word <= words; word++) {
    const entry = Number(view.getBigInt64(word * wordBytes, true));
    if (entry === 0) continue;
    if (entry > 0) {
      file.claimFree(entry, 1, page.number);
      continue;
    }
    word++;
    if (word > words) page.fail('a list of free pages that ends in a row of them');
    file.claimFree(Number(view.getBigInt64(word * wordBytes, true)), -entry, page.number);
  }
}
