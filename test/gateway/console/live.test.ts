/**
 * Goal: pages follow the gateway's streams instead of asking again and again; where no stream comes through they ask.
 * Method: a real browser whose requests are counted, and which is refused streams in one case.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { connect, type Concord } from '@concord/sdk';
import type { Page } from 'playwright-core';
import { consoleTarget, noBrowser } from './harness/browser.ts';

/** How often `path` was asked for, from now on. */
function asked(page: Page, path: string): () => number {
  let times = 0;
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === path) times += 1;
  });
  return () => times;
}

describe('live pages of the console', { skip: noBrowser }, () => {
  const target = consoleTarget();
  let concord: Concord;
  before(async () => {
    concord = await connect({ endpoints: [...target.cluster.endpoints], app: { name: 'orders' } });
  });
  after(() => concord.close());

  /** Writes, and waits until the overview shows the revision of the write, or a later one: gateways write, too. */
  async function followsWrite(page: Page): Promise<void> {
    const { revision } = await concord.client.kv.put('/live/probe', String(Math.random()));
    await page.evaluate(`new Promise((resolve) => {
      const look = () => {
        const shown = /revision ([\\d,]+)/.exec(document.body.textContent)?.[1] ?? '0';
        if (Number(shown.replaceAll(',', '')) >= ${revision}) resolve();
        else requestAnimationFrame(look);
      };
      look();
    })`);
  }

  test('the overview follows the cluster, and asks for its state once', async () => {
    const page = await target.open('about:blank');
    const [statuses, samples] = [
      asked(page, '/v1/cluster/status'),
      asked(page, '/v1/cluster/samples'),
    ];
    await page.goto(target.gateway.url);
    await page.getByText('Live', { exact: true }).waitFor();
    // Each is another sample: together longer than the page would wait between two questions.
    for (let times = 0; times < 3; times += 1) await followsWrite(page);
    assert.ok(statuses() <= 1, `the state was asked for ${statuses()} times`);
    assert.ok(samples() <= 1, `the samples were asked for ${samples()} times`);
  });

  test('where the stream is refused the overview asks instead', async () => {
    target.expect(/Failed to load resource/);
    const page = await target.open('about:blank');
    await page.route('**/v1/cluster/watch*', (route) => route.abort());
    const statuses = asked(page, '/v1/cluster/status');
    await page.goto(target.gateway.url);
    await page.getByText('Not live', { exact: true }).waitFor();
    await followsWrite(page);
    assert.ok(statuses() >= 2, `the state was asked for ${statuses()} times`);
  });

  test('a lock that is taken is there at once, and so is one who waits', async () => {
    const page = await target.open('/locks');
    await page.getByText('Live', { exact: true }).waitFor();
    await using held = await concord.lock.acquire('/live/lock', { ttl: '60s' });
    const row = page.getByRole('row', { name: /\/live\/lock/ });
    await row.getByText('orders').waitFor();
    await held.release();
    await row.waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Elections' }).click();
    await page.getByText('Live', { exact: true }).waitFor();
    await using leadership = await concord.election.campaign('/live/leader', { value: 'pod 7d9f' });
    assert.ok(leadership.token > 0);
    await page
      .getByRole('row', { name: /\/live\/leader/ })
      .getByText('pod 7d9f')
      .waitFor();
  });
});
