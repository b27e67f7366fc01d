/** Whether a page fits the screen: what is wider has to be scrolled sideways. */
import type { Page } from 'playwright-core';

/** Whether it fits, within five seconds: what is measured by the page itself follows a moment later. */
const FITS = `new Promise((resolve) => {
  const until = performance.now() + 5_000;
  const look = () => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) resolve(true);
    else if (performance.now() > until) resolve(false);
    else requestAnimationFrame(look);
  };
  look();
})`;

/** What stands out at the right, for whoever has to mend it. */
const BEYOND = `[...document.querySelectorAll('*')]
  .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
  .map(({ tagName, className, textContent }) => [tagName, String(className), textContent.slice(0, 40)])
  .slice(0, 12)`;

/** What stands out at the right of the screen; `undefined` where nothing does. */
export async function overflowOf(page: Page): Promise<string | undefined> {
  if (await page.evaluate<boolean>(FITS)) return undefined;
  return `stands out: ${JSON.stringify(await page.evaluate(BEYOND))}`;
}
