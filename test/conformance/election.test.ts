/** The election service: campaigns, proclamations, and observers that see every leader in order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, revisionOf } from './harness/answers.ts';
import type { AnswerStream } from './harness/answer-stream.ts';
import { onEachBackend, type Target } from './harness/each-backend.ts';
import type { CampaignResponse, LeaderKey, LeaderResponse } from './harness/messages.ts';
import { failed, responseOf, type Outcome } from './harness/outcome.ts';

const UNKNOWN = 2;
const noLeader = { code: UNKNOWN, message: 'election: no leader' };
const notLeader = { code: UNKNOWN, message: 'election: not leader' };
const missingKey = { code: UNKNOWN, message: '"leader" field must be provided' };

async function session(target: Target): Promise<string> {
  return (await target.client.must('LeaseGrant', { TTL: 60 })).ID;
}

async function lead(target: Target, name: Buffer, value: string): Promise<LeaderKey> {
  const lease = await session(target);
  const { leader } = await target.client.must('Campaign', { name, lease, value: bytes(value) });
  assert.ok(leader !== null, 'who wins is told by which key');
  return leader;
}

/** A campaign that does not win yet; resolves when its key stands in line. */
async function stand(
  target: Target,
  name: Buffer,
  value: string,
  signal?: AbortSignal,
): Promise<{ lease: string; outcome: Promise<Outcome<CampaignResponse>> }> {
  const lease = await session(target);
  const key = Buffer.concat([name, bytes(`/${BigInt(lease).toString(16)}`)]);
  const watch = target.client.watch();
  await watch.create({ key });
  const outcome = target.client.call(
    'Campaign',
    { name, lease, value: bytes(value) },
    signal === undefined ? {} : { signal },
  );
  await watch.inbox.next(({ events }) => events.length > 0);
  watch.close();
  return { lease, outcome };
}

const observe = (target: Target, name: Buffer): AnswerStream<LeaderResponse> =>
  target.client.ask<LeaderResponse>('Observe', { name });

const valueOf = async (stream: AnswerStream<LeaderResponse>): Promise<string | undefined> =>
  (await stream.inbox.next()).kv?.value.toString();

