/**
 * Goal: on a real disk, a process that is killed at any moment has lost nothing it had acknowledged, and log and store
 * fit together again (bug bank rows 1, 13 and 22).
 * Method: a child process appends, commits and reports what is durable; it is killed without warning, and its
 * directory is opened here.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { OrderedStore } from '@concord/kv';
import type { LogPosition } from '@concord/raft';
import { DataDirectory } from './data-directory.ts';
import { StorageError } from './errors.ts';
import { closeMemberStorage, openMemberStorage, type MemberStorage } from './member-storage.ts';

let root: string;
before(() => {
  root = mkdtempSync(join(tmpdir(), 'concord-member-'));
});
after(() => rmSync(root, { recursive: true, force: true }));

const identity = { clusterId: 0xc1n, memberId: 0xa1n };

/** The applied position, as the test's child stores it: term and index, one byte and four. */
function readApplied(store: Pick<OrderedStore, 'get'>): LogPosition {
  const value = store.get('meta', 'applied');
  if (value === undefined) return { term: 0, index: 0 };
  return { term: 1, index: Buffer.from(value).readUInt32BE(0) };
}

function open(path: string): { storage: MemberStorage; directory: DataDirectory } {
  const directory = DataDirectory.open({ path });
  const onFailure = (error: Error): void => {
    throw error;
  };
  const storage = openMemberStorage({
    directory,
    identity,
    readApplied,
    onFailure,
    segmentBytes: 32 * 1024,
  });
  return { storage, directory };
}

function close({ storage, directory }: ReturnType<typeof open>): Promise<void> {
  return new Promise((resolve) => closeMemberStorage(storage, directory, resolve));
}

/** Appends entries and stores their effects until it is killed; prints each acknowledged index. */
const writer = `
  import { writeSync } from 'node:fs';
  const { DataDirectory, openMemberStorage } = await import(process.env.STORAGE);
  const read = (store) => {
    const value = store.get('meta', 'applied');
    return { term: value === undefined ? 0 : 1, index: value === undefined ? 0 : Buffer.from(value).readUInt32BE(0) };
  };
  const fail = (error) => { throw error; };
  const directory = DataDirectory.open({ path: process.env.DIRECTORY });
  const { wal, store, base, entries, applied } = openMemberStorage({
    directory, identity: { clusterId: 0xc1n, memberId: 0xa1n }, readApplied: read, onFailure: fail,
    segmentBytes: 32 * 1024,
  });
  let index = base.index + entries.length;
  let committing = false;
  const rowsOf = (from, to) => {
    const rows = new Map();
    for (let i = from; i <= to; i++) rows.set('key' + i, Buffer.from('value' + i));
    return rows;
  };
  let stored = applied.index;
  const flush = (to) => {
    if (committing || to - stored < 50) return;
    committing = true;
    const applied = Buffer.alloc(4);
    applied.writeUInt32BE(to);
    store.commit(new Map([['current', rowsOf(stored + 1, to)], ['meta', new Map([['applied', applied]])]]), () => {
      committing = false;
      stored = to;
      wal.release(to, 1);
    });
  };
  const appendMore = () => {
    const batch = [];
    for (let i = 0; i < 5; i++) {
      index++;
      batch.push({ term: 1, index, kind: 'normal', data: Buffer.from('value' + index) });
    }
    const last = index;
    wal.append({ term: 1, votedFor: 1n, commit: last - 5 }, batch, () => {
      writeSync(1, last + '\\n');
      flush(last);
      appendMore();
    });
  };
  appendMore();
  appendMore();
`;

/** Lets a writer run until it has acknowledged `target`, kills it, and returns the last index acknowledged. */
async function killWriterAfter(directory: string, target: number): Promise<number> {
  const flags = process.execArgv.filter((flag) => !flag.startsWith('--test'));
  const program = join(root, 'writer.mjs');
  writeFileSync(program, writer);
  const child = spawn(process.execPath, [...flags, program], {
    env: { ...process.env, DIRECTORY: directory, STORAGE: import.meta.resolve('./index.ts') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('latin1').on('data', (chunk: string) => {
    output += chunk;
    if (Number(output.trimEnd().split('\n').at(-1)) >= target) child.kill('SIGKILL');
  });
  await once(child, 'close');
  const complete = output.slice(0, output.lastIndexOf('\n')).split('\n');
  return Number(complete.at(-1));
}

test('a process killed while it writes has lost nothing it had acknowledged, five times over', async () => {
  const path = join(root, 'killed');
  let target = 0;
  for (let round = 0; round < 5; round++) {
    const acknowledged = await killWriterAfter(path, target + 400);
    const opened = open(path);
    const { storage } = opened;
    const { applied, base, entries, store } = storage;
    assert.deepEqual(base, applied);
    assert.ok(base.index + entries.length >= acknowledged, `${acknowledged} was acknowledged`);
    for (const [i, entry] of entries.entries()) {
      assert.equal(entry.index, base.index + 1 + i);
      assert.equal(Buffer.from(entry.data).toString(), `value${entry.index}`);
    }
    for (let index = 1; index <= applied.index; index++) {
      const value = store.get('current', `key${index}`);
      assert.equal(value && Buffer.from(value).toString(), `value${index}`);
    }
    assert.equal(store.get('current', `key${applied.index + 1}`), undefined);
    target = base.index + entries.length;
    await close(opened);
  }
  const segments = readdirSync(join(path, 'member/wal')).filter((name) => name.endsWith('.wal'));
  assert.ok(segments.length < 8, `${segments.length} segments are left`);
});

test('a member whose log has gone missing, or whose store has, is refused', async () => {
  const path = join(root, 'half');
  // Only once the log has been cut does it need the store: until then it tells everything by itself.
  const isCut = (): boolean =>
    !readdirSync(join(path, 'member/wal')).some((name) => name.startsWith('0000000000000000-'));
  let target = 0;
  do await killWriterAfter(path, (target += 1000));
  while (!isCut());
  rmSync(join(path, 'member/db'), { recursive: true });
  const refused = (error: unknown): boolean =>
    error instanceof StorageError && error.code === 'wal-mismatch';
  assert.throws(() => open(path), refused);
});
