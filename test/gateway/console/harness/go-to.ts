/** From page to page as links lead: the console stays loaded, which costs a tenth of opening it anew. */
import type { Page } from 'playwright-core';

/** @param content - what is on the page once it is drawn */
export async function goTo(page: Page, path: string, content: RegExp): Promise<void> {
  await page.evaluate(`
    document.querySelector('h1').dataset.before = '';
    history.pushState(null, '', ${JSON.stringify(path)});
    dispatchEvent(new PopStateEvent('popstate', { state: null }));
  `);
  await page.locator('h1:not([data-before])').waitFor();
  await page.getByText(content).first().waitFor();
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
}
