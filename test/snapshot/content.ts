/** What a server holds, as a client sees it: equal contents are what a snapshot has to carry over. */
import { WireClient } from '../conformance/harness/wire-client.ts';

const ALL_KEYS = { key: Buffer.from([0]), range_end: Buffer.from([0]) };
/** Read of the newest revision only: they are megabytes, and the same in every revision. */
const LARGE = { from: Buffer.from('size/'), to: Buffer.from('size0') };
const SMALL_KEYS = [
  { key: Buffer.from([0]), range_end: LARGE.from },
  { key: LARGE.to, range_end: Buffer.from([0]) },
];

export interface Content {
  readonly revision: number;
  /** Of the newest revision: all keys with their values, versions and leases. */
  readonly keys: readonly string[];
  /** Of each revision from the compacted one on: the same of all keys but the large ones. */
  readonly keysByRevision: readonly (readonly string[])[];
  /** The text with which the revision before is refused. */
  readonly refusal: string;
  /** Id, granted TTL, keys. */
  readonly leases: readonly string[];
  readonly alarms: readonly string[];
  readonly hash: number;
}

/** @param compacted the first revision that can be read */
export async function readContent(endpoint: string, compacted: number): Promise<Content> {
  const client = new WireClient(endpoint);
  try {
    const { header } = await client.must('Range', { ...ALL_KEYS, count_only: true });
    const revision = Number(header?.revision);
    const keysByRevision: string[][] = [];
    for (let at = compacted; at <= revision; at++) {
      const parts = await Promise.all(SMALL_KEYS.map((range) => keysAt(client, range, at)));
      keysByRevision.push(parts.flat());
    }
    const below = await client.call('Range', { ...ALL_KEYS, revision: String(compacted - 1) });
    const { hash } = await client.must('HashKV', { revision: String(revision) });
    const { alarms } = await client.must('Alarm', { action: 'GET' });
    return {
      revision,
      keys: await keysAt(client, ALL_KEYS, revision),
      keysByRevision,
      refusal: 'message' in below ? below.message : '',
      leases: await leasesOf(client),
      alarms: alarms.map(({ memberID, alarm }) => `${memberID} ${alarm}`),
      hash,
    };
  } finally {
    client.close();
  }
}

async function keysAt(
  client: WireClient,
  range: { readonly key: Buffer; readonly range_end: Buffer },
  revision: number,
): Promise<string[]> {
  const { kvs } = await client.must('Range', { ...range, revision: String(revision) });
  return kvs.map((kv) =>
    [
      kv.key.toString('hex'),
      kv.create_revision,
      kv.mod_revision,
      kv.version,
      kv.lease,
      kv.value.toString('hex'),
    ].join(' '),
  );
}

async function leasesOf(client: WireClient): Promise<string[]> {
  const { leases } = await client.must('LeaseLeases', {});
  const told: string[] = [];
  for (const { ID } of leases) {
    const lease = await client.must('LeaseTimeToLive', { ID, keys: true });
    const keys = lease.keys.map((key) => key.toString('hex')).sort();
    told.push([ID, lease.grantedTTL, ...keys].join(' '));
  }
  return told.sort();
}
