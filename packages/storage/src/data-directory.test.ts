/**
 * Goal: a member starts on its own data or not at all, and says why.
 * Method: real directories and real processes; each refusal is a row.
 */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { DataDirectory } from './data-directory.ts';
import { StorageError, type StorageErrorCode } from './errors.ts';
import { createWal } from './wal/creation.ts';

let root: string;
let path: string;
before(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'concord-directory-'));
});
beforeEach(() => {
  path = join(fs.mkdtempSync(join(root, 'case-')), 'data');
});
after(() => fs.rmSync(root, { recursive: true, force: true }));

const identity = { clusterId: 0xcdf818194e3a8c32n, memberId: 0x8e9e05c52164694dn };

function refusal(code: StorageErrorCode, pattern: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof StorageError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, pattern);
    return true;
  };
}

/** A directory that a member has used and left. */
function usedDirectory(walPath?: string): void {
  const directory = DataDirectory.open({ path, ...(walPath === undefined ? {} : { walPath }) });
  const { fileSystem, walDirectory } = directory;
  const onFailure = (error: Error): void => {
    throw error;
  };
  createWal({ directory: walDirectory, fileSystem, identity, onFailure, segmentBytes: 4096 });
  directory.claim(identity);
  fileSystem.close();
  directory.close();
}

const mode = (file: string): number => fs.statSync(file).mode & 0o777;

test('a new directory is created for its owner alone, and remembers whose it is', () => {
  usedDirectory();
  assert.equal(mode(join(path, 'member')), 0o700);
  assert.equal(mode(join(path, 'member/wal')), 0o700);
  assert.equal(mode(join(path, 'member/identity')), 0o600);
  assert.equal(mode(join(path, 'member/lock')), 0o600);
  for (const name of fs.readdirSync(join(path, 'member/wal'))) {
    assert.equal(mode(join(path, 'member/wal', name)), 0o600);
  }
  const again = DataDirectory.open({ path });
  assert.deepEqual(again.identity, identity);
  again.assertBelongsTo(identity);
  again.close();
});

test('a log may live in a directory of its own', () => {
  const walPath = join(root, 'fast-disk');
  usedDirectory(walPath);
  assert.equal(fs.existsSync(join(path, 'member/wal')), false);
  const again = DataDirectory.open({ path, walPath });
  assert.deepEqual(again.identity, identity);
  again.close();
});

test('a member that stopped before its identity was written is known by its log', () => {
  usedDirectory();
  fs.unlinkSync(join(path, 'member/identity'));
  const again = DataDirectory.open({ path });
  assert.deepEqual(again.identity, identity);
  again.close();
});

test('another member, or the same one of another cluster, is refused', () => {
  usedDirectory();
  const directory = DataDirectory.open({ path });
  const wrong = [
    { ...identity, memberId: 1n },
    { ...identity, clusterId: 1n },
  ];
  for (const expected of wrong) {
    assert.throws(
      () => directory.assertBelongsTo(expected),
      refusal('directory-foreign', /member 8e9e05c52164694d of cluster cdf818194e3a8c32/),
    );
  }
  directory.close();
});

test("another member's log is refused", () => {
  usedDirectory();
  const walPath = join(path, 'member/wal');
  path = join(fs.mkdtempSync(join(root, 'case-')), 'data');
  const other = DataDirectory.open({ path });
  other.claim({ clusterId: 1n, memberId: 2n });
  other.close();
  assert.throws(() => DataDirectory.open({ path, walPath }), refusal('wal-mismatch', /--wal-dir/));
});

test("etcd's data directory is left alone", () => {
  fs.mkdirSync(join(path, 'member/snap'), { recursive: true });
  assert.throws(() => DataDirectory.open({ path }), refusal('directory-foreign', /etcd/));
  assert.deepEqual(fs.readdirSync(join(path, 'member')), ['snap']);
});

test("etcd's log is recognised in a --wal-dir", () => {
  const walPath = join(root, 'etcd-wal');
  fs.mkdirSync(walPath);
  const start = Buffer.from('040000000000008408041000000000002000000000000000', 'hex');
  fs.writeFileSync(join(walPath, '0000000000000000-0000000000000000.wal'), start);
  assert.throws(() => DataDirectory.open({ path, walPath }), refusal('directory-foreign', /etcd/));
});

test('an older or newer format is refused, and so is an identity that cannot be read', () => {
  usedDirectory();
  const file = join(path, 'member/identity');
  fs.writeFileSync(file, '{"format":3,"cluster":"c"}\n');
  const newer = refusal('format-unknown', /format 3.*or a newer one/);
  assert.throws(() => DataDirectory.open({ path }), newer);
  fs.writeFileSync(file, '{"format":1,"clusterId":"1","memberId":"1"}\n');
  const older = refusal('format-unknown', /format 1.*snapshot restore/);
  assert.throws(() => DataDirectory.open({ path }), older);
  for (const content of ['', 'x', '[]', '{"format":2,"clusterId":"xyz","memberId":"1"}']) {
    fs.writeFileSync(file, content);
    assert.throws(() => DataDirectory.open({ path }), refusal('file-corrupt', /identity/));
  }
});

test('a path that is no directory is refused', () => {
  fs.writeFileSync(path, '');
  assert.throws(
    () => DataDirectory.open({ path }),
    refusal('directory-inaccessible', /--data-dir/),
  );
});

test('a directory that may not be written is refused', { skip: process.getuid?.() === 0 }, () => {
  fs.mkdirSync(path, { mode: 0o500 });
  assert.throws(() => DataDirectory.open({ path }), refusal('directory-inaccessible', /EACCES/));
});

/** Starts a process that holds the directory until it is killed. */
async function holder(): Promise<ChildProcess> {
  const script = `
    const { DataDirectory } = await import(${JSON.stringify(import.meta.resolve('./data-directory.ts'))});
    const { pathToFileURL } = await import('node:url');
    globalThis.directory = DataDirectory.open({ path: ${JSON.stringify(path)} });
    process.send('held');
    setInterval(() => {}, 1000);
  `;
  const child = spawn(
    process.execPath,
    [
      ...process.execArgv.filter((flag) => !flag.startsWith('--test')),
      '--input-type=module',
      '-e',
      script,
    ],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  await once(child, 'message');
  return child;
}

test('a second process is refused while the first lives, and admitted after kill -9', async () => {
  const child = await holder();
  assert.throws(() => DataDirectory.open({ path }), refusal('directory-locked', /running process/));
  child.kill('SIGKILL');
  await once(child, 'exit');
  DataDirectory.open({ path }).close();
});

test('the same process does not get a directory twice, and can have it again after closing it', () => {
  const first = DataDirectory.open({ path });
  assert.throws(() => DataDirectory.open({ path }), refusal('directory-locked', /running process/));
  first.close();
  DataDirectory.open({ path }).close();
});
