/**
 * Goal: a member gets the whole store of another one, and has it, or what it had before, whenever it is started again.
 * Method: two members on real disks; the transport is a loop that moves chunks.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { StoreBatch } from '@concord/kv';
import type { Entry, LogPosition } from '@concord/raft';
import { DataDirectory } from '../data-directory.ts';
import { closeMemberStorage, openMemberStorage, type MemberStorage } from '../member-storage.ts';
import type { StoredRows } from '../lmdb/store-view.ts';
import type { IncomingSnapshot } from './transfer.ts';

let root: string;
before(() => {
  root = mkdtempSync(join(tmpdir(), 'concord-snapshots-'));
});
after(() => rmSync(root, { recursive: true, force: true }));

/** Term and index in `meta`, as the tests store them. */
function readApplied(store: StoredRows): LogPosition {
  const value = store.get('meta', 'applied');
  if (value === undefined) return { term: 0, index: 0 };
  const row = Buffer.from(value);
  return { term: row.readUInt32BE(0), index: row.readUInt32BE(4) };
}

class TestMember {
  readonly directory: DataDirectory;
  readonly storage: MemberStorage;

  constructor(name: string) {
    this.directory = DataDirectory.open({ path: join(root, name) });
    this.storage = openMemberStorage({
      directory: this.directory,
      identity: { clusterId: 0xc1n, memberId: 0xa1n },
      readApplied,
      segmentBytes: 32 * 1024,
      onFailure: (error) => {
        throw error;
      },
    });
  }

  append(entries: readonly Entry[]): Promise<void> {
    return new Promise((resolve) => this.storage.wal.append(undefined, entries, resolve));
  }

  commit(rows: Record<string, string>, position: LogPosition): Promise<void> {
    const applied = Buffer.alloc(8);
    applied.writeUInt32BE(position.term, 0);
    applied.writeUInt32BE(position.index, 4);
    const writes = Object.entries(rows).map(([key, value]) => [key, Buffer.from(value)] as const);
    const batch: StoreBatch = new Map([
      ['current', new Map(writes)],
      ['meta', new Map([['applied', applied]])],
    ]);
    return new Promise((resolve) => this.storage.store.commit(batch, resolve));
  }

  rows(): Record<string, string> {
    const rows: Record<string, string> = {};
    this.storage.store.scan('current', { from: '' }, (key, value) => {
      rows[key] = Buffer.from(value).toString();
    });
    return rows;
  }

  install(position: LogPosition, name: Uint8Array): Promise<void> {
    return new Promise((resolve) => this.storage.snapshots.install(position, name, resolve));
  }

  close(): Promise<void> {
    return new Promise((resolve) => closeMemberStorage(this.storage, this.directory, resolve));
  }
}

const entry = (term: number, index: number): Entry => ({
  term,
  index,
  kind: 'normal',
  data: Buffer.from(`entry ${term}/${index}`),
});
const entriesOf = (term: number, from: number, to: number): Entry[] =>
  Array.from({ length: to - from + 1 }, (_, i) => entry(term, from + i));

/** 3 MB in three thousand rows and a large one, some with keys that share a bucket. */
function manyRows(): Record<string, string> {
  const rows: Record<string, string> = { large: 'x'.repeat(1_500_000) };
  for (let i = 0; i < 3000; i++) rows[`key${i}`] = `value ${i} `.repeat(50);
  for (let i = 0; i < 5; i++) rows['l'.repeat(3000) + String(i)] = `long ${i}`;
  return rows;
}

/** Moves a snapshot, from the chunk on that the receiver wants; stops after `chunksMax`. */
async function transfer(
  from: TestMember,
  to: TestMember,
  name: Uint8Array,
  chunksMax = Infinity,
): Promise<IncomingSnapshot> {
  const incoming = to.storage.snapshots.sink.begin(name);
  const chunks = from.storage.snapshots.source.open(name, incoming.nextChunk);
  assert.ok(chunks);
  let moved = 0;
  for await (const chunk of chunks) {
    if (moved++ >= chunksMax) break;
    await incoming.write(chunk);
  }
  return incoming;
}

test('a snapshot that is held, moved and installed is what the other member has, then and after a restart', async () => {
  const leader = new TestMember('leader');
  const follower = new TestMember('follower');
  const rows = manyRows();
  const position = { term: 3, index: 500 };
  await leader.commit(rows, position);
  await follower.append(entriesOf(1, 1, 20));
  await follower.commit({ old: '1' }, { term: 1, index: 10 });

  const held = leader.storage.snapshots.hold();
  assert.ok(held);
  assert.deepEqual(readApplied(held.store), position);
  await leader.commit({ later: '1' }, { term: 3, index: 501 });
  const incoming = await transfer(leader, follower, held.name);
  await incoming.finish();
  leader.storage.snapshots.source.release(held.name);
  assert.deepEqual(follower.rows(), { old: '1' });

  const installed = follower.install(position, held.name);
  const appended = follower.append(entriesOf(4, 501, 503));
  await installed;
  await appended;
  assert.deepEqual(follower.rows(), rows);
  await follower.commit({ old: '2' }, { term: 4, index: 501 });
  await follower.close();

  const again = new TestMember('follower');
  assert.deepEqual(again.rows(), { ...rows, old: '2' });
  assert.deepEqual(again.storage.applied, { term: 4, index: 501 });
  assert.deepEqual(
    again.storage.entries.map(({ term, index }) => [term, index]),
    [
      [4, 502],
      [4, 503],
    ],
  );
  assert.deepEqual(readdirSync(join(root, 'follower/member')).sort(), [
    'db',
    'identity',
    'lock',
    'wal',
  ]);
  await again.close();
  await leader.close();
});
