/**
 * Lease: grant, revoke, keep-alive, time to live, expiry.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, names } from './harness/answers.ts';
import { onEachBackend } from './harness/each-backend.ts';
import * as errors from './harness/etcd-errors.ts';
import { assertFails } from './harness/outcome.ts';

/** ceil(1.5 election timeouts of 1 s): no lease lives shorter. */
const TTL_SECONDS_MIN = 2;
const TTL_SECONDS_MAX = 9_000_000_000;

onEachBackend('Lease', (target) => {
  test('grants the id that is asked for, once', async () => {
    const granted = await target.client.must('LeaseGrant', { ID: 12345, TTL: 600 });
    assert.deepEqual([granted.ID, granted.TTL, granted.error], ['12345', '600', '']);
    assert.notEqual(granted.header, null);
    const again = await target.client.call('LeaseGrant', { ID: 12345, TTL: 600 });
    assertFails(again, errors.leaseExists);
  });

  test('chooses a positive id of its own when none is asked for', async () => {
    const first = await target.client.must('LeaseGrant', { TTL: 600 });
    const second = await target.client.must('LeaseGrant', { TTL: 600 });
    assert.ok(BigInt(first.ID) > 0n && BigInt(second.ID) > 0n);
    assert.notEqual(first.ID, second.ID);
  });

  test('takes the largest and the negative ids of an int64', async () => {
    for (const ID of ['9223372036854775807', '-9223372036854775808', '-1']) {
      assert.equal((await target.client.must('LeaseGrant', { ID, TTL: 600 })).ID, ID);
      const key = target.corner().key('a');
      await target.client.must('Put', { key, lease: ID });
      assert.equal((await target.client.must('Range', { key })).kvs[0]?.lease, ID);
      await target.client.must('LeaseRevoke', { ID });
      assert.equal((await target.client.must('Range', { key })).count, '0');
    }
  });

  test('raises a TTL below the minimum to it', async () => {
    for (const TTL of [1, 0, -1, '-9223372036854775808']) {
      const granted = await target.client.must('LeaseGrant', { TTL });
      assert.equal(granted.TTL, String(TTL_SECONDS_MIN), String(TTL));
      await target.client.must('LeaseRevoke', { ID: granted.ID });
    }
  });

  test('refuses a TTL above the maximum', async () => {
    const most = await target.client.must('LeaseGrant', { TTL: TTL_SECONDS_MAX });
    assert.equal(most.TTL, String(TTL_SECONDS_MAX));
    for (const TTL of [TTL_SECONDS_MAX + 1, '9223372036854775807']) {
      assertFails(await target.client.call('LeaseGrant', { TTL }), errors.leaseTtlTooLarge);
    }
    const existing = await target.client.call('LeaseGrant', {
      ID: most.ID,
      TTL: TTL_SECONDS_MAX + 1,
    });
    assert.ok('code' in existing);
  });

  test('revoking deletes every attached key, and a lease can be revoked once', async () => {
    const corner = target.corner();
    const { ID } = await target.client.must('LeaseGrant', { TTL: 600 });
    for (const name of ['c', 'a', 'b']) {
      await target.client.must('Put', { key: corner.key(name), lease: ID });
    }
    await target.client.must('Put', { key: corner.key('free') });
    await target.client.must('LeaseRevoke', { ID });
    assert.deepEqual(names((await target.client.must('Range', corner.all)).kvs), ['free']);
    assertFails(await target.client.call('LeaseRevoke', { ID }), errors.leaseNotFound);
    assertFails(await target.client.call('LeaseRevoke', {}), errors.leaseNotFound);
  });

  test('a revoked id can be granted again', async () => {
    await target.client.must('LeaseGrant', { ID: 77, TTL: 600 });
    await target.client.must('LeaseRevoke', { ID: 77 });
    await target.client.must('LeaseGrant', { ID: 77, TTL: 700 });
    const { grantedTTL } = await target.client.must('LeaseTimeToLive', { ID: 77 });
    assert.equal(grantedTTL, '700');
  });

  test('tells what is left of a lease, and its keys if asked', async () => {
    const corner = target.corner();
    const { ID } = await target.client.must('LeaseGrant', { TTL: 600 });
    await target.client.must('Put', { key: corner.key('a'), lease: ID });
    await target.client.must('Put', { key: corner.key('b'), lease: ID });
    const bare = await target.client.must('LeaseTimeToLive', { ID });
    assert.deepEqual([bare.ID, bare.grantedTTL, bare.keys], [ID, '600', []]);
    assert.ok(Number(bare.TTL) <= 600 && Number(bare.TTL) > 500, bare.TTL);
    const full = await target.client.must('LeaseTimeToLive', { ID, keys: true });
    const keys = full.keys.map((key) => key.toString()).sort();
    assert.deepEqual(keys, [corner.key('a').toString(), corner.key('b').toString()]);
  });

  test('tells TTL -1 of an unknown lease', async () => {
    const unknown = await target.client.must('LeaseTimeToLive', { ID: 31337, keys: true });
    assert.deepEqual(
      [unknown.ID, unknown.TTL, unknown.grantedTTL, unknown.keys],
      ['31337', '-1', '0', []],
    );
  });

  test('lists the leases, the one that ends first first', async () => {
    for (const [ID, TTL] of [
      [501, 30_000],
      [502, 10_000],
      [503, 20_000],
    ]) {
      await target.client.must('LeaseGrant', { ID: ID ?? 0, TTL: TTL ?? 0 });
    }
    const { leases } = await target.client.must('LeaseLeases', {});
    const ours = leases.map(({ ID }) => ID).filter((ID) => /^50[123]$/.test(ID));
    assert.deepEqual(ours, ['502', '503', '501']);
  });

  test('keeps alive: one answer a request, in order, TTL 0 for an unknown lease', async () => {
    const { ID } = await target.client.must('LeaseGrant', { TTL: 600 });
    const stream = target.client.keepAlive();
    for (const id of [ID, 999_999, ID]) stream.send(id);
    const answers = [
      await stream.inbox.next(),
      await stream.inbox.next(),
      await stream.inbox.next(),
    ];
    assert.deepEqual(
      answers.map((answer) => [answer.ID, answer.TTL]),
      [
        [ID, '600'],
        ['999999', '0'],
        [ID, '600'],
      ],
    );
    assert.equal(answers[0]?.header?.revision, String(await target.client.revision()));
    stream.close();
  });

  test('half-closing a keep-alive stream ends it well', async () => {
    const stream = target.client.keepAlive();
    const { ID } = await target.client.must('LeaseGrant', { TTL: 600 });
    assert.equal((await stream.ask(ID)).TTL, '600');
    stream.halfClose();
    assert.equal((await stream.inbox.ended()).code, 0);
  });

  test('a lease expires by itself, no sooner than its TTL, and its keys are deleted', async () => {
    const corner = target.corner();
    const watch = target.client.watch();
    await watch.create(corner.all);
    const granted = Date.now();
    const { ID } = await target.client.must('LeaseGrant', { TTL: TTL_SECONDS_MIN });
    const key = corner.key('a');
    await target.client.must('Put', { key, value: bytes('v'), lease: ID });
    const [created, deleted] = await watch.events(0, 2);
    const lived = Date.now() - granted;
    assert.equal(created?.type, 'PUT');
    assert.equal(deleted?.type, 'DELETE');
    assert.ok(lived >= TTL_SECONDS_MIN * 1000, `lived ${lived} ms`);
    const lease = await target.client.must('LeaseTimeToLive', { ID });
    assert.equal(lease.TTL, '-1');
    const stream = target.client.keepAlive();
    assert.equal((await stream.ask(ID)).TTL, '0');
    assertFails(await target.client.call('Put', { key, lease: ID }), errors.leaseNotFound);
    stream.close();
    watch.close();
  });

  test('a lease kept alive outlives its TTL', async () => {
    const corner = target.corner();
    const watch = target.client.watch();
    await watch.create({ ...corner.all, filters: ['NOPUT'] });
    const stream = target.client.keepAlive();
    // Both are granted together; the one not kept alive is the clock.
    const kept = await target.client.must('LeaseGrant', { TTL: TTL_SECONDS_MIN });
    const clock = await target.client.must('LeaseGrant', { TTL: TTL_SECONDS_MIN + 1 });
    await target.client.must('Put', { key: corner.key('kept'), lease: kept.ID });
    await target.client.must('Put', { key: corner.key('clock'), lease: clock.ID });
    const timer = setInterval(() => stream.send(kept.ID), 300);
    const [first] = await watch.events(0, 1);
    clearInterval(timer);
    assert.deepEqual(first?.kv?.key, corner.key('clock'));
    await target.client.must('LeaseRevoke', { ID: kept.ID });
    stream.close();
    watch.close();
  });

  test('a lease that expires with many keys deletes them at one revision, in key order', async () => {
    const corner = target.corner();
    const watch = target.client.watch();
    await watch.create({ ...corner.all, filters: ['NOPUT'] });
    const { ID } = await target.client.must('LeaseGrant', { TTL: 600 });
    for (const name of ['c', 'a', 'b']) {
      await target.client.must('Put', { key: corner.key(name), lease: ID });
    }
    await target.client.must('LeaseRevoke', { ID });
    const { events } = await watch.next(0);
    assert.deepEqual(names(events.flatMap(({ kv }) => kv ?? [])), ['a', 'b', 'c']);
    assert.equal(new Set(events.map(({ kv }) => kv?.mod_revision)).size, 1);
    watch.close();
  });
});
