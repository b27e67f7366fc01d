/**
 * Goal: an operator grows a cluster, shrinks it and looks after it, and is told before each step what it does to whom.
 * Method: a real browser before three real members, and a fourth that is started by the very command that the console shows.
 */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { consoleTarget, noBrowser } from './harness/browser.ts';
import { screenshot } from './harness/screenshot.ts';

const PROGRAMS = join(resolve(import.meta.dirname, '../../..'), 'apps/server/bin');

/** Runs what the console says one should type, in a shell, as somebody at the new machine does. */
class TypedMember {
  readonly #directory = mkdtempSync(join(tmpdir(), 'concord-typed-'));
  #child: ChildProcess | undefined;

  type(command: string): void {
    this.#child = spawn('sh', ['-c', `exec ${command}`], {
      cwd: this.#directory,
      stdio: 'ignore',
      env: { ...process.env, PATH: `${PROGRAMS}${delimiter}${process.env['PATH'] ?? ''}` },
    });
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

/** A port that nobody has, with the one before it. */
async function freePairOfPorts(): Promise<number> {
  for (;;) {
    const upper = await listening(0);
    const { port } = upper.address() as AddressInfo;
    const lower = await listening(port - 1).catch(() => undefined);
    upper.close();
    lower?.close();
    if (lower !== undefined) return port;
  }
}

async function listening(port: number) {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('the operation of a cluster in the console', { skip: noBrowser }, () => {
  const target = consoleTarget(undefined, { members: 3 });
  const member = new TypedMember();
  after(() => member.stop());

  const rowOf = (page: Page, name: string): Locator =>
    page.getByRole('grid', { name: 'Members' }).getByRole('row', { name: new RegExp(`^${name}`) });

  /** Chooses what is done to a member; the dialog that asks. */
  async function choose(page: Page, name: string, action: string): Promise<Locator> {
    await rowOf(page, name)
      .getByRole('button', { name: `Actions for ${name}` })
      .click();
    await page.getByRole('menuitem', { name: action }).click();
    return page.getByRole('dialog');
  }

  test('a learner joins by the command that is shown, and gets its vote', async () => {
    // Until it has caught up, or has been connected for five seconds, the cluster may refuse.
    target.expect(/status of (4\d\d|503)/);
    const page = await target.open('/cluster');
    await page.getByRole('button', { name: 'Add member' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a member' });
    await dialog.getByLabel('Name').fill('four');
    await dialog.getByLabel('Peer URL').fill(`http://127.0.0.1:${await freePairOfPorts()}`);
    await dialog.getByRole('button', { name: 'Add to the cluster' }).click();
    member.type(await dialog.locator('pre').innerText());
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await rowOf(page, 'four').getByText('Learner').waitFor();
    await rowOf(page, 'four').getByText('Healthy').waitFor();
    await screenshot(page, 'cluster-learner');

    const asks = await choose(page, 'four', 'Promote');
    await asks.getByText('four counts for the majority from then on.').waitFor();
    const refusal = asks.getByRole('alert');
    do await asks.getByRole('button', { name: 'Promote' }).click();
    while (await isShown(refusal, asks));
    await rowOf(page, 'four').getByText('Learner').waitFor({ state: 'detached' });
    await page.getByText('4 / 4').waitFor();
  });

  test('leadership is handed over, and a member defragmented', async () => {
    const page = await target.open('/cluster');
    const leader = page.getByRole('row').filter({ has: page.getByText('Leader', { exact: true }) });
    const leads = await leader.first().innerText();
    const next = ['m0', 'm1', 'm2'].find((name) => !leads.startsWith(name)) ?? '';
    const asks = await choose(page, next, 'Make leader');
    await asks.getByText(`Writes pause for some milliseconds while ${next} takes over.`).waitFor();
    await asks.getByRole('button', { name: 'Make leader' }).click();
    await rowOf(page, next).getByText('Leader', { exact: true }).waitFor();

    const second = await choose(page, 'm0', 'Defragment');
    await second.getByText('m0 may not answer meanwhile; the others do.').waitFor();
    await second.getByRole('button', { name: 'Defragment' }).click();
    await second.waitFor({ state: 'detached' });
  });

  test('history is given up from a revision on, which is said before', async () => {
    const put = async (text: string): Promise<number> => {
      const { body } = await target.gateway.json<{ revision: number }>('PUT', '/v1/keys/limit', {
        body: { value: { text } },
      });
      return body.revision;
    };
    const [first, second] = [await put('40'), await put('60')];
    const page = await target.open('/cluster');
    await page.getByLabel('Give up history before').fill(String(second));
    await page.getByRole('button', { name: 'Compact' }).click();
    const asks = page.getByRole('dialog');
    await asks.getByText(/can be read again, by anybody/).waitFor();
    assert.equal(
      (await target.gateway.json('GET', `/v1/keys/limit?revision=${first}`)).status,
      200,
    );
    await asks.getByRole('button', { name: 'Compact' }).click();
    await page.getByText(/is given up$/).waitFor();
    assert.equal(
      (await target.gateway.json('GET', `/v1/keys/limit?revision=${first}`)).status,
      410,
    );
  });

  test('a member is removed by who types its name, having read what is left', async () => {
    target.expect(/status of 503/);
    const page = await target.open('/cluster');
    const asks = await choose(page, 'four', 'Remove');
    await asks
      .getByText('After that 3 members answer and 2 are needed: 1 more may fail.')
      .waitFor();
    const verb = asks.getByRole('button', { name: 'Remove' });
    assert.ok(await verb.isDisabled(), 'without the name nothing is done');
    await screenshot(page, 'remove-member');
    await asks.getByRole('textbox').fill('four');
    await verb.click();
    await rowOf(page, 'four').waitFor({ state: 'detached' });
    await page.getByText('3 / 3').waitFor();
  });
});

/** Whether the refusal is there, or the dialog gone: whatever comes first. */
async function isShown(refusal: Locator, dialog: Locator): Promise<boolean> {
  return Promise.race([
    refusal.waitFor().then(
      () => true,
      () => false,
    ),
    dialog.waitFor({ state: 'detached' }).then(
      () => false,
      () => true,
    ),
  ]);
}
