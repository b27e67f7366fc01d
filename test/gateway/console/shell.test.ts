/**
 * Goal: the console is there under any path, in two languages and two schemes, by keyboard, on a phone, and while the cluster
 * is away. Method: a real browser; `pages.test.ts` looks at every page.
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
    await chinese.getByText('注册实例').first().waitFor();
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

  test('who works by keyboard finds the shortcuts at `?`, and is back where they were when a dialog closes', async () => {
    // The instance has no health check.
    target.expect(/status of 404/);
    const page = await target.open('/services/orders');
    const row = page.getByRole('row', { name: /orders-1 / });
    await row.waitFor();
    const focused = (): Promise<string> => page.evaluate('document.activeElement.textContent');

    await page.getByRole('row', { name: /orders-0 / }).focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('[data-row="1"]:focus').waitFor();
    await page.keyboard.press('?');
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await list.getByText('The row above or below').waitFor();
    assert.deepEqual(await seriousViolations(page), []);
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    assert.match(await focused(), /^orders-1/);

    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: 'orders-1' });
    // It takes the focus when it has come in, whatever has it by then.
    await drawer.locator(':focus').waitFor();
    await drawer.getByRole('button', { name: 'Set weight' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Set the weight of orders-1' });
    // Escape is for what has the focus: before that it would be for the drawer.
    await dialog.locator(':focus').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await drawer.locator('button:focus', { hasText: 'Set weight' }).waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    assert.match(await focused(), /^orders-1/);

    // A line of a menu goes with its menu.
    await row.getByRole('button', { name: 'Actions for orders-1' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Set weight' }).focus();
    await page.keyboard.press('Enter');
    await dialog.locator(':focus').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.locator('button[aria-label="Actions for orders-1"]:focus').waitFor();
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

  test('on a phone the navigation is behind a button', async () => {
    const page = await target.open('/', { width: 390, height: 844 });
    await page.getByRole('button', { name: 'Navigation' }).click();
    await page.getByRole('link', { name: 'Services', exact: true }).click();
    await page.getByRole('heading', { name: 'Services', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'orders' }).waitFor();
    await screenshot(page, 'services-phone');
  });
});
