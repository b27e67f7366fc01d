/**
 * What etcd keeps in its database: the buckets, and how keys and values in them are written. Concord reads and writes
 * it in snapshots alone.
 */
import type { ByteString } from '@concord/protocol';
import { Member, fromByteString, toByteString } from '@concord/protocol';
import type { Configuration } from '@concord/raft';
import { EtcdRowError } from './etcd-row.ts';

/** In the order in which they stand in a file. */
export const etcdBuckets = [
  'alarm',
  'auth',
  'authRoles',
  'authUsers',
  'cluster',
  'key',
  'lease',
  'members',
  'members_removed',
  'meta',
] as const;
export type EtcdBucket = (typeof etcdBuckets)[number];

/** Keys of the bucket `meta`. */
export const metaKeys = {
  confState: 'confState',
  consistentIndex: 'consistent_index',
  finishedCompaction: 'finishedCompactRev',
  scheduledCompaction: 'scheduledCompactRev',
  storageVersion: 'storageVersion',
  term: 'term',
} as const;

/** Key of the bucket `cluster`. */
export const CLUSTER_VERSION_KEY = 'clusterVersion';

/** The level of etcd's storage format that is written, and of the cluster that reads and writes it. */
export const ETCD_STORAGE_VERSION = '3.6.0';

export interface EtcdRow {
  readonly key: ByteString;
  readonly value: Uint8Array;
}

/** As `consistent_index` and `term` are written: 8 bytes, big-endian. */
export function etcdNumber(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(value));
  return new Uint8Array(view.buffer);
}

/** A member's key: its id as etcd prints ids, without leading zeros. */
export const etcdMemberKey = (id: bigint): ByteString => id.toString(16);

export function etcdMember({ ID, name, peerURLs, clientURLs, isLearner }: Member): Uint8Array {
  const fields = [`"id":${ID}`, `"peerURLs":${json(peerURLs)}`];
  if (isLearner) fields.push('"isLearner":true');
  if (name !== '') fields.push(`"name":${json(name)}`);
  if (clientURLs.length > 0) fields.push(`"clientURLs":${json(clientURLs)}`);
  return text(`{${fields.join()}}`);
}

/**
 * The other way, from a row's key and its value; without a value the id alone is known. Throws `EtcdRowError`.
 * The id is in the value, too, as a number that JSON's reader would round; names beyond ASCII come out as their bytes.
 */
export function readEtcdMember(key: ByteString, value: Uint8Array | undefined): Member {
  const refuse = (): never => {
    throw new EtcdRowError(`a member that cannot be read under the key ${key}`, 'an id, and JSON');
  };
  if (!/^[0-9a-f]{1,16}$/.test(key)) refuse();
  const ID = BigInt(`0x${key}`);
  if (value === undefined) return Member.create({ ID });
  try {
    const content: unknown = JSON.parse(toByteString(value));
    const { name, peerURLs, clientURLs, isLearner } = content as Partial<Member>;
    return Member.create({
      ID,
      name: name ?? '',
      peerURLs: peerURLs ?? [],
      clientURLs: clientURLs ?? [],
      isLearner: isLearner ?? false,
    });
  } catch {
    return refuse();
  }
}

/** The other way. Throws `EtcdRowError`. */
export function readEtcdNumber(value: Uint8Array): number {
  const view = new DataView(value.buffer, value.byteOffset, value.length);
  const number = value.length === 8 ? Number(view.getBigUint64(0)) : NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new EtcdRowError(`a number of ${value.length} bytes`, 'one of 8 bytes, below 2^53');
}

export function etcdConfState(configuration: Configuration): Uint8Array {
  const lists: [string, Iterable<bigint>][] = [
    ['voters', configuration.voters],
    ['learners', configuration.learners],
    ['voters_outgoing', configuration.votersOutgoing],
    ['learners_next', configuration.learnersNext],
  ];
  const fields = lists
    .map(([name, ids]): [string, bigint[]] => [name, [...ids]])
    .filter(([, ids]) => ids.length > 0)
    .map(([name, ids]) => `"${name}":[${ids.join()}]`);
  return text(`{${[...fields, `"auto_leave":${configuration.autoLeave}`].join()}}`);
}

/** Text that is known to be ASCII. */
export const text = (ascii: string): Uint8Array => fromByteString(ascii);

/** JSON in ASCII: whatever is beyond is escaped. */
function json(value: string | readonly string[]): string {
  const escape = (character: string): string =>
    `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replaceAll(/[^\0-\x7f]/g, escape);
}
