/** Random work of every kind that the log holds: keys, transactions, leases, compactions, users and roles. */
import type { Random } from '@concord/testing';
import type { WireClient } from '../conformance/harness/wire-client.ts';

/** What the next steps know of those before. */
export interface Workplace {
  readonly random: Random;
  readonly leases: string[];
  names: number;
  /** A revision that there is. */
  compactable: number;
}

type Options = Parameters<WireClient['call']>[2];

const keyCount = 40;
/** Makes a log of several segments in a few hundred steps. */
const valueBytesMax = 100_000;

export async function wander(
  client: WireClient,
  work: Workplace,
  steps: number,
  options?: Options,
): Promise<void> {
  for (let step = 0; step < steps; step++) await takeStep(client, work, options);
}

async function takeStep(client: WireClient, work: Workplace, options?: Options): Promise<void> {
  const { random, leases } = work;
  const kind = random.integer(0, 99);
  const key = (): Buffer => Buffer.from(`key/${random.integer(0, keyCount)}`);
  const put = (): { key: Buffer; value: Buffer; lease: string } => ({
    key: key(),
    value: Buffer.alloc(random.integer(0, valueBytesMax), random.integer(0, 255)),
    lease: random.integer(0, 2) === 0 ? (leases[random.integer(0, leases.length - 1)] ?? '0') : '0',
  });
  if (kind < 60) {
    // A lease may be gone: then the entry fails, and is in the log all the same.
    const outcome = await client.call('Put', put(), options);
    if ('response' in outcome) work.compactable = Number(outcome.response.header?.revision) - 30;
  } else if (kind < 68) {
    await client.must('DeleteRange', { key: key() }, options);
  } else if (kind < 78) {
    const operations = [
      { request_put: { ...put(), lease: '0' } },
      { request_delete_range: { key: Buffer.from(`key/x${kind}`) } },
      { request_put: { key: Buffer.from(`txn/${kind}`), value: Buffer.from(`${work.names}`) } },
    ];
    const compare = [{ key: key(), target: 'VERSION', result: 'GREATER', version: '1' }];
    await client.call('Txn', { compare, success: operations, failure: [] }, options);
  } else if (kind < 84) {
    const ID = String(7000 + work.names++);
    await client.must('LeaseGrant', { ID, TTL: '9000' }, options);
    leases.push(ID);
  } else if (kind < 87) {
    const ID = leases[random.integer(0, leases.length - 1)] ?? '0';
    await client.call('LeaseRevoke', { ID }, options);
  } else if (kind < 89 && work.compactable > 1) {
    await client.call('Compact', { revision: String(work.compactable) }, options);
  } else if (kind < 95) {
    const name = `user${work.names++}`;
    await client.must('UserAdd', { name, options: { no_password: true } }, options);
  } else {
    const name = `role${work.names++}`;
    await client.must('RoleAdd', { name }, options);
    const perm = { permType: 'READWRITE' as const, key: Buffer.from('key/') };
    await client.must('RoleGrantPermission', { name, perm }, options);
  }
}
