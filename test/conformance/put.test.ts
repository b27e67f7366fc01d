/**
 * KV.Put: its options, what it answers, and the order in which it finds fault.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes } from './harness/answers.ts';
import { onEachBackend } from './harness/each-backend.ts';
import * as errors from './harness/etcd-errors.ts';
import type { KeyValue, PutRequest } from './harness/messages.ts';
import { assertFails } from './harness/outcome.ts';
import type { Failure } from './harness/outcome.ts';

const missing = bytes('a key nobody writes');

/** Requests with one or more faults, and the fault etcd names first. */
const refusals: readonly [string, PutRequest, Failure][] = [
  ['an empty key', { key: bytes('') }, errors.emptyKey],
  ['an absent key', {}, errors.emptyKey],
  [
    'an empty key before a value given with ignore_value',
    { value: bytes('v'), ignore_value: true },
    errors.emptyKey,
  ],
  [
    'a value given with ignore_value',
    { key: missing, value: bytes('v'), ignore_value: true },
    errors.valueProvided,
  ],
  [
    'the value before the lease when both are given and ignored',
    { key: missing, value: bytes('v'), lease: 9, ignore_value: true, ignore_lease: true },
    errors.valueProvided,
  ],
  [
    'a lease given with ignore_lease',
    { key: missing, lease: 9, ignore_lease: true },
    errors.leaseProvided,
  ],
  ['an unknown lease', { key: missing, lease: 987654321 }, errors.leaseNotFound],
  ['a negative lease', { key: missing, lease: -1 }, errors.leaseNotFound],
  [
    'an unknown lease before a missing key',
    { key: missing, lease: 987654321, ignore_value: true },
    errors.leaseNotFound,
  ],
  ['ignore_value on a missing key', { key: missing, ignore_value: true }, errors.keyNotFound],
  ['ignore_lease on a missing key', { key: missing, ignore_lease: true }, errors.keyNotFound],
];

onEachBackend('KV.Put', (target) => {
  for (const [what, request, expected] of refusals) {
    test(`refuses ${what}`, async () => {
      assertFails(await target.client.call('Put', request), expected);
    });
  }

  const read = async (key: Buffer): Promise<KeyValue> => {
    const { kvs } = await target.client.must('Range', { key });
    assert.equal(kvs.length, 1);
    return kvs[0] as KeyValue;
  };

  test('stores any bytes as key and value, and an absent value as an empty one', async () => {
    const corner = target.corner();
    const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    const key = Buffer.concat([corner.key(''), all]);
    await target.client.must('Put', { key, value: all });
    assert.deepEqual((await read(key)).value, all);
    await target.client.must('Put', { key });
    assert.deepEqual((await read(key)).value, bytes(''));
  });

  test('answers the previous key-value if asked and if there was one', async () => {
    const key = target.corner().key('a');
    const first = await target.client.must('Put', { key, value: bytes('1'), prev_kv: true });
    assert.equal(first.prev_kv, null);
    const before = await read(key);
    const second = await target.client.must('Put', { key, value: bytes('2'), prev_kv: true });
    assert.deepEqual(second.prev_kv, before);
    const unasked = await target.client.must('Put', { key, value: bytes('3') });
    assert.equal(unasked.prev_kv, null);
    await target.client.must('DeleteRange', { key });
    const anew = await target.client.must('Put', { key, prev_kv: true });
    assert.equal(anew.prev_kv, null);
  });

  test('with ignore_value keeps the value and still counts as a write', async () => {
    const key = target.corner().key('a');
    await target.client.must('Put', { key, value: bytes('kept') });
    const before = await read(key);
    await target.client.must('Put', { key, ignore_value: true });
    const after = await read(key);
    assert.deepEqual(after.value, bytes('kept'));
    assert.equal(Number(after.version), Number(before.version) + 1);
    assert.equal(Number(after.mod_revision), Number(before.mod_revision) + 1);
  });

  test('moves a key from lease to lease, and off it when no lease is named', async () => {
    const { client } = target;
    const key = target.corner().key('a');
    const [one, two] = [
      (await client.must('LeaseGrant', { TTL: 600 })).ID,
      (await client.must('LeaseGrant', { TTL: 600 })).ID,
    ];
    const attached = async (ID: string): Promise<number> =>
      (await client.must('LeaseTimeToLive', { ID, keys: true })).keys.length;
    await client.must('Put', { key, lease: one });
    assert.deepEqual([await attached(one), await attached(two)], [1, 0]);
    await client.must('Put', { key, lease: two });
    assert.deepEqual([await attached(one), await attached(two)], [0, 1]);
    await client.must('Put', { key, ignore_lease: true, value: bytes('new') });
    assert.equal((await read(key)).lease, two);
    await client.must('Put', { key });
    assert.equal((await read(key)).lease, '0');
    assert.deepEqual([await attached(one), await attached(two)], [0, 0]);
  });

  test('keeps the lease of a key that is rewritten with the same lease', async () => {
    const { client } = target;
    const key = target.corner().key('a');
    const { ID } = await client.must('LeaseGrant', { TTL: 600 });
    await client.must('Put', { key, lease: ID });
    await client.must('Put', { key, lease: ID });
    await client.must('LeaseRevoke', { ID });
    assert.equal((await client.must('Range', { key })).count, '0');
  });
});
