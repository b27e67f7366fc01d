/** What concordutl says of a stopped member's data, and does to it. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { run, writeSnapshot } from './snapshot.fixture.ts';

const directory = mkdtempSync(join(tmpdir(), 'concordutl-offline-'));
after(() => rmSync(directory, { recursive: true, force: true }));
const snapshot = join(directory, 'snapshot.db');
const data = join(directory, 'data');

before(async () => {
  await writeSnapshot(join(directory, 'store'), snapshot, 3000);
  const { exitCode, stderr } = await run('snapshot', 'restore', snapshot, '--data-dir', data);
  equal(exitCode, 0);
  // Scripts wait for these words of etcdutl's log.
  match(stderr, /^restoring snapshot /m);
  match(stderr, /^added member cluster-id=cdf818194e3a8c32 added-peer-id=8e9e05c52164694d /m);
  match(stderr, /^restored snapshot /m);
});

const output = async (...words: string[]): Promise<string> => {
  const { exitCode, stdout, stderr } = await run(...words);
  equal(exitCode, 0, stderr);
  return stdout;
};

test('a snapshot and what was restored from it have the same hash, of every revision', async () => {
  for (const revision of [0, 3005, 3006, 4000, 6001, 7500]) {
    const flag = ['--rev', String(revision), '-w', 'json'];
    const ofFile = await output('hashkv', snapshot, ...flag);
    equal(await output('hashkv', data, ...flag), ofFile);
    match(ofFile, /^\{"hash":\d+,"hashRevision":\d+,"compactRevision":3005\}\n$/);
  }
});

test('a hash is printed as etcdutl 3.6 prints it', async () => {
  const { hash } = JSON.parse(await output('hashkv', snapshot, '-w', 'json')) as { hash: number };
  const end = 9000 - 1; // The last deletion is that of key/2997.
  equal(await output('hashkv', snapshot), `${hash}, ${end}, 3005\n`);
  equal(
    await output('hashkv', snapshot, '-w', 'fields'),
    `"Hash" : ${hash}\n"Hash revision" : ${end}\n"Compact revision" : 3005\n`,
  );
  match(
    await output('hashkv', snapshot, '-w', 'table'),
    /^\+-+\+-+\+-+\+\n\| +HASH +\| HASH REVISION \| COMPACT REVISION \|\n/,
  );
});

test('defragmentation makes the store smaller, and changes nothing in it', async () => {
  const file = join(data, 'member/db/data.mdb');
  const [bytes, hash] = [statSync(file).size, await output('hashkv', data)];
  await output('defrag', '--data-dir', data);
  ok(statSync(file).size < bytes);
  equal(await output('hashkv', data), hash);
  match(await output('verify', '--data-dir', data), /^store: sound: .* 2000 live keys/m);
});

test('a sound directory is called so in every format', async () => {
  const report = JSON.parse(await output('verify', '--data-dir', data, '-w', 'json')) as {
    memberId: string;
    parts: { part: string; state: string }[];
  };
  equal(report.memberId, '8e9e05c52164694d');
  deepEqual(
    report.parts.map(({ part, state }) => `${part} ${state}`),
    ['log sound', 'store sound', 'replay sound'],
  );
  match(await output('verify', '--data-dir', data, '-w', 'fields'), /^"Log" : "sound"$/m);
  match(await output('verify', '--data-dir', data, '-w', 'table'), /\| +store \| sound \|/);
});

test('the records of a log are shown as text and as JSON', async () => {
  match(
    await output('wal', 'dump', data),
    /^0{16}-0{15}2\.wal 0 #1 segment clusterId=cdf818194e3a8c32 .*\n.* 512 #2 seal\n$/,
  );
  const lines = (await output('wal', 'dump', data, '-w', 'json')).trim().split('\n');
  deepEqual(
    lines.map((line) => (JSON.parse(line) as { type: string }).type),
    ['segment', 'seal'],
  );
});

test('migration has nothing to do for the version that the data is at', async () => {
  const { stderr } = await run('migrate', '--data-dir', data, '--target-version', '3.6', '--force');
  equal(stderr, 'storage version up-to-date\t{"storage-version": "3.6"}\n');
});

test('scripts of completion know the commands and their flags', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    match(await output('completion', shell), /hashkv[\s\S]*bump-revision/);
  }
  match(await output('version'), /^concordutl version: \S+\nAPI version: 3\.6\n$/);
});
