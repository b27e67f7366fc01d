/**
 * Goal: a person sees who holds a lock and why everybody is stuck, and takes it away knowing what that does. Method: a real
 * browser on the built console, a real member, holders and waiters by the SDK.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { connect, type Concord } from '@concord/sdk';
import { consoleTarget, noBrowser } from './harness/browser.ts';
import { screenshot } from './harness/screenshot.ts';

const LOCK = '/jobs/nightly';

describe('locks in the console', { skip: noBrowser }, () => {
  const target = consoleTarget();
  const programs: Concord[] = [];
  const program = async (name: string): Promise<Concord> => {
    const concord = await connect({ endpoints: [...target.cluster.endpoints], app: { name } });
    programs.push(concord);
    return concord;
  };
  before(async () => {
    const [orders, billing] = [await program('orders'), await program('billing')];
    await orders.lock.acquire(LOCK, { label: 'pod 7d9f', ttl: '60s' });
    await billing.lock.acquire('/jobs/invoices', { label: 'pod 0', ttl: '60s' });
  });
  after(async () => {
    await Promise.all(programs.map((one) => one.close()));
  });

  test('the holder, its time left and the queue are seen, and taking the lock away lets the next one have it', async () => {
    const [orders, billing] = programs as [Concord, Concord];
    const next = billing.lock.acquire(LOCK, { label: 'pod 0', ttl: '60s' });
    const stuck = orders.lock.acquire('/jobs/invoices', { label: 'pod 7d9f', ttl: '60s' });
    stuck.catch(() => undefined);

    const page = await target.open('/locks');
    await page.getByText('These programs may be waiting for each other').waitFor();
    await screenshot(page, 'locks');
    await page.getByRole('row', { name: /\/jobs\/nightly/ }).click();
    const queue = page.getByRole('grid', { name: 'Queue' });
    await queue.getByText('billing').waitFor();
    await page.getByRole('grid', { name: 'Holder' }).getByText('pod 7d9f').waitFor();
    await screenshot(page, 'lock');

    await page.getByRole('button', { name: 'Force release' }).click();
    const dialog = page.getByRole('dialog', { name: 'Take this lock away from its holder?' });
    await dialog
      .getByText(/orders \(pod 7d9f\) loses the lock at once and billing \(pod 0\) has it next/)
      .waitFor();
    const verb = dialog.getByRole('button', { name: 'Force release' });
    assert.ok(await verb.isDisabled(), 'without the name nothing is done');
    await dialog.getByLabel('Reason').fill('stuck since noon');
    await dialog.getByRole('textbox', { name: /Type/ }).fill(LOCK);
    await screenshot(page, 'force-release');
    await verb.click();
    await using held = await next;
    assert.ok(held.token > 0);
    await page.getByRole('grid', { name: 'Holder' }).getByText('billing').waitFor();
  });

  test('nobody in sight teaches what locks are', async () => {
    const page = await target.open('/locks?search=no-such-lock');
    await page.getByText('No lock has this in its name').waitFor();
    await page.getByRole('tab', { name: 'Elections' }).click();
    await page.getByText('No election has this in its name').waitFor();
  });
});
