/**
 * Goal: people see what they may see. Secrets are masked until somebody who may asks for them, and who may only read finds
 * every change out of reach, with the reason. Method: a real browser at a gateway where one has to sign in.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { seriousViolations } from './harness/accessibility.ts';
import { consoleTarget, noBrowser } from './harness/browser.ts';
import { screenshot } from './harness/screenshot.ts';

const PASSWORD = 'correct horse battery';
const SECRET = 'postgres://orders:hunter2@db';
const SECRET_PAGE = '/configuration/item?namespace=shop&path=orders%2Fdatabase';

const directory = mkdtempSync(join(tmpdir(), 'concord-secret-keys-'));
const keyFile = join(directory, 'keys');
const keys = { current: 'one', keys: { one: randomBytes(32).toString('base64') } };
writeFileSync(keyFile, JSON.stringify(keys), { mode: 0o600 });

describe('permissions in the console', { skip: noBrowser }, () => {
  const target = consoleTarget(['--mode', 'auto', '--config-keys', keyFile]);
  after(() => rmSync(directory, { recursive: true }));

  before(async () => {
    const send = async <Body>(
      method: string,
      path: string,
      body: unknown,
      headers: Readonly<Record<string, string>> = {},
    ): Promise<Body> => {
      const answer = await target.gateway.json<Body>(method, path, { body, headers });
      assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`);
      return answer.body;
    };
    const token = target.gateway.log
      .map((line) => /one-time token ([\w-]+)"/.exec(line)?.[1])
      .findLast((found) => found !== undefined);
    await send('POST', '/v1/set-up', { token, user: 'root', password: PASSWORD });
    const session = await send<{ token: string }>('POST', '/v1/session', {
      user: 'root',
      password: PASSWORD,
      as: 'token',
    });
    const authorization = { authorization: `Bearer ${session.token}` };
    const asRoot = (method: string, path: string, body: unknown) =>
      send(method, path, body, authorization);
    const roles = {
      'shop-reader': ['/concord/config/items/shop/', '/concord/registry/'],
      'shop-secrets': ['/concord/config/secrets/shop/'],
    };
    for (const [name, prefixes] of Object.entries(roles)) {
      await asRoot('POST', '/v1/roles', { name });
      for (const prefix of prefixes)
        await asRoot('PUT', `/v1/roles/${name}/permissions`, { access: 'read', prefix });
    }
    const users = { ann: ['shop-reader'], bob: ['shop-reader', 'shop-secrets'] };
    for (const [name, has] of Object.entries(users))
      await asRoot('POST', '/v1/users', { name, password: PASSWORD, roles: has });
    await asRoot('PUT', '/v1/configs/shop/orders%2Fdatabase', {
      content: SECRET,
      format: 'text',
      secret: true,
    });
    await asRoot('PUT', '/v1/services/orders/instances/orders-0', {
      address: '10.0.0.1',
      port: 8080,
      ttl: '1h',
    });
  });

  async function signedIn(user: string, path: string): Promise<Page> {
    // The page asks who it is before it knows.
    target.expect(/status of 401/);
    const page = await target.open(path);
    await page.getByLabel('User').fill(user);
    await page.getByLabel(/^Password/).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    return page;
  }

  test('a secret is masked until who may see it asks, and can be masked again', async () => {
    const page = await signedIn('bob', SECRET_PAGE);
    await page.getByText(/This content is secret/).waitFor();
    assert.equal(await page.getByText(SECRET).count(), 0);
    await screenshot(page, 'secret-masked');
    await page.getByRole('button', { name: 'Reveal' }).click();
    await page.getByText(SECRET).first().waitFor();
    await page.getByRole('button', { name: 'Mask again' }).click();
    await page.getByText(SECRET).first().waitFor({ state: 'detached' });
  });

  test('who may not see a secret is told so, and the page stays', async () => {
    target.expect(/status of 403/);
    const page = await signedIn('ann', SECRET_PAGE);
    await page.getByText(/This content is secret/).waitFor();
    await page.getByRole('button', { name: 'Reveal' }).click();
    await page.getByText(/takes the right to read \/concord\/config\/secrets\/shop/).waitFor();
    assert.equal(await page.getByText(SECRET).count(), 0);
    await page.getByRole('button', { name: 'Mask again' }).click();
    await page.getByText(/This content is secret/).waitFor();
  });

  test('who may only read sees the actions out of reach, and why', async () => {
    // The instance has no health check.
    target.expect(/status of 404/);
    const page = await signedIn('ann', SECRET_PAGE);
    const remove = page.getByRole('button', { name: 'Delete' });
    await remove.and(page.locator('[aria-disabled="true"]')).waitFor();
    await page.getByRole('button', { name: 'Reveal' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page
      .getByRole('tooltip', { name: /Your roles do not let you change this/ })
      .last()
      .waitFor();
    await page.keyboard.press('Enter');
    assert.equal(await page.getByRole('dialog').count(), 0, 'nothing is begun');
    assert.deepEqual(await seriousViolations(page), []);

    await page.getByRole('link', { name: 'Services', exact: true }).click();
    await page.getByRole('link', { name: 'orders' }).click();
    await page.getByRole('row', { name: /orders-0/ }).click();
    const drain = page.getByRole('dialog').getByRole('button', { name: 'Drain' });
    await drain.and(page.locator('[aria-disabled="true"]')).waitFor();
    await screenshot(page, 'read-only');
  });

  test('pages that are not for everybody are not offered, and say so where one comes to them', async () => {
    target.expect(/status of 403/);
    const page = await signedIn('ann', '/users');
    await page.getByText('Not permitted').waitFor();
    await page.getByText(/An administrator can grant it/).waitFor();
    const links = page.getByRole('navigation').getByRole('link');
    assert.ok(!(await links.allInnerTexts()).includes('Users and roles'));
  });
});
