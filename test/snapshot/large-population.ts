/** A store of many keys, with everything that a snapshot carries: history, deletions, a compaction, leases, users. */
import { WireClient } from '../conformance/harness/wire-client.ts';

/** What one transaction may have, by default. */
const operationsMax = 128;
const callersCount = 16;
const valueBytes = 64;
const leaseCount = 500;
/** Of the keys: written again, deleted, on a lease. */
const shares = { rewritten: 0.2, deleted: 0.05, leased: 0.1 };

/** Afterwards `keys` of them live. */
export async function fillLarge(endpoint: string, keys: number): Promise<void> {
  const client = new WireClient(endpoint, 60_000);
  try {
    for (let i = 1; i <= leaseCount; i++) {
      await client.must('LeaseGrant', { ID: String(i), TTL: '86400' });
    }
    await client.must('UserAdd', { name: 'root', password: 'root' });
    await client.must('UserAdd', { name: 'reader', password: 'reader' });
    await client.must('RoleAdd', { name: 'reading' });
    await client.must('UserGrantRole', { user: 'reader', role: 'reading' });
    const extra = Math.floor(keys * shares.deleted);
    await putAll(client, 0, keys + extra, 1);
    const { header } = await client.must('Put', { key: keyOf(0), value: Buffer.from('first') });
    await putAll(client, 0, Math.floor(keys * shares.rewritten), 2);
    await client.must('DeleteRange', { key: keyOf(keys), range_end: Buffer.from('key0') });
    await client.must('Compact', { revision: header?.revision ?? '1', physical: true });
  } finally {
    client.close();
  }
}

/** In the order of their numbers. */
const keyOf = (i: number): Buffer => Buffer.from(`key/${String(i).padStart(10, '0')}`);

async function putAll(
  client: WireClient,
  from: number,
  to: number,
  version: number,
): Promise<void> {
  let next = from;
  const work = async (): Promise<void> => {
    while (next < to) {
      const begin = next;
      next = Math.min(to, begin + operationsMax);
      const success = Array.from({ length: next - begin }, (_, i) => putOf(begin + i, version));
      await client.must('Txn', { compare: [], success, failure: [] });
    }
  };
  await Promise.all(Array.from({ length: callersCount }, work));
}

function putOf(
  i: number,
  version: number,
): { request_put: { key: Buffer; value: Buffer; lease: string } } {
  const value = Buffer.alloc(valueBytes, `${version}-${i}-`);
  const isLeased = i % Math.round(1 / shares.leased) === 0;
  return {
    request_put: { key: keyOf(i), value, lease: isLeased ? String((i % leaseCount) + 1) : '0' },
  };
}
