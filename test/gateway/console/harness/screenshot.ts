/**
 * Pictures of the console for the documentation: taken only when `CONCORD_SCREENSHOTS=1` asks for it, so that tests leave
 * the tree as it was.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';

const directory = join(resolve(import.meta.dirname, '../../../..'), 'docs/screenshots');

export async function screenshot(page: Page, name: string): Promise<void> {
  if (process.env['CONCORD_SCREENSHOTS'] !== '1') return;
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${name}.png`), await page.screenshot());
}
