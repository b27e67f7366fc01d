/**
 * Goal: the key space can be walked however large it is, values are read in any format and at any revision, and nobody
 * writes over what they have not seen. Method: a real browser on the built console, a real member with thousands of keys.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Client, op } from '@concord/client';
import { consoleTarget, noBrowser } from './harness/browser.ts';
import { screenshot } from './harness/screenshot.ts';

const KEYS = 2_000;
const TXN_OPERATIONS_MAX = 100;

describe('keys in the console', { skip: noBrowser }, () => {
  const target = consoleTarget();

  before(async () => {
    await using client = await Client.connect({ endpoints: [...target.cluster.endpoints] });
    for (let at = 0; at < KEYS; at += TXN_OPERATIONS_MAX) {
      const puts = Array.from({ length: TXN_OPERATIONS_MAX }, (_, offset) =>
        op.put(`/many/${String(at + offset).padStart(5, '0')}`, `value ${at + offset}`),
      );
      await client.kv
        .txn()
        .then(...puts)
        .commit({ timeout: '30s' });
    }
    await client.kv.put('/app/pool', '{"max":40,"id":9007199254740993}');
    await client.kv.put('/app/pool', '{"max":60,"id":9007199254740993}');
    await client.kv.put('/app/message', Buffer.from('089601120774657374696e67', 'hex'));
  });

  test('folders are walked with how much is in them, and thousands of keys are drawn as far as they are seen', async () => {
    const page = await target.open('/keys?prefix=%2F');
    await page
      .getByRole('row', { name: /many\// })
      .getByText('2,000')
      .waitFor();
    await screenshot(page, 'keys');
    await page.getByRole('row', { name: /many\// }).click();
    await page.locator('label', { hasText: 'All keys' }).click();
    await page.getByText('200 of 2,000 keys loaded').waitFor();
    assert.ok((await page.getByRole('row').count()) < 100, 'rows out of sight are not drawn');
    const table = page.getByRole('grid', { name: 'All keys' });
    await table.hover();
    await page.mouse.wheel(0, 100_000);
    await page.getByText('400 of 2,000 keys loaded').waitFor();

    await page.getByRole('searchbox', { name: 'Part of a key' }).fill('01321');
    await page.getByRole('row', { name: /value 1321/ }).click();
    await page.getByRole('heading', { name: '/many/01321', level: 1 }).waitFor();
  });

  test('a value is shown in the format that tells most, with every digit, and in any other', async () => {
    const page = await target.open('/keys/key?name=%2Fapp%2Fpool');
    await page.getByText('9007199254740993').first().waitFor();
    await page.getByText('Hex', { exact: true }).click();
    await page.getByText('7b 22 6d 61 78').waitFor();
    const message = await target.open('/keys/key?name=%2Fapp%2Fmessage');
    await message.getByText('2: "testing"').waitFor();
  });

  test('a key is looked at as it was, and nothing can be changed there', async () => {
    const page = await target.open('/keys/key?name=%2Fapp%2Fpool');
    const history = page.getByRole('grid', { name: 'History' });
    await history.getByText(/"max":40/).click();
    await page.getByText(/You are looking at the past/).waitFor();
    await page.getByText('40').first().waitFor();
    assert.ok(await page.getByRole('button', { name: 'Edit' }).isDisabled());
    await screenshot(page, 'time-travel');
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.getByText('60').first().waitFor();
  });

  test('who saves over a change that they have not seen is shown both sides, and nothing is lost', async () => {
    const page = await target.open('/keys/key?name=%2Fapp%2Fpool');
    target.expect(/412/);
    await page.getByRole('button', { name: 'Edit' }).click();
    const editor = page.getByRole('textbox', { name: 'Value' });
    await editor.click();
    await page.keyboard.press('ControlOrMeta+a');
    await editor.fill('{"max":80}');
    await target.gateway.json('PUT', `/v1/keys/${encodeURIComponent('/app/pool')}`, {
      body: { value: { text: '{"max":70}' } },
    });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody was faster').waitFor();
    await page.getByText('{"max":70}').first().waitFor();
    await screenshot(page, 'key-conflict');
    await page.getByRole('button', { name: 'Go on with mine' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
    const { body } = await target.gateway.json<{ value: { text: string } }>(
      'GET',
      `/v1/keys/${encodeURIComponent('/app/pool')}`,
    );
    assert.equal(body.value.text, '{"max":80}');
  });

  test('a new key never writes over one that is there', async () => {
    const page = await target.open('/keys');
    target.expect(/412/);
    await page.getByRole('button', { name: 'New key' }).click();
    const dialog = page.getByRole('dialog', { name: 'New key' });
    await dialog.getByRole('textbox', { name: 'Key' }).fill('/app/pool');
    await dialog.getByRole('button', { name: 'Create key' }).click();
    await dialog.getByText('There is a key with this name already.').waitFor();
    await dialog.getByRole('textbox', { name: 'Key' }).fill('/app/new');
    await dialog.getByRole('textbox', { name: 'Value' }).fill('hello');
    await dialog.getByRole('button', { name: 'Create key' }).click();
    await page.getByRole('heading', { name: '/app/new', level: 1 }).waitFor();
    await page.getByText('hello').first().waitFor();

    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('row', { name: /pool/ }).waitFor();
  });
});
