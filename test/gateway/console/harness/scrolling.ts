/** How fluidly a table of the console scrolls, by the frames that the browser draws meanwhile. */
import type { Page } from 'playwright-core';

/** Of the slowest in twenty. On a quiet machine it is 17 to 34; this one may do ten other things. */
export const FRAME_MS_MAX = 300;

/** Scrolls the table by a third of a screen each frame; the time of the slowest frame in twenty. */
export async function slowFrameMs(page: Page): Promise<number> {
  const frames = await page.evaluate<number[]>(SCROLL);
  frames.sort((a, b) => a - b);
  return frames[Math.floor(frames.length * 0.95)] ?? Infinity;
}

const SCROLL = `new Promise((resolve) => {
  const table = document.querySelector('[role="grid"]');
  const frames = [];
  let last = performance.now();
  const step = (now) => {
    frames.push(now - last);
    last = now;
    table.scrollTop += 240;
    if (frames.length < 120) requestAnimationFrame(step);
    else resolve(frames.slice(1));
  };
  requestAnimationFrame(step);
})`;
