/**
 * A store's content as rows of etcd's database, in the order of a file: bucket by bucket, ascending keys. It is read
 * in steps, from a store that does not change between them.
 */
import {
  AlarmMember,
  LeaseRecord,
  Member,
  encode,
  fromByteString,
  toByteString,
  type ByteString,
} from '@concord/protocol';
import { readApplied } from '../applied.ts';
import { readConfiguration } from '../configuration-row.ts';
import { readDowngradeTarget } from '../downgrade.ts';
import { decodeLease } from '../lease/lease-row.ts';
import { readMeta } from '../mvcc/meta.ts';
import { etcdRevisionKey, revisionKey } from '../mvcc/revision-key.ts';
import { recordOf } from '../mvcc/revision-row.ts';
import type { OrderedStore, Table } from '../ordered-store.ts';
import { authRows, etcdRole, etcdUser } from './etcd-auth.ts';
import {
  CLUSTER_VERSION_KEY,
  ETCD_STORAGE_VERSION,
  etcdBuckets,
  etcdConfState,
  etcdMember,
  etcdMemberKey,
  etcdNumber,
  metaKeys,
  text,
  type EtcdBucket,
  type EtcdRow,
} from './etcd-bucket.ts';

/** Where the rows go. Key and value are valid during the call. */
export interface EtcdRowSink {
  /** Ends the bucket before. */
  bucket(name: EtcdBucket): void;
  put(key: ByteString, value: Uint8Array): void;
}

/** A store that is held as it was at one moment. */
export type HeldRows = Pick<OrderedStore, 'get' | 'scan'>;

/** What finding, copying and framing a row costs beside its bytes, in bytes that could be copied meanwhile. */
const ROW_COST_BYTES = 256;
const NO_VALUE = new Uint8Array();

export class EtcdExport {
  readonly #rows: HeldRows;
  readonly #sink: EtcdRowSink;
  #at = 0;
  /** Where to go on in the table of the bucket; undefined at its beginning. */
  #from: ByteString | undefined;

  constructor(rows: HeldRows, sink: EtcdRowSink) {
    this.#rows = rows;
    this.#sink = sink;
  }

  /** Hands over rows of about so many bytes. Answers whether there are more. */
  step(bytesMax: number): boolean {
    let left = bytesMax;
    while (left > 0) {
      const bucket = etcdBuckets[this.#at];
      if (bucket === undefined) return false;
      if (this.#from === undefined) this.#sink.bucket(bucket);
      left -= this.#continue(bucket, left);
    }
    return true;
  }

  /** Answers what it has cost. */
  #continue(bucket: EtcdBucket, bytesMax: number): number {
    if (bucket === 'key') return this.#table('revisions', bytesMax, putRevision);
    if (bucket === 'lease') return this.#table('leases', bytesMax, putLease);
    const rows = smallBucket(this.#rows, bucket).sort((a, b) => (a.key < b.key ? -1 : 1));
    for (const { key, value } of rows) this.#sink.put(key, value);
    this.#at++;
    return rows.length * ROW_COST_BYTES;
  }

  #table(
    table: Table,
    bytesMax: number,
    put: (sink: EtcdRowSink, key: ByteString, value: Uint8Array) => void,
  ): number {
    const reached = { cost: 0, next: undefined as ByteString | undefined };
    this.#rows.scan(table, { from: this.#from ?? '' }, (key, value) => {
      if (reached.cost >= bytesMax) {
        reached.next = key;
        return false;
      }
      put(this.#sink, key, value);
      reached.cost += value.length + ROW_COST_BYTES;
      return true;
    });
    this.#from = reached.next;
    if (reached.next === undefined) this.#at++;
    return reached.cost;
  }
}

function putRevision(sink: EtcdRowSink, key: ByteString, row: Uint8Array): void {
  sink.put(etcdRevisionKey(key), recordOf(row));
}

function putLease(sink: EtcdRowSink, key: ByteString, value: Uint8Array): void {
  const { id, ttlSeconds, remainingTtlSeconds } = decodeLease(key, value);
  const lease = { ID: id, TTL: ttlSeconds, RemainingTTL: remainingTtlSeconds };
  sink.put(key, encode(LeaseRecord, lease));
}

function smallBucket(rows: HeldRows, bucket: EtcdBucket): EtcdRow[] {
  switch (bucket) {
    case 'alarm':
      return collect(rows, 'alarms', (_key, value) => ({
        key: toByteString(encode(AlarmMember, AlarmMember.decode(value))),
        value: NO_VALUE,
      }));
    case 'auth':
      return authRows(rows);
    case 'authRoles':
      return collect(rows, 'roles', (key, value) => etcdRole(key, value, fromByteString(key)));
    case 'authUsers':
      return collect(rows, 'users', etcdUser);
    case 'cluster':
      return [{ key: CLUSTER_VERSION_KEY, value: text(clusterVersion(rows)) }];
    case 'members':
      return collect(rows, 'members', (_key, value) => {
        const member = Member.decode(value.slice());
        return { key: etcdMemberKey(member.ID), value: etcdMember(member) };
      });
    case 'members_removed':
      return collect(rows, 'removed-members', (key) => ({
        key: etcdMemberKey(BigInt(`0x${key}`)),
        value: text('removed'),
      }));
    case 'meta':
      return metaRows(rows);
    default:
      return [];
  }
}

const clusterVersion = (rows: HeldRows): string =>
  readDowngradeTarget(rows) ?? ETCD_STORAGE_VERSION;

function metaRows(rows: HeldRows): EtcdRow[] {
  const { index, term } = readApplied(rows).position;
  const meta: EtcdRow[] = [
    { key: metaKeys.consistentIndex, value: etcdNumber(index) },
    { key: metaKeys.term, value: etcdNumber(term) },
  ];
  // The versions of etcd that a cluster can be taken down to have no such key, and none of what it would announce.
  if (readDowngradeTarget(rows) === undefined) {
    meta.push({ key: metaKeys.storageVersion, value: text(ETCD_STORAGE_VERSION) });
  }
  const configuration = readConfiguration(rows);
  if (configuration !== undefined) {
    meta.push({ key: metaKeys.confState, value: etcdConfState(configuration) });
  }
  const compactions = [
    ['finished-compaction', metaKeys.finishedCompaction],
    ['scheduled-compaction', metaKeys.scheduledCompaction],
  ] as const;
  for (const [name, key] of compactions) {
    const revision = readMeta(rows, name);
    if (revision === undefined) continue;
    meta.push({ key, value: text(etcdRevisionKey(revisionKey(revision, 0, false))) });
  }
  return meta;
}

function collect(
  rows: HeldRows,
  table: Table,
  toRow: (key: ByteString, value: Uint8Array) => EtcdRow,
): EtcdRow[] {
  const collected: EtcdRow[] = [];
  rows.scan(table, { from: '' }, (key, value) => {
    collected.push(toRow(key, value));
  });
  return collected;
}
