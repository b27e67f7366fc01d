/**
 * A history with everything in it that a snapshot has to carry: values of all sizes, keys of arbitrary bytes, several
 * changes in a revision, deletions, leases, a compaction with a deletion exactly at it, and changes behind it.
 */
import { Random } from '@concord/testing';
import { WireClient } from '../conformance/harness/wire-client.ts';

/** Large enough for pages of their own, and to fill a bucket's inline room, a page, and many. */
const VALUE_BYTES = [0, 1, 100, 700, 3000, 4060, 4096, 9000, 100_000, 1_000_000];

const seed = Number(process.env['SEED'] ?? 20261125);

/** Answers the revision that it compacts. */
export async function populate(endpoint: string): Promise<number> {
  const client = new WireClient(endpoint);
  try {
    await client.must('LeaseGrant', { ID: '7001', TTL: '3000' });
    await client.must('LeaseGrant', { ID: '7002', TTL: '90000' });
    await client.must('LeaseGrant', { ID: '-5', TTL: '4000' });
    for (let i = 0; i < 60; i++) await put(client, `key/${i % 40}`, bytesOf(i, i * 7));
    for (const [i, size] of VALUE_BYTES.entries())
      await put(client, `size/${size}`, bytesOf(i, size));
    await client.must('DeleteRange', { key: Buffer.from('key/5') });
    await client.must('DeleteRange', { key: Buffer.from('key/6') });
    await put(client, 'key/6', Buffer.from('again'));
    await wander(client, new Random(seed + 1), 150);
    await put(client, 'key/7', Buffer.from('to be deleted'));
    const { header } = await client.must('DeleteRange', { key: Buffer.from('key/7') });
    const compacted = header?.revision ?? '0';
    await client.must('Compact', { revision: compacted, physical: true });
    await wander(client, new Random(seed), 250);
    await put(client, 'leased/a', Buffer.from('1'), '7001');
    await put(client, 'leased/b', Buffer.from('2'), '7001');
    await put(client, 'leased/c', Buffer.from('3'), '-5');
    await put(client, 'leased/b', Buffer.from('4'), '7002');
    await client.must('Put', { key: Buffer.from([0, 0xff, 0x80]), value: Buffer.from([0xff]) });
    const operations = Array.from({ length: 20 }, (_, i) => ({
      request_put: { key: Buffer.from(`txn/${i}`), value: bytesOf(i, 50) },
    }));
    await client.must('Txn', { compare: [], success: operations, failure: [] });
    await client.must('DeleteRange', {
      key: Buffer.from('txn/1'),
      range_end: Buffer.from('txn/2'),
    });
    return Number(compacted);
  } finally {
    client.close();
  }
}

/** Puts, deletions and transactions of both, at random, over few keys. */
async function wander(client: WireClient, random: Random, steps: number): Promise<void> {
  const key = (): Buffer => Buffer.from(`key/${random.integer(0, 30)}`);
  const leases = ['0', '0', '7001', '7002', '-5'];
  const putRequest = (at: number): { key: Buffer; value: Buffer; lease: string } => ({
    key: Buffer.from(`key/${at}`),
    value: bytesOf(random.integer(0, 255), random.integer(0, 300)),
    lease: leases[random.integer(0, leases.length - 1)] as string,
  });
  for (let step = 0; step < steps; step++) {
    const choice = random.next();
    if (choice < 0.6) await client.must('Put', putRequest(random.integer(0, 30)));
    else if (choice < 0.75) await client.must('DeleteRange', { key: key(), range_end: key() });
    else {
      const success = [
        { request_delete_range: { key: Buffer.from('key/3'), range_end: Buffer.from('key/4') } },
        ...[10, 11, 12].map((at) => ({ request_put: putRequest(at) })),
      ];
      await client.must('Txn', { compare: [], success, failure: [] });
    }
  }
}

async function put(client: WireClient, key: string, value: Buffer, lease = '0'): Promise<void> {
  await client.must('Put', { key: Buffer.from(key), value, lease });
}

const bytesOf = (seed: number, length: number): Buffer =>
  Buffer.from(Uint8Array.from({ length }, (_, i) => seed * 31 + i * 7));
