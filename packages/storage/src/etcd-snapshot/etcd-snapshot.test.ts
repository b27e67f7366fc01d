/** A store as a snapshot file, and a data directory from one: whole, or refused with nothing left behind. */
import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  EtcdExport,
  EtcdImport,
  foundCluster,
  readApplied,
  readConfiguration,
  type OrderedStore,
} from '@concord/kv';
import { KeyValue, LeaseRecord, Member, encode, fromByteString } from '@concord/protocol';
import { Random } from '@concord/testing';
import { DataDirectory } from '../data-directory.ts';
import { StorageError } from '../errors.ts';
import { LmdbStore } from '../lmdb/lmdb-store.ts';
import { closeMemberStorage, openMemberStorage } from '../member-storage.ts';
import { restoreMember, type RestorationOptions } from './restoration.ts';
import { digestOf, openSnapshotFile } from './snapshot-file.ts';
import { writeEtcdSnapshot } from './snapshot-writer.ts';

const directory = mkdtempSync(join(tmpdir(), 'concord-etcd-snapshot-'));
after(() => rmSync(directory, { recursive: true, force: true }));
const seed = Number(process.env['SEED'] ?? 20261125);
const members = [7n, 9n].map((ID) =>
  Member.create({ ID, name: `m${ID}`, peerURLs: [`http://${ID}:1`] }),
);
const identity = { clusterId: 3n, memberId: 7n };
const fail = (error: Error): never => {
  throw error;
};

/** Keys that are put twice, some of them deleted, some on a lease. */
function fill(store: OrderedStore, keys: number): Promise<void> {
  const content = new EtcdImport(store);
  let revision = 1;
  const rowKey = (mark: string): string => {
    const bytes = Buffer.alloc(17);
    bytes.writeUInt32BE(++revision, 4);
    bytes[8] = 0x5f;
    return bytes.toString('latin1') + mark;
  };
  for (const version of [1, 2, 3]) {
    for (let i = 0; i < keys; i++) {
      const isDeletion = version === 3 && i % 5 === 0;
      const row = rowKey(isDeletion ? 't' : '');
      const key = fromByteString(`key/${i}`);
      const put = {
        key,
        createRevision: 2 + i,
        modRevision: revision,
        version,
        value: new Uint8Array((i * 37) % 600),
        lease: i % 3 === 0 ? 5n : 0n,
      };
      content.take('key', row, encode(KeyValue, KeyValue.create(isDeletion ? { key } : put)));
    }
  }
  content.take('lease', '5', encode(LeaseRecord, { ID: 5n, TTL: 60, RemainingTTL: 7 }));
  content.finish({ position: { index: 50, term: 2 }, revisionBump: 0 });
  return new Promise((stored) => {
    content.store(() => foundCluster(store, members, stored));
  });
}

async function snapshotOf(keys: number): Promise<Buffer> {
  const store = new LmdbStore({ directory: join(directory, `store-${keys}`), onFailure: fail });
  await fill(store, keys);
  const view = store.view();
  const pieces: Uint8Array[] = [];
  for await (const { bytes } of writeEtcdSnapshot(view)) pieces.push(bytes);
  view.close();
  await new Promise<void>((closed) => store.close(closed));
  return Buffer.concat(pieces);
}

async function save(content: Buffer): Promise<RestorationOptions> {
  const path = join(directory, 'snapshot.db');
  writeFileSync(path, content);
  const snapshot = await openSnapshotFile(path);
  const dataDirectory = join(directory, 'data');
  return { snapshot, dataDirectory, identity, members, revisionBump: 0, isAuthDropped: false };
}

function rowsOf(store: Pick<OrderedStore, 'get' | 'scan'>): string[] {
  const rows: string[] = [];
  let bucket = '';
  const source = new EtcdExport(store, {
    bucket: (name) => (bucket = name),
    put: (key, value) => rows.push(`${bucket} ${key} ${Buffer.from(value).toString('hex')}`),
  });
  while (source.step(1 << 20));
  return rows.filter((row) => !/^meta (?:consistent_index|term) /.test(row));
}

test('a member starts on what was restored, with a log behind the content and the identity that was given', async () => {
  const file = await snapshotOf(500);
  const options = await save(file);
  deepEqual(Buffer.from(await digestOf(options.snapshot)), file.subarray(-32));
  const report = await restoreMember(options);
  equal(report.revision, 1501);
  equal(report.keyCount, 400);
  const restored = DataDirectory.open({ path: options.dataDirectory });
  deepEqual(restored.identity, identity);
  const storage = openMemberStorage({
    directory: restored,
    identity,
    readApplied: (store) => readApplied(store).position,
    onFailure: fail,
  });
  deepEqual(storage.applied, { index: 2, term: 1 });
  deepEqual(storage.base, storage.applied);
  equal(storage.hardState.term, 1);
  deepEqual(readConfiguration(storage.store)?.voters, [7n, 9n]);
  const source = new LmdbStore({ directory: join(directory, 'store-500'), onFailure: fail });
  deepEqual(rowsOf(storage.store), rowsOf(source));
  await new Promise<void>((closed) => source.close(closed));
  await new Promise<void>((closed) => closeMemberStorage(storage, restored, closed));
  deepEqual(readdirSync(options.dataDirectory), ['member']);
  rmSync(options.dataDirectory, { recursive: true });
});

test('an empty store is a snapshot, too', async () => {
  const options = await save(await snapshotOf(0));
  const report = await restoreMember(options);
  equal(report.revision, 1);
  rmSync(options.dataDirectory, { recursive: true });
});

test('a view that is closed ends the snapshot that is read from it', async () => {
  const store = new LmdbStore({ directory: join(directory, 'closed'), onFailure: fail });
  await fill(store, 5000);
  const view = store.view();
  const pieces = writeEtcdSnapshot(view);
  await pieces.next();
  view.close();
  const goOn = async (): Promise<void> => {
    while ((await pieces.next()).done !== true);
  };
  await rejects(goOn, { code: 'snapshot-gone' });
  await new Promise<void>((closed) => store.close(closed));
});

test('a directory that is empty, a mounted disk perhaps, is filled in its place', async () => {
  const options = await save(await snapshotOf(10));
  mkdirSync(join(options.dataDirectory, '.restore', 'member', 'db'), { recursive: true });
  await restoreMember(options);
  deepEqual(readdirSync(options.dataDirectory), ['member']);
  rmSync(options.dataDirectory, { recursive: true });
});

test('whatever bytes have changed, a snapshot is restored or refused by name, and nothing is left of what was refused', async () => {
  const random = new Random(seed);
  const sound = await snapshotOf(60);
  for (let run = 0; run < 8; run++) {
    const file = Buffer.from(sound);
    for (let i = random.integer(1, 4); i > 0; i--) {
      file[random.integer(0, file.length - 33)] = random.integer(0, 255);
    }
    const options = await save(file);
    try {
      await restoreMember(options);
      rmSync(options.dataDirectory, { recursive: true });
    } catch (error) {
      ok(error instanceof StorageError, `SEED=${seed}: ${String(error)}`);
      equal(error.code, 'snapshot-corrupt');
      equal(existsSync(options.dataDirectory), false);
    }
  }
});
