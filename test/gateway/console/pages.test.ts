/**
 * Goal: every page can be used by everybody: on a phone, in the dark, in Chinese, with aids; and none loads the editor that
 * does not show it. Method: a real browser on the built console with something on each page. The console is loaded once, so
 * that every page can be looked at in every look: axe with all of its rules at first, then with those that a look can change.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { seriousViolations } from './harness/accessibility.ts';
import { consoleTarget, noBrowser } from './harness/browser.ts';
import { exampleInstance } from './harness/example-services.ts';
import { overflowOf } from './harness/fit.ts';
import { goTo } from './harness/go-to.ts';

/** Each with what is on it once it is drawn, in either language. Neighbours are drawn by different components. */
const pages: Readonly<Record<string, RegExp>> = {
  '/': /register instance|注册实例/,
  '/services': /^orders$/,
  '/services/orders': /10\.20\.0\.10/,
  '/configuration?namespace=shop': /pool/,
  '/configuration/item?namespace=shop&path=orders%2Fpool': /"max"/,
  '/locks': /concord\.lock\.run/,
  '/configuration/item?namespace=shop&path=orders%2Fpool&tab=history': /#1/,
  '/locks?tab=elections': /^Concord('s own| 自用)/,
  '/services/orders?tab=pick': /orders-0/,
  '/keys?prefix=%2F': /app\//,
  '/services/orders?tab=timeline': /orders-0/,
  '/keys/key?name=%2Fapp%2Fpool': /"max"/,
  '/leases': /^(Granted|授予时长)$/,
  '/watches': /^(Watches|监听)$/,
  '/cluster': /^(Healthy|健康)$/,
  '/users': /^(No users yet|还没有用户|Users|用户)$/,
  '/tokens': /Bearer/,
  '/users?tab=roles': /orders-team/,
  '/audit': /putConfig/,
};

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const TABLET = { width: 768, height: 1024 };

/** Rules that what a page says, or how wide it is, can break; the others were run before. */
const WORDS = ['button-name', 'link-name', 'label', 'aria-input-field-name', 'html-lang-valid'];
const CONTRAST = ['color-contrast'];

describe('pages of the console', { skip: noBrowser }, () => {
  const target = consoleTarget();
  before(async () => {
    await target.gateway.json('PUT', '/v1/configs/shop/orders%2Fpool', {
      body: { content: '{\n  "max": 40\n}\n', format: 'json' },
    });
    await target.gateway.json('PUT', `/v1/keys/${encodeURIComponent('/app/pool')}`, {
      body: { value: { text: '{"max":40}' } },
    });
    await target.gateway.json('POST', '/v1/roles', { body: { name: 'orders-team' } });
    await target.gateway.json('PUT', '/v1/services/orders/instances/orders-0', {
      body: exampleInstance(0),
    });
  });

  test('fit and are accessible in every look', async () => {
    const page = await target.open('/audit', DESKTOP);
    await page.getByRole('heading', { level: 1 }).waitFor();
    for (const [path, content] of Object.entries(pages)) {
      await goTo(page, path, content);
      await assertAccessible(page, path);
      await assertFits(page, path, DESKTOP.width);
      await look(page, DESKTOP, 'dark');
      await assertAccessible(page, `${path}, dark`, CONTRAST);
      await look(page, PHONE, 'dark');
      await assertAccessible(page, `${path}, dark, on a phone`, [...CONTRAST, ...WORDS]);
      await assertFits(page, path, PHONE.width);
      await look(page, PHONE, 'light');
      await assertAccessible(page, `${path}, on a phone`, CONTRAST);
      await look(page, TABLET, 'light');
      await assertFits(page, path, TABLET.width);
      await look(page, DESKTOP, 'light');
    }
  });

  test('fit and are accessible in Chinese', async () => {
    const page = await target.open('/audit', { ...DESKTOP, language: 'zh-CN' });
    await page.getByRole('heading', { level: 1, name: '审计' }).waitFor();
    for (const [path, content] of Object.entries(pages)) {
      await goTo(page, path, content);
      await assertAccessible(page, path, WORDS);
      await page.setViewportSize(PHONE);
      await assertFits(page, path, PHONE.width);
      await page.setViewportSize(DESKTOP);
    }
  });

  test('a page is printed light, whole, and without anything to press', async () => {
    const page = await target.open('/keys?view=all', { ...DESKTOP, height: 500, scheme: 'dark' });
    await page.getByRole('row', { name: /\/app\/pool/ }).waitFor();
    const rows = (): Promise<number> => page.locator('[data-row]').count();
    const seen = await rows();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.locator('html[data-mantine-color-scheme="light"]').waitFor();
    await page.getByRole('navigation').waitFor({ state: 'hidden' });
    assert.equal(await page.getByRole('button', { name: 'New key' }).count(), 0);
    const all = Number(await page.getByRole('grid').getAttribute('aria-rowcount')) - 1;
    assert.ok(seen < all, `${seen} of ${all} rows are in sight`);
    assert.equal(await rows(), all);
    await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  });

  test('the editor is loaded where it is shown, and nowhere else', async () => {
    const page = await target.open('/cluster');
    const scripts: string[] = [];
    page.on('request', (request) => scripts.push(request.url()));
    await page.getByText('Healthy').first().waitFor();
    await page.getByRole('link', { name: 'Keys' }).click();
    await page.getByRole('row', { name: /\// }).first().waitFor();
    assert.deepEqual(
      scripts.filter((url) => /editor/.test(url)),
      [],
    );
    await page.goto(new URL('/keys/key?name=%2Fapp%2Fpool', target.gateway.url).href);
    await page.getByText('"max"').first().waitFor();
    assert.ok(scripts.some((url) => /code-editor/.test(url)));
  });
});

async function look(
  page: Page,
  size: { readonly width: number; readonly height: number },
  colorScheme: 'light' | 'dark',
): Promise<void> {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
  // Colours are those of the other scheme until it has been drawn.
  await page.evaluate(
    'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))',
  );
}

async function assertAccessible(
  page: Page,
  what: string,
  rules?: readonly string[],
): Promise<void> {
  assert.deepEqual(await seriousViolations(page, rules), [], what);
}

async function assertFits(page: Page, path: string, width: number): Promise<void> {
  assert.equal(await overflowOf(page), undefined, `${path} at ${width} pixels`);
}
