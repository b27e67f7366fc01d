/** Whether a page fits the screen: what is wider has to be scrolled sideways. */
import type { Page } from 'playwright-core';

/** Whether the page fits and no table of it stands out, within five seconds: what it measures itself follows a moment later. */
const FITS = `new Promise((resolve) => {
  const until = performance.now() + 5_000;
  const fits = ({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth;
  const look = () => {
    const parts = [document.documentElement, ...document.querySelectorAll('[role="grid"]')];
    if (parts.every(fits)) resolve(true);
    else if (performance.now() > until) resolve(false);
    else requestAnimationFrame(look);
  };
  look();
})`;

/** What stands out at the right of the screen, or of a table, for whoever has to mend it. */
const BEYOND = `[...document.querySelectorAll('*')]
  .filter((element) => {
    const { right = innerWidth } = element.parentElement?.closest('[role="grid"]')?.getBoundingClientRect() ?? {};
    return element.getBoundingClientRect().right > right + 1;
  })
  .map(({ tagName, className, textContent }) => [tagName, String(className), textContent.slice(0, 40)])
  .slice(0, 12)`;

/** What stands out at the right of the screen; `undefined` where nothing does. */
export async function overflowOf(page: Page): Promise<string | undefined> {
  if (await page.evaluate<boolean>(FITS)) return undefined;
  return `stands out: ${JSON.stringify(await page.evaluate(BEYOND))}`;
}
