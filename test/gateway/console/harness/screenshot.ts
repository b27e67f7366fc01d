/**
 * Pictures of the console for the documentation: taken only when `CONCORD_SCREENSHOTS=1` asks for it, so that tests leave
 * the tree as it was.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';

const directory = join(resolve(import.meta.dirname, '../../../..'), 'docs/screenshots');

/** Small enough to be looked at in a text, and to be kept in the repository. */
const PICTURE = { width: 1280, height: 800 };
const SETTLE_MS = 300;

export async function screenshot(page: Page, name: string): Promise<void> {
  if (process.env['CONCORD_SCREENSHOTS'] !== '1') return;
  const { width = 0 } = page.viewportSize() ?? {};
  if (width > PICTURE.width) await page.setViewportSize(PICTURE);
  // What is drawn for the new size is there a moment later.
  await page.waitForTimeout(SETTLE_MS);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${name}.png`), await page.screenshot());
}
