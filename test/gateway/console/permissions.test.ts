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
import { goTo } from './harness/go-to.ts';
import { prepareProbe, probe } from './harness/reader-probe.ts';
import { screenshot } from './harness/screenshot.ts';

const PASSWORD = 'correct horse battery';
const SECRET = 'postgres://orders:hunter2@db';
const SECRET_PAGE = '/configuration/item?namespace=shop&path=orders%2Fdatabase';

const ITEM = '/configuration/item?namespace=shop&path=orders%2Fpool';
/** Above each of its tabs: the head of the page, and the rollout that is under way. */
const ofItem = [
  'Restore previous',
  'Delete',
  'Next step now',
  'To everybody now',
  'Take it back',
] as const;

/**
 * Each page that changes are made from, with what is on it once it is drawn, and what a reader finds out of reach there.
 * Neighbours are drawn by different components.
 */
const guarded: Readonly<Record<string, readonly [content: RegExp, refused: readonly string[]]>> = {
  '/services/edge': [
    /expired within/,
    ['Extend by 5 minutes', 'Release now', 'Drain…', 'Set weight…', 'Deregister…'],
  ],
  '/configuration?namespace=shop': [/^pool$/, ['New item', 'Import…']],
  '/services/orders?instance=orders-0': [
    /No active check/,
    ['Drain', 'Set weight', 'Deregister', 'Check it', 'Drain…', 'Set weight…', 'Deregister…'],
  ],
  [ITEM]: [/"max"/, [...ofItem, 'Discard', 'Save draft', 'Release…', 'End track']],
  '/locks/lock?name=%2Fjobs%2Fnightly': [/Fencing token/, ['Force release']],
  [`${ITEM}&tab=history`]: [/#1/, [...ofItem, 'Restore']],
  '/keys?prefix=%2Fapp%2F': [/^pool$/, ['New key']],
  '/keys/key?name=%2Fapp%2Fpool': [/"max"/, ['Edit', 'Delete']],
  '/keys?prefix=%2Fapp%2Fnone%2F': [/No keys below this prefix/, ['New key']],
  '/cluster': [
    /^Healthy$/,
    ['Add member', 'Make leader', 'Defragment', 'Remove', 'Download backup', 'Compact'],
  ],
};

/** Pages without anything to change, and those that tell a reader so in place of what is on them. */
const readOnly: Readonly<Record<string, RegExp>> = {
  '/': /revision/,
  '/services': /^orders$/,
  '/services/orders?tab=consumers': /Nobody discovers/,
  '/locks': /\/jobs\/nightly/,
  '/services/orders?tab=pick': /can be picked/,
  '/locks?tab=elections': /Nobody stands/,
  '/services/orders?tab=timeline': /orders-0/,
  '/watches': /Watches/,
  '/leases': /Not permitted/,
  '/users': /Not permitted/,
  '/audit': /Not permitted/,
};

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
    const asRoot = <Body>(method: string, path: string, body: unknown) =>
      send<Body>(method, path, body, authorization);
    const roles = {
      'shop-reader': ['/concord/config/items/shop/', '/concord/registry/', '/app/', '/jobs/'],
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
    await asRoot('PUT', '/v1/configs/shop/orders%2Fpool', {
      content: '{"max":40}',
      format: 'json',
    });
    await asRoot('POST', '/v1/configs/shop/orders%2Fpool/rollout', {
      content: '{"max":60}',
      steps: [{ percent: 10 }],
      advance: 'manual',
    });
    await asRoot('PUT', '/v1/configs/shop/orders%2Fpool/draft', {
      content: '{"max":80}',
      format: 'json',
      base: 1,
    });
    await asRoot('PUT', `/v1/keys/${encodeURIComponent('/app/pool')}`, {
      value: { text: '{"max":40}' },
    });
    const { id } = await asRoot<{ id: string }>('POST', '/v1/sessions', { ttl: '1h' });
    const nightly = encodeURIComponent('/jobs/nightly');
    await asRoot('POST', `/v1/locks/${nightly}/acquire`, { session: id });
    // All but one of them expire, which makes a protection hold.
    for (let at = 0; at < 4; at += 1) {
      await asRoot('PUT', `/v1/services/edge/instances/edge-${at}`, {
        address: `10.9.0.${at + 1}`,
        port: 80,
        ttl: at === 0 ? '1h' : '1s',
      });
    }
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

    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Actions for orders-0' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('[role="menuitem"][aria-disabled="true"]').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page
      .getByRole('tooltip', { name: /Your roles do not let you change this/ })
      .last()
      .waitFor();
    assert.deepEqual(await seriousViolations(page), []);
    await page.keyboard.press('Enter');
    assert.equal(await page.getByRole('dialog').count(), 0, 'nothing is begun');
  });

  test('whatever a reader presses on any page, nothing is changed and no change is begun', async () => {
    target.expect(/status of 40[34]/);
    const page = await signedIn('ann', '/services');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await prepareProbe(page);
    for (const [path, [content, expected]] of Object.entries(guarded)) {
      await goTo(page, path, content);
      const { refused, begun } = await probe(page);
      assert.deepEqual(begun, [], path);
      assert.deepEqual(refused, [...expected].sort(), path);
    }
    for (const [path, content] of Object.entries(readOnly)) {
      await goTo(page, path, content);
      assert.deepEqual(await probe(page), { refused: [], begun: [] }, path);
    }
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
