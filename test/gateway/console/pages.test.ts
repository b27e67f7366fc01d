/**
 * Goal: every page can be used by everybody: on a phone, in the dark, in Chinese, with aids; and none loads the editor that
 * does not show it. Method: a real browser on the built console with something on each page.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { seriousViolations } from './harness/accessibility.ts';
import { consoleTarget, noBrowser, type Look } from './harness/browser.ts';

/** Each with what is on it once it is drawn, in either language; every second one in each look. */
const pages: Readonly<Record<string, RegExp>> = {
  '/configuration?namespace=shop': /pool/,
  '/configuration/item?namespace=shop&path=orders%2Fpool': /"max"/,
  '/configuration/item?namespace=shop&path=orders%2Fpool&tab=history': /#1/,
  '/locks': /concord\.lock\.run/,
  '/keys?prefix=%2F': /app\//,
  '/keys/key?name=%2Fapp%2Fpool': /"max"/,
  '/leases': /^(Granted|授予时长)$/,
  '/cluster': /^(Healthy|健康)$/,
  '/users?tab=roles': /orders-team/,
  '/tokens': /Bearer/,
  '/audit': /putConfig/,
};

const looks: readonly Look[] = [
  { width: 390, scheme: 'dark', language: 'zh-CN' },
  { width: 1440, scheme: 'light', language: 'en' },
];

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
  });

  // A page is looked at once: what differs between the looks is the same on every page.
  for (const [turn, look] of looks.entries()) {
    test(`fit and are accessible, ${look.scheme} at ${look.width} pixels`, async () => {
      for (const [at, [path, content]] of Object.entries(pages).entries()) {
        if (at % looks.length !== turn) continue;
        const page = await target.open(path, look);
        await page.getByText(content).first().waitFor();
        assert.deepEqual(await seriousViolations(page), [], path);
        const overflow = await page.evaluate<number>(
          'document.documentElement.scrollWidth - window.innerWidth',
        );
        assert.ok(overflow <= 0, `${path} is ${overflow} pixels wider than the screen`);
        await page.context().close();
      }
    });
  }

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
