/**
 * Compares the tables of a store that nobody writes to with each other. Each row may be what was written, and the whole
 * is not: a row that has vanished, or one from before, shows only where another table speaks of it.
 *
 * Invariant: of a store that whole batches were committed to, nothing is found.
 */
import type { ByteString } from '@concord/protocol';
import { idPrefix, ID_BYTES } from './lease/lease-row.ts';
import { decodeKeyVersion } from './mvcc/key-version.ts';
import type { ChangePosition, KeyVersion } from './mvcc/key-version.ts';
import { readMeta } from './mvcc/meta.ts';
import { keyOfRecord } from './mvcc/record.ts';
import { isTombstoneKey, mainRevisionOf, revisionKey, subRevisionOf } from './mvcc/revision-key.ts';
import { linkOf, recordOf } from './mvcc/revision-row.ts';
import type { OrderedStore, Table } from './ordered-store.ts';

export type StoredTables = Pick<OrderedStore, 'get' | 'scan'>;

/** Rows that are taken out of a scan at a time: nothing may be read from inside one. */
const WINDOW_ROWS = 512;
const FIRST_REVISION = 1;

interface Change extends ChangePosition {
  readonly key: ByteString;
  readonly before: ChangePosition | undefined;
}

interface Run {
  readonly bound: ByteString;
  readonly count: number;
}

/** Says what does not agree, the first of it; `undefined` when everything does. Reads each row about twice. */
export function findDisagreement(store: StoredTables): string | undefined {
  const compacted = Math.max(
    readMeta(store, 'scheduled-compaction') ?? 0,
    readMeta(store, 'finished-compaction') ?? 0,
  );
  const revision = readMeta(store, 'revision') ?? FIRST_REVISION;
  return (
    checkNewest(store, 'current', revision) ??
    checkNewest(store, 'tombstones', revision) ??
    checkChanges(store, compacted, revision) ??
    checkCounts(store) ??
    checkLeaseKeys(store)
  );
}

/** Every row of `current` and `tombstones` names a change of its key that is there. */
function checkNewest(
  store: StoredTables,
  table: 'current' | 'tombstones',
  revision: number,
): string | undefined {
  const rows = rowsOf(store, table, (key, row) => ({ key, version: decodeKeyVersion(row) }));
  for (const { key, version } of rows) {
    if (version.isTombstone !== (table === 'tombstones'))
      return `key ${quote(key)} in table ${table}, where it does not belong`;
    if (version.modRevision > revision)
      return `key ${quote(key)} of revision ${version.modRevision}, and the store is at ${revision}`;
    const row = changeRow(store, version);
    if (row === undefined || keyOfRecord(recordOf(row)) !== key)
      return `key ${quote(key)} without its change of revision ${version.modRevision}`;
    if (table === 'tombstones') continue;
    if (store.get('tombstones', key) !== undefined)
      return `key ${quote(key)} among those that live and those that do not`;
    if (!isHeldByLease(store, key, version))
      return `key ${quote(key)} that its lease does not know`;
  }
  return undefined;
}

/** Of every change that can be read, the key's newest is not older, and the one before is there. */
function checkChanges(
  store: StoredTables,
  compacted: number,
  revision: number,
): string | undefined {
  for (const change of rowsOf(store, 'revisions', changeOf)) {
    const { key, modRevision, before } = change;
    if (modRevision > revision)
      return `a change of revision ${modRevision}, and the store is at ${revision}`;
    if (modRevision <= compacted) continue;
    const newest = store.get('current', key) ?? store.get('tombstones', key);
    if (newest === undefined)
      return `a change of key ${quote(key)} (revision ${modRevision}), which is in no other table`;
    if (isAfter(change, decodeKeyVersion(newest)))
      return `a change of key ${quote(key)} (revision ${modRevision}) that is newer than its newest`;
    if (before !== undefined && isKept(before, compacted) && changeRow(store, before) === undefined)
      return `key ${quote(key)} without its change of revision ${before.modRevision}`;
  }
  return undefined;
}

/** The counts of `segments` are those of `current`. */
function checkCounts(store: StoredTables): string | undefined {
  const runs: Run[] = [];
  store.scan('segments', { from: '' }, (bound, row) => {
    runs.push({ bound, count: new DataView(row.buffer, row.byteOffset, 4).getUint32(0) });
  });
  if (runs[0]?.bound !== '') runs.unshift({ bound: '', count: 0 });
  let at = 0;
  let count = 0;
  const compare = (): string | undefined => {
    const run = runs[at] as Run;
    if (run.count === count) return undefined;
    return `${count} keys from ${quote(run.bound)} on, of which ${run.count} were counted`;
  };
  for (const key of rowsOf(store, 'current', (bytes) => bytes)) {
    for (let next = runs[at + 1]; next !== undefined && key >= next.bound; next = runs[at + 1]) {
      const found = compare();
      if (found !== undefined) return found;
      at++;
      count = 0;
    }
    count++;
  }
  for (; at < runs.length; at++, count = 0) {
    const found = compare();
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a lease holds lives, and names that lease. */
function checkLeaseKeys(store: StoredTables): string | undefined {
  for (const row of rowsOf(store, 'lease-keys', (bytes) => bytes)) {
    const key = row.slice(ID_BYTES);
    const held = store.get('current', key);
    if (held === undefined || idPrefix(decodeKeyVersion(held).lease) !== row.slice(0, ID_BYTES))
      return `key ${quote(key)} of a lease that it does not name`;
    if (store.get('leases', row.slice(0, ID_BYTES)) === undefined)
      return `key ${quote(key)} of a lease that there is not`;
  }
  return undefined;
}

/** A key from a file of etcd may name a lease that was not in it. */
function isHeldByLease(store: StoredTables, key: ByteString, { lease }: KeyVersion): boolean {
  if (lease === 0n) return true;
  const id = idPrefix(lease);
  return store.get('leases', id) === undefined || store.get('lease-keys', id + key) !== undefined;
}

function changeRow(store: StoredTables, change: ChangePosition): Uint8Array | undefined {
  const { modRevision, subRevision, isTombstone } = change;
  return store.get('revisions', revisionKey(modRevision, subRevision, isTombstone));
}

function changeOf(key: ByteString, row: Uint8Array): Change {
  return {
    key: keyOfRecord(recordOf(row)),
    modRevision: mainRevisionOf(key),
    subRevision: subRevisionOf(key),
    isTombstone: isTombstoneKey(key),
    before: linkOf(row),
  };
}

/** Whether compaction leaves the change that one which can be read has followed. */
function isKept({ modRevision, isTombstone }: ChangePosition, compacted: number): boolean {
  return !isTombstone || modRevision >= compacted;
}

function isAfter(a: ChangePosition, b: ChangePosition): boolean {
  if (a.modRevision !== b.modRevision) return a.modRevision > b.modRevision;
  return a.subRevision > b.subRevision;
}

/** The rows of a table in order, read a window at a time. */
function* rowsOf<Row>(
  store: StoredTables,
  table: Table,
  decode: (key: ByteString, row: Uint8Array) => Row,
): Generator<Row, void> {
  for (let from: ByteString | undefined = ''; from !== undefined;) {
    const rows: Row[] = [];
    let last: ByteString | undefined;
    store.scan(table, { from }, (key, row) => {
      rows.push(decode(key, row));
      last = key;
      return rows.length < WINDOW_ROWS;
    });
    yield* rows;
    from = rows.length < WINDOW_ROWS || last === undefined ? undefined : `${last}\0`;
  }
}

const quote = (key: ByteString): string => JSON.stringify(key.slice(0, 100));
