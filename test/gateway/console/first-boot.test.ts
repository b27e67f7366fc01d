/**
 * Goal: the first boot has no default password: whoever reads the gateway's log makes the first administrator, once, and from
 * then on one has to sign in. Method: a real browser at a gateway that is not in development mode, before a new cluster.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { seriousViolations } from './harness/accessibility.ts';
import { consoleTarget, noBrowser } from './harness/browser.ts';
import { screenshot } from './harness/screenshot.ts';

const PASSWORD = 'correct horse battery';

describe('the first boot', { skip: noBrowser }, () => {
  const target = consoleTarget(['--mode', 'auto']);

  /** The token, as the log shows it to whoever started the gateway. */
  const oneTimeToken = (): string => {
    const lines = target.gateway.log.map((line) => /one-time token ([\w-]+)"/.exec(line)?.[1]);
    return lines.findLast((token) => token !== undefined) ?? '';
  };

  test('the token makes the first administrator, is burned, and a session begins by signing in', async () => {
    // A wrong token, and a wrong password, are refused; after the sign-out nobody is known.
    target.expect(/status of 40[0139]/);
    const page = await target.open('/services');
    await page.getByRole('heading', { name: 'Set up the cluster' }).waitFor();
    assert.deepEqual(await seriousViolations(page), []);
    await screenshot(page, 'set-up');

    await page.getByLabel('One-time token').fill('not-the-token');
    await page.getByLabel(/^Password ?\*?$/).fill(PASSWORD);
    await page.getByLabel('Password again').fill(PASSWORD);
    const make = page.getByRole('button', { name: 'Make the administrator' });
    await make.click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('One-time token').fill(oneTimeToken());
    await make.click();
    // The address that was asked for is kept.
    await page.getByRole('heading', { name: 'Services', level: 1 }).waitFor();
    assert.equal(await page.getByText('Development mode').count(), 0);

    const again = await target.gateway.json('POST', '/v1/set-up', {
      body: { token: oneTimeToken(), user: 'mallory', password: PASSWORD },
    });
    assert.ok(again.status >= 400 && again.status < 500, `the token is burned: ${again.status}`);

    await page.getByRole('button', { name: 'Signed in as root' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.deepEqual(await seriousViolations(page), []);
    await screenshot(page, 'sign-in');
    await page.getByLabel('User').fill('root');
    await page.getByLabel(/^Password/).fill('wrong password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel(/^Password/).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Services', level: 1 }).waitFor();

    const row = await target.gateway.json('GET', '/v1/services');
    assert.equal(row.status, 401, 'others are asked to sign in');
  });

  test('a write by the session carries what a page of somebody else could not know', async () => {
    const page = await target.open('/');
    await page.getByLabel('User').fill('root');
    await page.getByLabel(/^Password/).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    const status = await page.evaluate<number>(
      `fetch('v1/services/a/instances/b', { method: 'PUT', headers: { 'content-type': 'application/json' },
         body: JSON.stringify({ address: '10.0.0.1', port: 80 }) }).then(({ status }) => status)`,
    );
    assert.equal(status, 403);
    target.expect(/status of 403/);
  });
});
