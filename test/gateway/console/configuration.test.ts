/**
 * Goal: a person changes a configuration safely and undoes it within a minute: drafts, sees what is wrong, sees who would
 * refuse it, releases, watches it arrive, restores. Method: a real browser, a real member, a program that follows by the SDK.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { connect, defineConfig, type Concord } from '@concord/sdk';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { consoleTarget, noBrowser } from './harness/browser.ts';
import { screenshot } from './harness/screenshot.ts';

const poolSchema = z.object({ max: z.int().min(1).max(1_000), min: z.int().min(0) });
const FIRST = '{\n  "max": 40,\n  "min": 4\n}\n';
const SECOND = '{\n  "max": 60,\n  "min": 4\n}\n';
const ITEM = '/configuration/item?namespace=shop&path=orders%2Fpool';

describe('configuration in the console', { skip: noBrowser }, () => {
  const target = consoleTarget();
  let orders: Concord;
  const seen: number[] = [];

  const put = (path: string, content: string, format: string, comment: string) =>
    target.gateway.json('PUT', `/v1/configs/shop/${encodeURIComponent(path)}`, {
      body: { content, format, comment },
    });

  before(async () => {
    await put('orders/pool', FIRST, 'json', 'as it began');
    await put('orders/features.yaml', 'checkout:\n  fast: true\n', 'yaml', 'fast checkout');
    await put('payments/provider.toml', '[provider]\nname = "one"\n', 'toml', 'first provider');
    orders = await connect({
      endpoints: [...target.cluster.endpoints],
      app: { name: 'orders', version: '1.4.0' },
    });
    const pool = await orders.config.watch(
      defineConfig({ id: 'orders/pool', namespace: 'shop', schema: poolSchema }),
    );
    seen.push(pool.current.max);
    pool.onChange(({ value }) => void seen.push(value.max));
  });
  after(() => orders.close());

  /** Writes into the draft as a person does, all of it anew. */
  const write = async (page: Page, text: string): Promise<void> => {
    const editor = page.getByRole('textbox', { name: 'Draft' });
    await editor.click();
    await page.keyboard.press('ControlOrMeta+a');
    await editor.fill(text);
  };

  test('items are found in their tree by a part of their path', async () => {
    const page = await target.open('/configuration?namespace=shop');
    await page.getByText('3 items').waitFor();
    await page.getByRole('row', { name: /pool/ }).waitFor();
    await screenshot(page, 'configuration');
    await page.getByRole('searchbox', { name: 'Part of a path' }).fill('prov');
    await page.getByRole('row', { name: /pool/ }).waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /provider\.toml/ }).click();
    await page.getByText('Live, release #1').waitFor();
  });

  test('items are found by what is in them, and a namespace goes into a file and comes back from it', async () => {
    const page = await target.open('/configuration?namespace=shop&by=content');
    await page.getByRole('searchbox', { name: 'Part of a content' }).fill('fast: true');
    await page.getByRole('link', { name: 'orders/features.yaml' }).waitFor();
    await page.getByText('fast: true').waitFor();

    await page.getByRole('button', { name: 'More actions' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Export the namespace' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'shop.json');
    const file = await download.path();
    await page.getByRole('button', { name: 'More actions' }).click();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('menuitem', { name: 'Import…' }).click(),
    ]);
    await chooser.setFiles({
      name: 'shop.json',
      mimeType: 'application/json',
      buffer: Buffer.from(readFileSync(file, 'utf8').replace('fast: true', 'fast: false')),
    });
    const dialog = page.getByRole('dialog', { name: 'Import shop.json?' });
    await dialog.getByText('0 new, 1 changed, 2 as they are').waitFor();
    await dialog.getByRole('button', { name: 'Import' }).click();
    await page.getByText('Nothing found').waitFor();
  });

  test('a change is drafted beside what is live, checked while it is typed, released and seen to arrive', async () => {
    const page = await target.open(ITEM);
    await page.getByText('Live, release #1').waitFor();
    await page.getByRole('button', { name: 'Begin a draft' }).click();
    await page.getByText('Draft, based on #1').waitFor();

    await write(page, '{ "max": 60, ');
    await page
      .getByRole('status')
      .getByText(/Line 1/)
      .waitFor();
    await write(page, '{ "max": -1, "min": 4 }');
    await page.getByText(/orders 1\.4\.0 would reject this \(1 instance\)/).waitFor();
    await screenshot(page, 'configuration-draft');
    await write(page, SECOND);
    await page.getByText(/would reject this/).waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Release…' }).click();
    const wizard = page.getByRole('dialog', { name: 'Release orders/pool' });
    await wizard.getByText('Live, release #1').waitFor();
    await screenshot(page, 'release-difference');
    await wizard.getByRole('button', { name: 'Next' }).click();
    await wizard.getByText('accepts it').waitFor();
    await screenshot(page, 'release-validation');
    await wizard.getByRole('button', { name: 'Next' }).click();
    await wizard.getByText('Everybody, at once').waitFor();
    await wizard.getByRole('button', { name: 'Next' }).click();
    await wizard.getByRole('textbox', { name: 'Why' }).fill('more connections for the sale');
    await wizard.getByRole('button', { name: 'Release to everybody' }).click();
    await wizard.getByText('1 of 1 have applied it').waitFor();
    await screenshot(page, 'release-progress');
    assert.deepEqual(seen, [40, 60], 'the program has it without a restart');
    await wizard.getByRole('button', { name: 'Close' }).last().click();
    await page.getByText('Live, release #2').waitFor();
    await page.getByText('more connections for the sale').waitFor();
  });

  test('content that a running version would refuse is released only by who says so', async () => {
    const page = await target.open(ITEM);
    await page.getByRole('button', { name: 'Begin a draft' }).click();
    await write(page, '{ "max": -1, "min": 4 }');
    await page.getByText(/orders 1\.4\.0 would reject this \(1 instance\)/).waitFor();
    await page.getByRole('button', { name: 'Release…' }).click();
    const wizard = page.getByRole('dialog', { name: 'Release orders/pool' });
    await wizard.getByRole('button', { name: 'Next' }).click();
    await wizard.getByText('Versions that run would reject it.').waitFor();
    assert.ok(await wizard.getByRole('button', { name: 'Next' }).isDisabled());
    await wizard.getByLabel('Release it although some would reject it').check();
    assert.ok(await wizard.getByRole('button', { name: 'Next' }).isEnabled());
    await wizard.getByRole('button', { name: 'Back' }).click();
    await wizard.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
    await page.getByText('No draft').waitFor();
  });

  test('the release before is restored as a new one, after a look at exactly what changes, and a draft is not touched', async () => {
    const page = await target.open(ITEM);
    await page.getByRole('button', { name: 'Begin a draft' }).click();
    await write(page, '{ "max": 70, "min": 4 }');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('Draft saved').waitFor();

    await page.getByRole('button', { name: 'Restore previous' }).click();
    const dialog = page.getByRole('dialog', { name: 'Restore the content of #1?' });
    await dialog.getByText('Live now, #2').waitFor();
    await dialog.getByText('Live then, #3').waitFor();
    await screenshot(page, 'rollback');
    await dialog.getByRole('button', { name: 'Release the content of #1' }).click();
    await page.getByText('Live, release #3').waitFor();
    await page.getByText('Draft, based on #2').waitFor();
    await page.getByText(/This draft was begun from #2; #3 is live now/).waitFor();
    assert.match(await page.getByRole('textbox', { name: 'Draft' }).innerText(), /70/);

    await page.getByRole('tab', { name: 'Releases' }).click();
    await page.getByText('content of #1', { exact: true }).waitFor();
    await page.getByRole('checkbox', { name: 'Pick release 1' }).check();
    await page.getByRole('checkbox', { name: 'Pick release 2' }).check();
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByText('"max": 60').first().waitFor();
    await screenshot(page, 'releases');
    await page.getByRole('tab', { name: 'Convergence' }).click();
    await page.getByText('1 of 1 have applied it').waitFor();
  });

  test('a rollout goes out step by step, is watched, and is given to everybody when one has seen enough', async () => {
    await put('orders/limits', '{"daily": 100}', 'json', 'as it began');
    const page = await target.open('/configuration/item?namespace=shop&path=orders%2Flimits');
    await page.getByRole('button', { name: 'Begin a draft' }).click();
    await write(page, '{"daily": 200}');
    await page.getByRole('button', { name: 'Release…' }).click();
    const wizard = page.getByRole('dialog', { name: 'Release orders/limits' });
    await wizard.getByRole('button', { name: 'Next' }).click();
    await wizard.getByText('No running program has declared a schema').waitFor();
    await wizard.getByRole('button', { name: 'Next' }).click();
    await wizard.getByRole('radio', { name: /Step by step/ }).click();
    await wizard.getByRole('textbox', { name: 'Wait in each step, seconds' }).fill('600');
    await screenshot(page, 'release-scope');
    await wizard.getByRole('button', { name: 'Next' }).click();
    await wizard.getByText('Halt when more than so many reject').waitFor();
    await wizard.getByRole('button', { name: 'Next' }).click();
    await wizard.getByText('It goes out as 5% → 25% → everybody.').waitFor();
    await wizard.getByRole('button', { name: 'Start the rollout' }).click();
    const rollout = wizard.getByRole('region', { name: 'Rollout' });
    await rollout.getByText('Running').waitFor();
    await screenshot(page, 'rollout');
    await rollout.getByRole('button', { name: 'To everybody now' }).click();
    await rollout.getByText('Completed').waitFor();
    await wizard.getByRole('button', { name: 'Close' }).last().click();
    await page
      .getByText(/"daily": 200/)
      .first()
      .waitFor();
  });
});