onEachBackend('Election', (target) => {
  test('who campaigns alone wins, with a key that proves it', async () => {
    const name = target.corner().key('election');
    const lease = await session(target);
    const { header, leader } = await target.client.must('Campaign', {
      name,
      lease,
      value: bytes('v'),
    });
    const key = Buffer.concat([name, bytes(`/${BigInt(lease).toString(16)}`)]);
    assert.deepEqual(leader, { name, key, rev: header?.revision, lease });
    const { kv } = await target.client.must('Leader', { name });
    assert.deepEqual([kv?.key, kv?.value.toString(), kv?.create_revision], [key, 'v', leader.rev]);
  });

  test('without anybody there is no leader', async () => {
    assert.deepEqual(
      await target.client.call('Leader', { name: target.corner().key('e') }),
      noLeader,
    );
  });

  test('who leads may campaign again, with another value', async () => {
    const name = target.corner().key('election');
    const { lease, ...first } = await lead(target, name, 'one');
    const again = await target.client.must('Campaign', { name, lease, value: bytes('two') });
    assert.deepEqual(again.leader, { lease, ...first });
    assert.equal((await target.client.must('Leader', { name })).kv?.value.toString(), 'two');
  });

  test('proclaiming changes the value, for the leader alone', async () => {
    const name = target.corner().key('election');
    const leader = await lead(target, name, 'one');
    const proclaimed = await target.client.must('Proclaim', { leader, value: bytes('two') });
    assert.equal(revisionOf(proclaimed), await target.client.revision());
    const { kv } = await target.client.must('Leader', { name });
    assert.deepEqual([kv?.value.toString(), kv?.lease], ['two', leader.lease]);
    const stale = { ...leader, rev: '1' };
    assert.deepEqual(
      await target.client.call('Proclaim', { leader: stale, value: bytes('x') }),
      notLeader,
    );
    assert.deepEqual(await target.client.call('Proclaim', { value: bytes('x') }), missingKey);
  });

  test('resigning lets the next one lead, and is success for who leads no more', async () => {
    const name = target.corner().key('election');
    const leader = await lead(target, name, 'one');
    const next = await stand(target, name, 'two');
    await target.client.must('Resign', { leader: { ...leader, rev: '1' } });
    assert.equal((await target.client.must('Leader', { name })).kv?.value.toString(), 'one');
    await target.client.must('Resign', { leader });
    const { leader: elected } = responseOf(await next.outcome, 'Campaign');
    assert.equal(elected?.lease, next.lease);
    await target.client.must('Resign', { leader });
    assert.equal((await target.client.must('Leader', { name })).kv?.value.toString(), 'two');
    assert.deepEqual(await target.client.call('Resign', {}), missingKey);
  });

  test('an unknown lease is refused', async () => {
    const name = target.corner().key('election');
    assert.deepEqual(await target.client.call('Campaign', { name, lease: 4711 }), {
      code: UNKNOWN,
      message: 'etcdserver: requested lease not found',
    });
  });

  test('a candidate that goes away leaves no key behind', async () => {
    const name = target.corner().key('election');
    const leader = await lead(target, name, 'one');
    const controller = new AbortController();
    const leaving = await stand(target, name, 'two', controller.signal);
    const key = Buffer.concat([name, bytes(`/${BigInt(leaving.lease).toString(16)}`)]);
    const watch = target.client.watch();
    await watch.create({ key });
    controller.abort();
    await watch.inbox.next(({ events }) => events.some(({ type }) => type === 'DELETE'));
    watch.close();
    await target.client.must('Resign', { leader });
    assert.deepEqual(await target.client.call('Leader', { name }), noLeader);
  });

  test('observers see the leader of now, what it proclaims, and the next leader', async () => {
    const name = target.corner().key('election');
    const leader = await lead(target, name, 'one');
    const observer = observe(target, name);
    assert.equal(await valueOf(observer), 'one');
    const next = await stand(target, name, 'two');
    await target.client.must('Proclaim', { leader, value: bytes('one again') });
    assert.equal(await valueOf(observer), 'one again');
    await target.client.must('Resign', { leader });
    const { kv, header } = await observer.inbox.next();
    assert.equal(kv?.value.toString(), 'two');
    assert.ok(Number(header?.revision) >= Number(kv.mod_revision));
    assert.ok(!failed(await next.outcome));
    observer.close();
  });

  test('an observer of an election without a leader waits for the first', async () => {
    const name = target.corner().key('election');
    const observer = observe(target, name);
    // The server has taken the call in once it answers one that came later, on the same connection.
    await target.client.must('Range', { key: bytes('a') });
    const leader = await lead(target, name, 'one');
    const { kv, header } = await observer.inbox.next();
    assert.deepEqual([kv?.value.toString(), kv?.create_revision], ['one', leader.rev]);
    assert.equal(header?.revision, leader.rev);
    await target.client.must('Resign', { leader });
    await lead(target, name, 'two');
    assert.equal(await valueOf(observer), 'two');
    observer.close();
  });

  test('an observer sees every leader, however short each leads', async (t) => {
    if (target.backend.name === 'etcd') return t.skip('etcd may leave some out');
    const name = target.corner().key('election');
    const observer = observe(target, name);
    await target.client.must('Range', { key: bytes('a') });
    const expected: string[] = [];
    for (let i = 0; i < 30; i++) {
      const leader = await lead(target, name, `leader ${i}`);
      await target.client.must('Proclaim', { leader, value: bytes(`again ${i}`) });
      await target.client.must('Resign', { leader });
      expected.push(`leader ${i}`, `again ${i}`);
    }
    const seen: (string | undefined)[] = [];
    while (seen.length < expected.length) seen.push(await valueOf(observer));
    assert.deepEqual(seen, expected);
    observer.close();
  });

  test('a candidate is told at once that its own session has ended, and is never elected', async (t) => {
    if (target.backend.name === 'etcd') return t.skip('etcd elects it when the others are gone');
    const name = target.corner().key('election');
    await lead(target, name, 'one');
    const { lease, outcome } = await stand(target, name, 'two');
    await target.client.must('LeaseRevoke', { ID: lease });
    assert.deepEqual(await outcome, { code: UNKNOWN, message: 'election: session is expired' });
  });

  test('proclaiming without a lease leaves the key on the one it has', async (t) => {
    if (target.backend.name === 'etcd') return t.skip('etcd hangs it on a new lease of a minute');
    const name = target.corner().key('election');
    const leader = await lead(target, name, 'one');
    await target.client.must('Proclaim', {
      leader: { ...leader, lease: '0' },
      value: bytes('two'),
    });
    const { kv } = await target.client.must('Leader', { name });
    assert.deepEqual([kv?.value.toString(), kv?.lease], ['two', leader.lease]);
  });
});
