/** What somebody who may only read can set off on a page: everything on it is pressed, and every change that begins is told. */
import type { Page } from 'playwright-core';

export interface ProbeResult {
  /** Controls that are out of reach, by their names. */
  readonly refused: readonly string[];
  /** Those that were not, and opened a form of a change, or sent one. */
  readonly begun: readonly string[];
}

/** Before any page is probed: changes that are sent from now on go nowhere and are counted. */
export async function prepareProbe(page: Page): Promise<void> {
  await page.evaluate(`
    window.probe = { sent: [], pending: 0 };
    const send = window.fetch;
    window.fetch = async (...given) => {
      const request = new Request(...given);
      const path = new URL(request.url).pathname;
      // A check of a content changes nothing.
      if (request.method !== 'GET' && !path.endsWith('/validate')) {
        probe.sent.push(request.method + ' ' + path);
        throw new TypeError('the probe sends no changes');
      }
      const asksPermission = path.endsWith('/permission');
      if (asksPermission) probe.pending += 1;
      try {
        return await send(request);
      } finally {
        if (asksPermission) probe.pending -= 1;
      }
    };
  `);
}

/** Presses every button of the page that can be pressed, and every line of the menus that open. */
export const probe = (page: Page): Promise<ProbeResult> => page.evaluate<ProbeResult>(PRESS_ALL);

const PRESS_ALL = `(async () => {
  const frames = async () => {
    for (let drawn = 0; drawn < 3; drawn += 1) await new Promise(requestAnimationFrame);
  };
  // What one may is known a moment after a page, or a menu, is there.
  const settled = async () => {
    await frames();
    while (probe.pending > 0) await frames();
    await frames();
  };
  const nameOf = (control) => control.getAttribute('aria-label') ?? control.textContent.trim();
  const isRefused = (control) => control.ariaDisabled === 'true';
  const refused = new Set();
  const begun = [];
  const press = async (control) => {
    const name = nameOf(control);
    if (isRefused(control)) refused.add(name);
    else if (control.disabled) return;
    probe.sent.length = 0;
    control.click();
    await settled();
    if (probe.sent.length > 0) begun.push(name + ' sends ' + probe.sent.join());
    const form = document.querySelector('[aria-modal="true"] form');
    if (form === null) return;
    begun.push(name + ' opens ' + form.textContent.slice(0, 60));
    form.closest('[aria-modal="true"]').querySelector('header button').click();
    await settled();
  };
  await settled();
  // Signing out, and the settings of the console, are in its frame. A tab is another page.
  const controls = '#content button:not([role="tab"]), [role="dialog"] button';
  for (const control of document.querySelectorAll(controls)) {
    if (!control.isConnected || control.closest('[role="columnheader"], [role="dialog"] header') !== null) continue;
    await press(control);
    const lines = () => [...document.querySelectorAll('[role="menuitem"]')];
    for (const name of lines().map(nameOf)) {
      // A line that does something closes its menu.
      if (lines().length === 0) {
        control.click();
        await settled();
      }
      const line = lines().find((one) => nameOf(one) === name);
      if (line !== undefined) await press(line);
    }
    if (lines().length > 0) {
      control.click();
      await settled();
    }
  }
  return { refused: [...refused].sort(), begun };
})()`;
