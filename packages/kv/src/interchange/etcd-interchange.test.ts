/** A store shown as rows of etcd's database, and an empty store filled from them, hold the same. */
import { deepEqual, equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { KeyValue, LeaseRecord, encode, fromByteString, type ByteString } from '@concord/protocol';
import { createConfiguration } from '@concord/raft';
import { Alarms } from '../alarms.ts';
import { administer, type AuthChange } from '../auth/administration.ts';
import { AuthBook } from '../auth/auth-book.ts';
import { readApplied, writeApplied } from '../applied.ts';
import { writeConfiguration } from '../configuration-row.ts';
import { Downgrade } from '../downgrade.ts';
import { LeaseBook } from '../lease/lease-book.ts';
import { MemoryStore } from '../memory-store.ts';
import { MvccStore } from '../mvcc/mvcc-store.ts';
import { findDisagreement } from '../table-agreement.ts';
import { compactToTheEnd, deleteRange, put, range } from '../mvcc/requests.fixture.ts';
import { etcdRevisionKey, revisionKey } from '../mvcc/revision-key.ts';
import { EtcdExport } from './etcd-export.ts';
import { EtcdImport, type EtcdImportReport } from './etcd-import.ts';

interface Row {
  readonly bucket: string;
  readonly key: ByteString;
  readonly value: Uint8Array;
}

/** In steps as small as they can be. */
function rowsOf(store: MemoryStore, stepBytes = 1): Row[] {
  const rows: Row[] = [];
  let bucket = '';
  const source = new EtcdExport(store, {
    bucket: (name) => (bucket = name),
    put: (key, value) => rows.push({ bucket, key, value: value.slice() }),
  });
  while (source.step(stepBytes));
  return rows;
}

function importOf(
  rows: readonly Row[],
  revisionBump = 0,
): { store: MemoryStore; report: EtcdImportReport } {
  const store = new MemoryStore({ reusesBuffer: true });
  const content = new EtcdImport(store);
  const save = (): void => content.store(() => undefined);
  for (const [i, { bucket, key, value }] of rows.entries()) {
    content.take(bucket, key, value);
    if (i % 7 === 0) save();
  }
  save();
  for (let from: ByteString | undefined = ''; from !== undefined;)
    from = content.attachKeys(from, 2);
  const report = content.finish({ position: { index: 3, term: 1 }, revisionBump });
  save();
  return { store, report };
}

/** What clients can ask for. */
function contentOf(store: MemoryStore): unknown {
  const mvcc = MvccStore.open(store);
  const leases = new LeaseBook(mvcc.overlay);
  const hash = mvcc.hashKv(0);
  return {
    revision: mvcc.revision,
    compacted: mvcc.compactedRevision,
    finished: mvcc.finishedCompaction,
    keys: mvcc.keyCount,
    hash: hash.step(Infinity),
    rows: rowsOf(store).filter(({ bucket }) => bucket === 'key'),
    leases: [...leases.all()].map(({ id, ttlSeconds, remainingTtlSeconds }) => [
      id,
      ttlSeconds,
      remainingTtlSeconds,
      leases.keys(id),
    ]),
    alarms: new Alarms(mvcc.overlay).list(0),
    auth: rowsOf(store).filter(({ bucket }) => bucket.startsWith('auth')),
  };
}

/** Two users, one without a password, two roles, and authentication on. */
function populateAuth(book: AuthBook): void {
  const change = (kind: AuthChange['kind'], request: object): void => {
    equal(administer(book, { kind, request } as AuthChange), undefined);
  };
  const passwordHash = fromByteString('$2a$10$hash');
  change('user-add', { name: 'root', passwordHash, noPassword: false });
  change('user-add', { name: '\u00fc\udc80', passwordHash: new Uint8Array(0), noPassword: true });
  change('role-add', { name: 'r' });
  const perm = { permType: 2, key: fromByteString('a'), rangeEnd: fromByteString('\0') };
  change('role-grant-permission', { name: 'r', perm });
  for (const role of ['root', 'r']) change('user-grant-role', { user: 'root', role });
  change('auth-enable', {});
}

/** Keys, leases, deletions and, where asked for, a compaction that is done or only scheduled. */
function sample(compaction: 'none' | 'scheduled' | 'finished'): MemoryStore {
  const store = new MemoryStore({ reusesBuffer: true });
  const mvcc: MvccStore = MvccStore.open(store, {
    leaseExists: (id) => leases.exists(id),
    onChange: (changes) =>
      changes.forEach(({ key, previousLease, lease }) => leases.move(key, previousLease, lease)),
  });
  const leases = new LeaseBook(mvcc.overlay);
  leases.grant(7n, 60);
  leases.grant(-9n, 600);
  leases.checkpoint(-9n, 30);
  for (let i = 0; i < 40; i++) {
    mvcc.put(put(`key${i % 13}`, String(i), { lease: i % 3 === 0 ? 7n : 0n }));
    if (i % 5 === 0) mvcc.deleteRange(deleteRange(`key${(i + 3) % 13}`));
  }
  mvcc.write((txn) => {
    txn.put(put('a\0b', 'x', { lease: -9n }));
    txn.put(put('\xff', 'y'));
    txn.deleteRange(deleteRange('key1', 'key2'));
  });
  if (compaction !== 'none') mvcc.compact(30);
  if (compaction === 'finished') compactToTheEnd(mvcc);
  mvcc.put(put('key3', 'after'));
  new Alarms(mvcc.overlay).raise({ memberId: 2n ** 63n + 5n, type: 1 });
  new Alarms(mvcc.overlay).raise({ memberId: 3n, type: 2 });
  populateAuth(new AuthBook(mvcc.overlay));
  writeApplied(mvcc.overlay, { index: 99, term: 4 }, 5n);
  writeConfiguration(mvcc.overlay, createConfiguration([1n, 2n ** 64n - 1n]));
  mvcc.flush();
  return store;
}

for (const compaction of ['none', 'scheduled', 'finished'] as const) {
  test(`a store with compaction ${compaction} comes back as it was, from a log of its own`, () => {
    const store = sample(compaction);
    const restored = importOf(rowsOf(store));
    deepEqual(contentOf(restored.store), contentOf(store));
    deepEqual(readApplied(restored.store).position, { index: 3, term: 1 });
    equal(restored.report.leaseCount, 2);
    equal(restored.report.alarmCount, 2);
    for (const each of [store, restored.store]) equal(findDisagreement(each), undefined);
    const again = importOf(rowsOf(restored.store));
    equal(readApplied(again.store).hash, readApplied(restored.store).hash);
  });
}

/** Old keys and new ones, deletions, and a compaction to its end. */
function goOn(store: MemoryStore): MemoryStore {
  const mvcc = MvccStore.open(store);
  for (let i = 0; i < 60; i++) {
    mvcc.put(put(`key${i % 17}`, `later ${i}`));
    if (i % 7 === 0) mvcc.deleteRange(deleteRange(`key${i % 17}`, `key${i % 17}\xff`));
    if (i === 30 || i === 55) {
      mvcc.compact(mvcc.revision - 10);
      compactToTheEnd(mvcc);
    }
  }
  mvcc.flush();
  return store;
}

for (const compaction of ['none', 'scheduled', 'finished'] as const) {
  test(`a store restored with compaction ${compaction} goes on as the one that it came from`, () => {
    const store = sample(compaction);
    const { store: restored } = importOf(rowsOf(store));
    deepEqual(contentOf(goOn(restored)), contentOf(goOn(store)));
    for (
      let at = MvccStore.open(store).compactedRevision;
      at <= MvccStore.open(store).revision;
      at++
    ) {
      deepEqual(
        MvccStore.open(restored).range(range('\0', '\0', { revision: at })),
        MvccStore.open(store).range(range('\0', '\0', { revision: at })),
      );
    }
  });
}

test('the size of the steps does not matter', () => {
  deepEqual(rowsOf(sample('none'), 1), rowsOf(sample('none'), 1 << 20));
});

test('keys of each bucket ascend, as a file needs them', () => {
  const rows = rowsOf(sample('finished'));
  for (const [i, row] of rows.entries()) {
    const next = rows[i + 1];
    if (next?.bucket === row.bucket) equal(row.key < next.key, true, `${row.bucket}: ${row.key}`);
  }
});

test('who votes and the versions are written as etcd writes them', () => {
  const store = sample('none');
  const text = (bucket: string, key: string): string =>
    Buffer.from(
      rowsOf(store).find((row) => row.bucket === bucket && row.key === key)?.value ?? [],
    ).toString();
  equal(text('meta', 'confState'), '{"voters":[1,18446744073709551615],"auto_leave":false}');
  equal(text('meta', 'storageVersion'), '3.6.0');
  equal(text('cluster', 'clusterVersion'), '3.6.0');
});

test('while the cluster is taken down to 3.5, its snapshots are of 3.5, which has no version of what is stored', () => {
  const store = sample('none');
  const mvcc = MvccStore.open(store);
  new Downgrade(mvcc.overlay).begin('3.5.0');
  mvcc.flush();
  const rows = rowsOf(store);
  const cluster = rows.find(({ key }) => key === 'clusterVersion')?.value;
  equal(Buffer.from(cluster ?? []).toString(), '3.5.0');
  equal(
    rows.some(({ key }) => key === 'storageVersion'),
    false,
  );
});

test('a revision that is bumped marks everything below it as compacted, and keeps the keys', () => {
  const store = sample('finished');
  const before = MvccStore.open(store);
  const { store: bumped, report } = importOf(rowsOf(store), 1000);
  const after = MvccStore.open(bumped);
  equal(after.revision, before.revision + 1000);
  equal(after.compactedRevision, after.revision);
  equal(report.revision, after.revision);
  equal(after.keyCount, before.keyCount);
  after.put(put('next'));
  equal(after.revision, before.revision + 1001);
});

const keyRow = (main: number, fields: Partial<KeyValue>): Row => ({
  bucket: 'key',
  key: etcdRevisionKey(revisionKey(main, 0, false)),
  value: encode(KeyValue, KeyValue.create(fields)),
});

test('a deletion whose put is compacted, and the revision without a change that etcdutl leaves, are taken', () => {
  const key = fromByteString('gone');
  const deletion = { ...keyRow(5, { key }), key: etcdRevisionKey(revisionKey(5, 0, true)) };
  const bump: Row = { ...keyRow(900, {}), value: new Uint8Array() };
  const { store } = importOf([deletion, bump]);
  const mvcc = MvccStore.open(store);
  equal(mvcc.keyCount, 0);
  equal(mvcc.revision, 900);
  mvcc.compact(900);
  compactToTheEnd(mvcc);
  equal(
    mvcc.hashKv(0).step(Infinity)?.hash,
    MvccStore.open(new MemoryStore()).hashKv(0).step(Infinity)?.hash,
  );
});

test('a key whose lease is gone is a key without a lease to hang on', () => {
  const kv = {
    key: fromByteString('k'),
    createRevision: 2,
    modRevision: 2,
    version: 1,
    lease: 77n,
  };
  const { store } = importOf([keyRow(2, kv)]);
  equal(MvccStore.open(store).keyCount, 1);
  let attached = 0;
  store.scan('lease-keys', { from: '' }, () => {
    attached++;
  });
  equal(attached, 0);
});

const refused: readonly [string, Row, RegExp][] = [
  [
    'a revision of another length',
    { bucket: 'key', key: 'short', value: new Uint8Array() },
    /names no revision/,
  ],
  [
    'a change of another revision',
    keyRow(4, { key: fromByteString('a'), modRevision: 3 }),
    /calls itself revision 3/,
  ],
  [
    'a change that came before its key',
    keyRow(4, { key: fromByteString('a'), modRevision: 4, createRevision: 5, version: 1 }),
    /version 1 of a key created at revision 5/,
  ],
  ['a change of no key', keyRow(4, { modRevision: 4 }), /revision 4 of an empty key/],
  [
    'bytes that are no change',
    { ...keyRow(4, {}), value: Uint8Array.of(0xff, 0xff) },
    /bucket key that cannot be read/,
  ],
  [
    'a lease without a time',
    {
      bucket: 'lease',
      key: '12345678',
      value: encode(LeaseRecord, LeaseRecord.create({ ID: 7n })),
    },
    /lease 7 of 0 s/,
  ],
];
for (const [what, row, message] of refused) {
  test(`${what} is refused`, () => {
    throws(() => importOf([row]), { name: 'EtcdRowError', message });
  });
}

test('users, roles and the state of authentication are told of, and left out where that is asked for', () => {
  const rows = rowsOf(sample('none'));
  const { report } = importOf(rows);
  deepEqual(report.auth, { isEnabled: true, users: 2, roles: 1, isTaken: true });
  const store = new MemoryStore();
  const content = new EtcdImport(store, { takesAuth: false });
  for (const { bucket, key, value } of rows) content.take(bucket, key, value);
  const { auth } = content.finish({ position: { index: 3, term: 1 }, revisionBump: 0 });
  deepEqual(auth, { isEnabled: true, users: 2, roles: 1, isTaken: false });
  content.store(() => undefined);
  equal(new AuthBook(MvccStore.open(store).overlay).isEnabled, false);
});

test('an auth row that etcd wrote is written as etcd wrote it', () => {
  // Of etcd 3.7.3: a user with a role, and one without a password.
  const users: readonly [string, string][] = [
    ['np', '0a026e7022020801'],
    ['root', '0a04726f6f7412036873681a04726f6f742200'],
  ];
  const rows = users.map(([key, hex]) => ({
    bucket: 'authUsers',
    key,
    value: new Uint8Array(Buffer.from(hex, 'hex')),
  }));
  const { store } = importOf(rows);
  const written = rowsOf(store).filter(({ bucket }) => bucket === 'authUsers');
  deepEqual(
    written.map(({ key, value }) => [key, Buffer.from(value).toString('hex')]),
    rows.map(({ key, value }) => [key, Buffer.from(value).toString('hex')]),
  );
});

test('unknown buckets are told of', () => {
  const { report } = importOf([{ bucket: 'new', key: 'x', value: Uint8Array.of(0) }]);
  deepEqual(report.unknownBuckets, ['new']);
});
