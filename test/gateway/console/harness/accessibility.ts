/** What axe finds on a page that keeps people with aids from using it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/**
 * The violations that are serious or critical, each with where it is; empty for an accessible page.
 *
 * @param rules - all of axe's when not given; another colour scheme can only differ in `color-contrast`
 */
export async function seriousViolations(
  page: Page,
  rules?: readonly string[],
): Promise<readonly string[]> {
  const options = {
    resultTypes: ['violations'],
    ...(rules !== undefined && { runOnly: { type: 'rule', values: rules } }),
  };
  // Run as a statement of the page, which its policy for scripts does not hinder; once for each document.
  const isThere = await page.evaluate<boolean>('typeof axe !== "undefined"');
  if (!isThere) await page.evaluate(`${axe}; undefined`);
  const violations = await page.evaluate<readonly Violation[]>(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations)`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes
        .slice(0, 3)
        .map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
    );
}
