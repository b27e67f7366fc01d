/** Goal: a copy starts with all that was answered, though the member was killed. Method: a member, killed, and its copy. */
import { equal, match } from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Client } from '@concord/client';
import { startServer } from '@concord/testing';
import { keepingTerminal } from '../../in-process.fixture.ts';
import { runV2 } from '../program.ts';

const directory = mkdtempSync(join(tmpdir(), 'concord-v2-backup-'));
after(() => rmSync(directory, { recursive: true, force: true }));
const [data, copy] = ['data', 'copy'].map((name) => join(directory, name)) as [string, string];

async function backup(...words: string[]): Promise<{ status: number; stderr: string }> {
  const { terminal, output } = keepingTerminal();
  const status = await runV2(['backup', ...words], terminal);
  return { status, stderr: output.stderr };
}

test('a copy of a data directory starts as a cluster of its own, with all that was answered', async () => {
  const flags = [`--data-dir=${data}`];
  {
    await using server = await startServer({ flags });
    await using client = Client.open({ endpoints: server.endpoints });
    for (let i = 0; i < 50; i++) await client.kv.put(`key/${i}`, `${i}`);
    const running = await backup('--data-dir', data, '--backup-dir', copy);
    equal(running.status, 1);
    match(running.stderr, /a member runs on .*: stop it, or take `concordctl snapshot save`/);
  }
  const { status, stderr } = await backup('--data-dir', data, '--backup-dir', copy);
  equal(stderr, `backed up to ${copy}: start it with --force-new-cluster\n`);
  equal(status, 0);
  const again = await backup('--data-dir', data, '--backup-dir', copy);
  match(again.stderr, /copy is not empty: name a directory that is not there yet/);
  equal(readdirSync(directory).join(), 'copy,data');
  await using server = await startServer({ flags: [`--data-dir=${copy}`, '--force-new-cluster'] });
  await using client = Client.open({ endpoints: server.endpoints });
  equal((await client.kv.range({ prefix: 'key/' })).count, 50);
});

test('what is missing is named', async () => {
  match((await backup()).stderr, /--data-dir is missing/);
  const none = await backup('--data-dir', join(directory, 'none'), '--backup-dir', `${copy}2`);
  match(none.stderr, /none/);
  equal(none.status, 1);
});
