/**
 * Sizes and counts: what is just small enough, what is not and is told so, and what stays whole however
 * large it is.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, everything, revisionOf } from './harness/answers.ts';
import { onEachBackend, withFreshServer } from './harness/each-backend.ts';
import * as errors from './harness/etcd-errors.ts';
import { assertFails } from './harness/outcome.ts';

const REQUEST_BYTES_MAX = 1.5 * 1024 * 1024;
const MESSAGE_BYTES_MAX = 2 * 1024 * 1024;
/**
 * etcd counts a request as it is replicated, with its own tag and length and after a header with an id that begins
 * with bits of the member's: a varint of 8 to 10 bytes, but for 2 members in 65,536.
 */
const ENVELOPE_BYTES_MIN = 16;
const ENVELOPE_BYTES_MAX = 18;
/** Tag and length of a key below 128 bytes, and of a value of more than 16 KiB. */
const PUT_FIELDS_BYTES = 2 + 4;

onEachBackend('limits', (target) => {
  test('a put may be as large as --max-request-bytes, its envelope included', async () => {
    const { client } = target;
    const key = target.corner().key('a');
    const room = REQUEST_BYTES_MAX - PUT_FIELDS_BYTES - key.length;
    const value = Buffer.alloc(room - ENVELOPE_BYTES_MAX, 'v');
    await client.must('Put', { key, value });
    assert.deepEqual((await client.must('Range', { key })).kvs[0]?.value, value);
    const larger = Buffer.alloc(room - ENVELOPE_BYTES_MIN + 1);
    assertFails(await client.call('Put', { key, value: larger }), errors.requestTooLarge);
  });

  test('a transaction is measured as a whole', async () => {
    const value = Buffer.alloc(REQUEST_BYTES_MAX / 2);
    const success = ['a', 'b'].map((key) => ({ request_put: { key: bytes(key), value } }));
    assertFails(await target.client.call('Txn', { success }), errors.requestTooLarge);
  });

  test('a read may ask with as large a key as a message holds', async () => {
    const key = Buffer.alloc(REQUEST_BYTES_MAX + 1024);
    assert.equal((await target.client.must('Range', { key })).count, '0');
  });

  test('a message above --max-request-bytes and 512 KiB is refused before it is read', async () => {
    const path = '/etcdserverpb.KV/Put';
    for (const size of [MESSAGE_BYTES_MAX + 1, 3 * MESSAGE_BYTES_MAX]) {
      assertFails(await target.client.rawCall(path, Buffer.alloc(size)), {
        code: 8,
        message: `grpc: received message larger than max (${size} vs. ${MESSAGE_BYTES_MAX})`,
      });
    }
    await target.client.must('Put', { key: bytes('a') });
  });

  test('--max-request-bytes sets other limits', async () => {
    const flags = ['--max-request-bytes=10000'];
    await withFreshServer(target.backend, { flags }, async (client) => {
      await client.must('Put', { key: bytes('a'), value: Buffer.alloc(9_900) });
      const larger = await client.call('Put', { key: bytes('a'), value: Buffer.alloc(10_000) });
      assertFails(larger, errors.requestTooLarge);
      const most = 10_000 + 512 * 1024;
      const message = `grpc: received message larger than max (${most + 1} vs. ${most})`;
      const raw = await client.rawCall('/etcdserverpb.KV/Put', Buffer.alloc(most + 1));
      assertFails(raw, { code: 8, message });
    });
  });

  test('an answer has no limit', async () => {
    const { client } = target;
    const corner = target.corner();
    const value = Buffer.alloc(1024 * 1024, 'v');
    for (let i = 0; i < 12; i++) {
      await client.must('Put', { key: corner.key(String(i).padStart(2, '0')), value });
    }
    const { kvs } = await client.must('Range', corner.all);
    assert.equal(kvs.length, 12);
    assert.ok(kvs.every((kv) => kv.value.equals(value)));
  });

  test('a watcher that does not read for a while still gets every event', async () => {
    const { client } = target;
    const corner = target.corner();
    const watch = client.watch();
    await watch.create(corner.all);
    watch.pause();
    const value = Buffer.alloc(10_000);
    const count = 1_000;
    const first = (await client.revision()) + 1;
    for (let i = 0; i < count; i += 50) {
      const puts = Array.from({ length: 50 }, (_, j) =>
        client.must('Put', { key: corner.key(String((i + j) % 7)), value }),
      );
      await Promise.all(puts);
    }
    watch.resume();
    const events = await watch.events(0, count);
    assert.deepEqual(
      events.map(({ kv }) => Number(kv?.mod_revision)),
      Array.from({ length: count }, (_, i) => first + i),
    );
    watch.close();
  });

  test('many calls at once are all answered, each with its own answer', async () => {
    const { client } = target;
    const corner = target.corner();
    const before = await client.revision();
    const puts = await Promise.all(
      Array.from({ length: 1_000 }, (_, i) =>
        client.must('Put', { key: corner.key(String(i)), value: bytes(String(i)) }),
      ),
    );
    const revisions = puts.map(revisionOf).sort((a, b) => a - b);
    assert.deepEqual(
      revisions,
      revisions.map((_, i) => before + 1 + i),
    );
    const reads = await Promise.all(
      Array.from({ length: 1_000 }, (_, i) => client.must('Range', { key: corner.key(String(i)) })),
    );
    assert.ok(reads.every(({ kvs }, i) => kvs[0]?.value.toString() === String(i)));
  });

  test('a put is seen by a read that starts after its answer', async () => {
    const { client } = target;
    const key = target.corner().key('a');
    for (let i = 0; i < 200; i++) {
      await client.must('Put', { key, value: bytes(String(i)) });
      const { kvs } = await client.must('Range', { key, serializable: i % 2 === 0 });
      assert.equal(kvs[0]?.value.toString(), String(i));
    }
  });

  test('metadata that etcd knows or does not know changes nothing for a member with a leader', async () => {
    const metadata = { hasleader: 'true', 'client-api-version': '3.6', 'x-unknown': 'x' };
    await target.client.must('Range', everything, { metadata });
    await target.client.must('Put', { key: bytes('a') }, { metadata });
    const watch = target.client.watch({ metadata });
    assert.equal((await watch.create({ key: bytes('a') })).canceled, false);
    watch.close();
  });

  test('a token is ignored as long as auth is off', async (t) => {
    const skip = target.changed({
      since: '3.5.0',
      now: '',
      then: '3.4 refuses a token it does not know even so',
      because: 'the check was moved behind the switch',
    });
    if (skip !== '') return t.skip(skip);
    const metadata = { token: 'garbage', authorization: 'Bearer garbage' };
    await target.client.must('Range', everything, { metadata });
  });
});
