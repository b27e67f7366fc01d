/**
 * Goal: a person sees which services there are, rolls a bad instance out and watches the news of it spread, and is told
 * when consumers hold on to what expired. Method: a real browser on the built console, a real member, consumers by the SDK.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { consoleTarget, noBrowser } from './harness/browser.ts';
import { consumersOf, exampleServices, registerExamples } from './harness/example-services.ts';
import { screenshot } from './harness/screenshot.ts';

describe('services in the console', { skip: noBrowser }, () => {
  // The examples are at addresses that are not public, which a gateway checks only where it is told to.
  const target = consoleTarget([
    ...['--mode', 'development'],
    ...['--health-check-networks', '10.20.0.0/16'],
  ]);
  before(() => registerExamples(target.gateway.url));

  test('all services are listed with their health, found by a part of the name, and change live', async () => {
    const page = await target.open('/services');
    const count = Object.keys(exampleServices).length;
    await page.getByText(`${count} services`).waitFor();
    await page.getByText('8 of 9 serve').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    await screenshot(page, 'services');

    await target.gateway.json('PATCH', '/v1/services/checkout/instances/checkout-0', {
      body: { state: 'draining' },
    });
    await page.getByText('5 of 6 serve').waitFor();

    await page.getByRole('searchbox', { name: 'Search by name' }).fill('ment');
    await page.getByText('1 service', { exact: true }).waitFor();
    assert.match(page.url(), /search=ment/, 'a search can be sent to somebody');
    await page.getByRole('link', { name: 'payments' }).click();
    await page.getByRole('heading', { name: 'payments', level: 1 }).waitFor();
    await page.goBack();
    await page.getByText('1 service', { exact: true }).waitFor();
  });

  test('a search that finds nothing says so, and leads back', async () => {
    const page = await target.open('/services?search=no-such-service');
    await page.getByText('No service matches').waitFor();
    await page.getByRole('button', { name: 'Show all services' }).click();
    await page.getByRole('link', { name: 'orders' }).waitFor();
  });

  test('rolling a bad instance out states the reach, and shows that every consumer has seen it', async () => {
    await using consumers = await consumersOf(target.cluster.endpoints, 'orders', [
      'checkout',
      'storefront',
      'reporting',
    ]);
    assert.ok(consumers);
    const page = await target.open('/services/orders');
    await page.getByRole('row', { name: /orders-3/ }).waitFor();
    await screenshot(page, 'service');
    await page.getByRole('button', { name: 'Actions for orders-3' }).click();
    await page.getByRole('menuitem', { name: 'Drain…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Drain orders-3' });
    await dialog.getByText('11 of 12 serving instances stay, with 90.1% of the weight.').waitFor();
    await dialog.getByText('3 consumers will stop calling it.').waitFor();
    const drain = dialog.getByRole('button', { name: 'Drain', exact: true });
    assert.ok(await drain.isDisabled(), 'without a reason nothing is done');
    await dialog.getByLabel('Reason').fill('slow disk, INC-7');
    await screenshot(page, 'drain');
    await drain.click();

    await page.getByText('3 of 3 consumers have seen it').waitFor();
    await page.getByText('All consumers have seen that orders-3 drains').waitFor();
    const row = page.getByRole('row', { name: /orders-3 / });
    await row.getByText('Draining').waitFor();
    await screenshot(page, 'drain-progress');

    const { body } = await target.gateway.json<{
      override: { reason: string; by: string; until: string; incarnation: string };
      declared: { state: string };
    }>('GET', '/v1/services/orders/instances/orders-3');
    assert.equal(body.override.reason, 'slow disk, INC-7');
    assert.ok(Date.parse(body.override.until) > Date.now() + 3_500_000, 'it ends after an hour');
    assert.ok(body.override.incarnation, "or with the instance's life");
    assert.equal(body.declared.state, 'serving');

    await page.getByRole('button', { name: 'Actions for orders-3' }).click();
    await page.getByRole('menuitem', { name: 'End override…' }).click();
    await page
      .getByRole('dialog')
      .getByText('It goes back to what it declares: Serving, weight 100.')
      .waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'End override' }).click();
    await row.getByText('Serving').waitFor();
  });

  test('an instance is shown in full by keyboard alone, and weighed', async () => {
    // An instance without a check answers 404 to who asks for it.
    target.expect(/status of 404/);
    const page = await target.open('/services/catalogue');
    const first = page.getByRole('row', { name: /catalogue-0/ });
    await first.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: 'catalogue-1' });
    await drawer.getByText(/of 1 h left/).waitFor();
    await screenshot(page, 'instance');
    await drawer.getByRole('button', { name: 'Check it' }).click();
    const check = page.getByRole('dialog', { name: 'Check the health of catalogue-1' });
    await check.getByRole('button', { name: 'Check it' }).click();
    await drawer.getByText('HTTP, every 10s, 3 failures take it out').waitFor();
    await drawer.getByRole('button', { name: 'Stop checking' }).click();
    await drawer.getByText(/No active check/).waitFor();
    await drawer.getByRole('button', { name: 'Set weight' }).click();
    const dialog = page.getByRole('dialog', { name: 'Set the weight of catalogue-1' });
    await dialog.getByRole('textbox', { name: 'Weight' }).fill('10');
    await dialog.getByText('Its share of calls goes from 13.3% to 1.5%.').waitFor();
    await dialog.getByLabel('Reason').fill('new build');
    await dialog.getByRole('button', { name: 'Set weight' }).click();
    await drawer.getByText('10 in force, 100 declared').waitFor();
  });

  test('the simulator shows where calls would go, and why the others get none', async () => {
    const page = await target.open('/services/payments?tab=pick');
    const draining = page.getByRole('row', { name: /payments-2/ });
    await draining.getByText('drains').waitFor();
    await page
      .getByRole('row', { name: /payments-0/ })
      .getByText('can be picked')
      .waitFor();
    await screenshot(page, 'pick-simulator');
  });

  test('a protection hold is told with its cause and what consumers do meanwhile', async () => {
    for (let at = 0; at < 4; at += 1) {
      await target.gateway.json('PUT', `/v1/services/edge/instances/edge-${at}`, {
        body: { address: `10.9.0.${at + 1}`, port: 80, ttl: at === 0 ? '1h' : '1s' },
      });
    }
    const page = await target.open('/services/edge');
    await page.getByText(/3 of 4 instances expired within/).waitFor();
    await page.getByText(/consumers go on calling them/).waitFor();
    await screenshot(page, 'protection-hold');
    await page.getByRole('button', { name: 'Release now' }).click();
    await page.getByText(/All consumers stop calling the 3 instances/).waitFor();
    await page.getByLabel('Reason').fill('the rack is gone');
    await page.getByRole('dialog').getByRole('button', { name: 'Release now' }).click();
    await page.getByText(/3 of 4 instances expired within/).waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Timeline' }).click();
    await page.getByText('expired').first().waitFor();
    await page.getByText('the rack is gone').waitFor();
  });
});
