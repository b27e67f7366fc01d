/**
 * Goal: "what happened at five past two?" is answered by looking: a service and a key as they were at a moment, and who
 * changed them since. Method: a real browser; the moment is one that the gateway has seen.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { consoleTarget, noBrowser } from './harness/browser.ts';
import { screenshot } from './harness/screenshot.ts';

describe('the past in the console', { skip: noBrowser }, () => {
  const target = consoleTarget();
  const put = async (path: string, body: unknown): Promise<void> => {
    const answer = await fetch(`${target.gateway.url}${path}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
  };
  const instance = (weight: number) => ({
    ...{ address: '127.0.0.1', port: 8080, ttl: '10m', weight },
  });
  /** The start of a whole second, as fields of browsers have it, at which the gateway has seen `revision`. */
  const momentOf = async (revision: number): Promise<Date> => {
    for (;;) {
      const moment = new Date(Math.floor(Date.now() / 1000) * 1000);
      const answer = await fetch(`${target.gateway.url}/v1/revisions?at=${moment.toISOString()}`);
      const { revision: seen = 0 } = (await answer.json()) as { revision?: number };
      if (seen >= revision) return moment;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  const local = (moment: Date): string => {
    const shifted = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
    return shifted.toISOString().slice(0, 19);
  };

  test('a service and a key are shown as of a moment, and the audit says who changed them since', async () => {
    await put('/v1/services/orders/instances/one', instance(77));
    await put('/v1/keys/%2Fapp%2Fmode', { value: { text: 'calm' } });
    const answer = await fetch(`${target.gateway.url}/v1/keys/%2Fapp%2Fmode`);
    const moment = await momentOf(((await answer.json()) as { modRevision: number }).modRevision);
    await put('/v1/services/orders/instances/one', instance(11));
    await put('/v1/keys/%2Fapp%2Fmode', { value: { text: 'storm' } });

    const page = await target.open('/services/orders');
    await page.getByRole('row', { name: /one/ }).getByText('11', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Now' }).click();
    await page.getByLabel('Or as of a moment').fill(local(moment));
    await page.getByRole('button', { name: 'Go there' }).click();
    await page.getByText('You are looking at the past').waitFor();
    await page.getByRole('row', { name: /one/ }).getByText('77', { exact: true }).waitFor();
    await screenshot(page, 'service-past');

    const key = await target.open('/keys/key?name=%2Fapp%2Fmode');
    await key.getByText('storm').first().waitFor();
    await key.getByRole('button', { name: 'Now' }).click();
    await key.getByLabel('Or as of a moment').fill(local(moment));
    await key.getByRole('button', { name: 'Go there' }).click();
    await key.getByText('calm').first().waitFor();

    const audit = await target.open('/audit?subject=%2Fapp%2Fmode');
    await audit.getByText('storm').or(audit.getByText('/app/mode')).first().waitFor();
  });
});
