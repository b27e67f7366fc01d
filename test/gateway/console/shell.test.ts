/**
 * Goal: the console is there under any path and on any page, in two languages and two schemes, by keyboard, on a phone, and
 * for people with aids. Method: a real browser, and axe on every page of the navigation.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as requestHttp } from 'node:http';
import type { AddressInfo } from 'node:net';
import { before, describe, test } from 'node:test';
import { seriousViolations } from './harness/accessibility.ts';
import { consoleTarget, noBrowser } from './harness/browser.ts';
import { registerExamples } from './harness/example-services.ts';
import { screenshot } from './harness/screenshot.ts';

/** Pages that are not in the navigation. */
const morePages = [
  '/services/orders',
  '/services/orders?tab=pick',
  '/services/orders?tab=timeline',
];

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

describe('the shell of the console', { skip: noBrowser }, () => {
  const target = consoleTarget();
  before(() => registerExamples(target.gateway.url));

  test('behind a proxy that adds a path, a deep link works, and so does everything from there', async () => {
    const proxy = createServer((request, response) => {
      if (request.url?.startsWith('/tools/concord/') !== true) {
        return void response.writeHead(404).end();
      }
      const asked = requestHttp(
        new URL(request.url.slice('/tools/concord'.length), target.gateway.url),
        { method: request.method ?? 'GET', headers: request.headers },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      asked.on('error', () => response.destroy());
      response.on('close', () => asked.destroy());
      request.pipe(asked);
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const root = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/tools/concord`;
    try {
      const page = await target.open(`${root}/services/orders`);
      await page.getByRole('row', { name: /orders-0/ }).waitFor();
      await page.getByText('Live', { exact: true }).waitFor();
      await page.getByRole('link', { name: 'Overview' }).click();
      await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
      assert.equal(page.url(), `${root}/`);
    } finally {
      await target.closePages();
      proxy.closeAllConnections();
      proxy.close();
    }
  });

  test('files are kept by browsers for good, the page is asked for each time, and an unknown path of the API is no page', async () => {
    const page = await fetch(`${target.gateway.url}/services/orders`, {
      headers: { accept: 'text/html' },
    });
    assert.equal(page.headers.get('cache-control'), 'no-cache');
    const file = /assets\/[^"]+\.js/.exec(await page.text())?.[0] ?? '';
    const script = await fetch(`${target.gateway.url}/${file}`, {
      headers: { 'accept-encoding': 'br' },
    });
    assert.match(script.headers.get('cache-control') ?? '', /immutable/);
    assert.equal(script.headers.get('content-encoding'), 'br');
    for (const path of ['/v1/no-such-thing', '/assets/no-such-file.js']) {
      const answer = await fetch(target.gateway.url + path, { headers: { accept: 'text/html' } });
      assert.equal(answer.status, 404, path);
      assert.match(answer.headers.get('content-type') ?? '', /problem\+json/, path);
    }
  });

  test('the language is chosen, kept, and told to aids', async () => {
    const page = await target.open('/services');
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('menuitem', { name: '中文' }).click();
    await page.getByRole('heading', { name: '服务', level: 1 }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '服务', level: 1 }).waitFor();
    assert.equal(await page.evaluate('document.documentElement.lang'), 'zh');
    const chinese = await target.open('/', { language: 'zh-CN', scheme: 'dark' });
    await chinese.getByRole('heading', { name: '总览', level: 1 }).waitFor();
    await chinese.getByText('register instance').first().waitFor();
    await screenshot(chinese, 'overview-chinese-dark');
  });

  test('the palette leads to pages and services, and does what one asks of it', async () => {
    const page = await target.open('/');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Pages, services, actions' }).fill('fraud');
    await page.getByRole('button', { name: 'fraud-check' }).waitFor();
    await screenshot(page, 'palette');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'fraud-check' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Pages, services, actions' }).fill('dark');
    await page.getByRole('button', { name: 'Use the dark scheme' }).click();
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  });

  test('the overview shows the member, its rates, and who changed what', async () => {
    const page = await target.open('/');
    await page.getByText(/leads$/).waitFor();
    await page.getByRole('group', { name: 'Requests' }).locator('canvas').waitFor();
    await page.getByText('register instance').first().waitFor();
    await screenshot(page, 'overview');
  });

  test('while the cluster is away the console says so, and that it may be old', async () => {
    target.expect(/503|504|Failed to load resource/);
    const page = await target.open('/services');
    await page.getByRole('link', { name: 'orders' }).waitFor();
    target.cluster.lines.cut();
    try {
      await page.getByRole('searchbox', { name: 'Search by name' }).fill('o');
      await page
        .getByText(/The cluster does not answer/)
        .first()
        .waitFor();
    } finally {
      target.cluster.lines.heal();
    }
  });

  test('on every page axe finds nothing serious, light and dark, and nothing is wider than the screen', async () => {
    const page = await target.open('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    const links = page.getByRole('navigation').getByRole('link');
    const found = await links.evaluateAll((all) =>
      all.map((link) => link.getAttribute('href') ?? ''),
    );
    for (const path of new Set([...found, ...morePages])) {
      await page.goto(new URL(path, target.gateway.url).href);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
        // Colours are those of the other scheme until it has been drawn.
        await page.evaluate(
          'new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 50)))',
        );
        const rules = colorScheme === 'light' ? undefined : ['color-contrast'];
        assert.deepEqual(await seriousViolations(page, rules), [], `${path}, ${colorScheme}`);
      }
      for (const width of [390, 768, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        if (await page.evaluate<boolean>(FITS)) continue;
        const beyond = JSON.stringify(await page.evaluate(BEYOND));
        assert.fail(`${path} is wider than ${width} px: ${beyond}`);
      }
    }
  });

  test('on a phone the navigation is behind a button', async () => {
    const page = await target.open('/', { width: 390, height: 844 });
    await page.getByRole('button', { name: 'Navigation' }).click();
    await page.getByRole('link', { name: 'Services', exact: true }).click();
    await page.getByRole('heading', { name: 'Services', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'orders' }).waitFor();
    await screenshot(page, 'services-phone');
  });
});
