/**
 * Goal: an operator looks after the cluster and after who may do what, and finds out what happened. Method: a real browser
 * on the built console, a real member.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { consoleTarget, noBrowser } from './harness/browser.ts';
import { screenshot } from './harness/screenshot.ts';

describe('operations in the console', { skip: noBrowser }, () => {
  const target = consoleTarget();

  test('members are shown, a backup is downloaded whole, and a new member gets the command to type', async () => {
    const page = await target.open('/cluster');
    await page.getByText('Healthy').first().waitFor();
    await screenshot(page, 'cluster');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download backup' }).click(),
    ]);
    assert.match(download.suggestedFilename(), /^concord-.*\.db$/);
    assert.ok(readFileSync(await download.path()).length > 1_000);
    await page.getByText(/is complete/).waitFor();

    await page.getByRole('button', { name: 'Add member' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a member' });
    await dialog.getByLabel('Name').fill('two');
    await dialog.getByLabel('Peer URL').fill('http://127.0.0.1:23999');
    await dialog.getByRole('button', { name: 'Add to the cluster' }).click();
    await dialog.getByText(/--initial-cluster-state existing/).waitFor();
    await dialog.getByText(/two=http:\/\/127\.0\.0\.1:23999/).waitFor();
    await screenshot(page, 'add-member');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    const row = page.getByRole('row', { name: /not started yet/ });
    await row.getByRole('button', { name: /Actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    const removal = page.getByRole('dialog');
    const name = await removal.getByText(/^Type/).locator('code').innerText();
    await removal.getByRole('textbox').fill(name);
    await removal.getByRole('button', { name: 'Remove' }).click();
    await row.waitFor({ state: 'detached' });
  });

  test('a role gets a range, a user the role, and a program a token that is shown once', async () => {
    const page = await target.open('/users?tab=roles');
    await page.getByRole('button', { name: 'New role' }).click();
    await page.getByRole('dialog').getByLabel('Role').fill('orders-team');
    await page.getByRole('dialog').getByRole('button', { name: 'Create role' }).click();
    await page.getByRole('button', { name: 'Grant range' }).click();
    await page
      .getByRole('dialog')
      .getByLabel('Prefix', { exact: true })
      .fill('/concord/config/items/shop/');
    await page.getByRole('dialog').getByText('Read and write').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Grant range' }).click();
    await page.getByText('/concord/config/items/shop/').waitFor();
    await screenshot(page, 'roles');

    await page.getByRole('tab', { name: 'Users' }).click();
    await page.getByRole('button', { name: 'New user' }).click();
    const dialog = page.getByRole('dialog', { name: 'New user' });
    await dialog.getByLabel('User').fill('ann');
    await dialog.getByRole('textbox', { name: 'Password' }).fill('correct horse');
    await dialog.getByLabel('Roles').first().click();
    await page.getByRole('option', { name: 'orders-team' }).click();
    await page.keyboard.press('Tab');
    await dialog.getByRole('button', { name: 'Create user' }).click();
    await page.getByRole('row', { name: /ann/ }).getByText('orders-team').waitFor();
    await screenshot(page, 'users');

    await page.goto(new URL('/tokens', target.gateway.url).href);
    await page.getByRole('button', { name: 'New token' }).first().click();
    await page.getByRole('dialog').getByLabel('Label').fill('deploy of orders');
    await page.getByRole('dialog').getByRole('button', { name: 'Create token' }).click();
    const text = await page.locator('[data-token]').innerText();
    assert.match(text, /^concord_[0-9a-f]{12}_/);
    await screenshot(page, 'new-token');
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('row', { name: /deploy of orders/ }).waitFor();
    assert.equal(await page.getByText(text).count(), 0, 'it is shown once');
  });

  test('a lease is ended by who types its id, having read what goes with it', async () => {
    const { body } = await target.gateway.json<{ id: string }>('POST', '/v1/sessions', {
      body: { ttl: '1h' },
    });
    const lock = '/v1/locks/%2Fjobs%2Fnightly';
    await target.gateway.json('POST', `${lock}/acquire`, { body: { session: body.id } });
    const page = await target.open(`/leases?lease=${body.id}`);
    const lease = page.getByRole('dialog', { name: `Lease ${body.id}` });
    await lease.getByRole('link', { name: /^\/jobs\/nightly\// }).waitFor();
    await lease.getByRole('button', { name: 'Revoke' }).click();
    const asks = page.getByRole('dialog', { name: 'End this lease now?' });
    await asks.getByText(/whoever holds (it|them) loses (it|them)/).waitFor();
    const verb = asks.getByRole('button', { name: 'Revoke' });
    assert.ok(await verb.isDisabled(), 'without the id nothing is done');
    await asks.getByRole('textbox').fill(body.id);
    // Its page may ask for it once more.
    target.expect(/status of 404/);
    await verb.click();
    await asks.waitFor({ state: 'detached' });
    await page.getByRole('row', { name: new RegExp(body.id) }).waitFor({ state: 'detached' });
    assert.equal((await target.gateway.json('GET', `/v1/leases/${body.id}`)).status, 404);
  });

  test('a user is deleted by who types the name', async () => {
    await target.gateway.json('POST', '/v1/users', {
      body: { name: 'mallory', password: 'correct horse' },
    });
    const page = await target.open('/users');
    const row = page.getByRole('row', { name: /^mallory/ });
    await row.getByRole('button', { name: 'Actions for mallory' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const asks = page.getByRole('dialog');
    await asks
      .getByText(/mallory/)
      .first()
      .waitFor();
    const verb = asks.getByRole('button', { name: 'Delete' });
    assert.ok(await verb.isDisabled(), 'without the name nothing is done');
    await asks.getByRole('textbox').fill('mallory');
    await verb.click();
    await row.waitFor({ state: 'detached' });
    assert.equal((await target.gateway.json('GET', '/v1/users/mallory')).status, 404);
  });

  test('what happened is found by who, what and when, with what it was before and after', async () => {
    const put = (text: string) =>
      target.gateway.json('PUT', '/v1/keys/limit', { body: { value: { text } } });
    await put('{"max":40}');
    const page = await target.open('/audit?action=putKey');
    await page.getByRole('row', { name: /putKey/ }).waitFor();
    await put('{"max":60}');
    await page
      .getByRole('row', { name: /putKey/ })
      .nth(1)
      .waitFor();
    await screenshot(page, 'audit');
    await page
      .getByRole('row', { name: /putKey/ })
      .first()
      .click();
    const record = page.getByRole('dialog', { name: 'putKey' });
    await record.getByText('Before', { exact: true }).waitFor();
    await record.getByText('After', { exact: true }).waitFor();
    await screenshot(page, 'audit-record');

    const nothing = await target.open('/audit?to=2020-01-01T00%3A00%3A00.000Z');
    await nothing.getByText('No record fits').waitFor();
  });
});
