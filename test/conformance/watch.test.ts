/**
 * Watch: creation and refusal, what an event looks like, filters, cancelling. History is in
 * watch-history.test.ts, progress in watch-progress.test.ts.
 */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { bytes, revisionOf } from './harness/answers.ts';
import { onEachBackend } from './harness/each-backend.ts';
import type { WatchEvent } from './harness/messages.ts';
import { assertRefused, notice, script } from './harness/watch-responses.ts';
import type { WatchStream } from './harness/watch-stream.ts';

onEachBackend('Watch', (target) => {
  const streams: WatchStream[] = [];
  const open = (): WatchStream => {
    const stream = target.client.watch();
    streams.push(stream);
    return stream;
  };
  afterEach(() => {
    for (const stream of streams.splice(0)) stream.close();
  });

  const put = async (key: Buffer, value = ''): Promise<number> =>
    revisionOf(await target.client.must('Put', { key, value: bytes(value) }));
  const remove = async (key: Buffer): Promise<number> =>
    revisionOf(await target.client.must('DeleteRange', { key }));

  test('acknowledges a watcher with its id and the current revision', async () => {
    const stream = open();
    const current = await put(target.corner().key('a'));
    for (const id of ['0', '1', '2']) {
      const created = await stream.create({ key: bytes('a') });
      const { header, ...rest } = created;
      assert.equal(Number(header?.revision), current);
      assert.notEqual(header?.cluster_id, '0');
      assert.deepEqual(rest, notice({ watch_id: id, created: true }));
    }
  });

  test('acknowledges creations in the order of the requests', async () => {
    const stream = open();
    for (const id of [5, 3, 9]) stream.send({ create_request: { key: bytes('a'), watch_id: id } });
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.push((await stream.inbox.next()).watch_id);
    assert.deepEqual(ids, ['5', '3', '9']);
  });

  test('uses the id that is asked for, and chooses the next free one otherwise', async () => {
    const stream = open();
    const create = async (watch_id: number): Promise<string> =>
      (await stream.create({ key: bytes('a'), watch_id })).watch_id;
    assert.equal(await create(1), '1');
    assert.equal(await create(0), '0');
    assert.equal(await create(0), '2');
    assert.equal(await create(-7), '-7');
    assert.equal(await create(100), '100');
    assert.equal(await create(0), '3');
  });

  test('refuses an id in use on the stream, and the stream goes on', async () => {
    const stream = open();
    const key = target.corner().key('a');
    await stream.create({ key, watch_id: 4 });
    const reason = 'mvcc: duplicate watch ID provided on the WatchStream';
    assertRefused(await stream.create({ key, watch_id: 4 }), reason);
    await put(key);
    assert.equal((await stream.events(4, 1)).length, 1);
  });

  test('refuses a range that ends before it begins', async () => {
    const stream = open();
    for (const [from, to] of [
      ['b', 'a'],
      ['b', 'b'],
    ] as const) {
      const request = { key: bytes(from), range_end: bytes(to) };
      assertRefused(await stream.create(request), 'mvcc: watcher range is empty');
    }
  });

  test('refuses a negative start revision', async (t) => {
    const skip = target.changed({
      since: '3.5.0',
      now: '',
      then: '3.4 creates the watcher',
      because: 'the check came later',
    });
    if (skip !== '') return t.skip(skip);
    const stream = open();
    const answer = await stream.create({ key: bytes('a'), start_revision: -1 });
    assertRefused(answer, 'etcdserver: mvcc: required revision has been compacted');
  });

  test('delivers puts and deletions as they are, one response a revision', async () => {
    const stream = open();
    const key = target.corner().key('a');
    await stream.create({ key });
    const base = await target.client.revision();
    const { ID } = await target.client.must('LeaseGrant', { TTL: 600 });
    await target.client.must('Put', { key, value: bytes('1'), lease: ID });
    await put(key, '2');
    await remove(key);
    const stored = { key, create_revision: String(base + 1) };
    const expected = [
      { ...stored, mod_revision: String(base + 1), version: '1', value: bytes('1'), lease: ID },
      { ...stored, mod_revision: String(base + 2), version: '2', value: bytes('2'), lease: '0' },
      {
        key,
        create_revision: '0',
        mod_revision: String(base + 3),
        version: '0',
        value: bytes(''),
        lease: '0',
      },
    ];
    for (const [index, kv] of expected.entries()) {
      const response = await stream.next(0);
      const type = index === 2 ? 'DELETE' : 'PUT';
      assert.deepEqual(response.events, [{ type, kv, prev_kv: null }]);
      assert.equal(response.header?.revision, kv.mod_revision);
    }
  });

  test('delivers a transaction in one response, in the order of its operations', async () => {
    const stream = open();
    const corner = target.corner();
    for (const name of ['x', 'y']) await put(corner.key(name));
    await stream.create(corner.all);
    const base = await target.client.revision();
    await target.client.must('Txn', {
      success: [
        { request_put: { key: corner.key('c') } },
        { request_delete_range: { key: corner.key('x'), range_end: corner.key('z') } },
        { request_txn: { success: [{ request_put: { key: corner.key('b') } }] } },
        { request_put: { key: corner.key('a') } },
      ],
    });
    const { events } = await stream.next(0);
    assert.equal(script(events, base), '+c@1 -x@1 -y@1 +b@1 +a@1');
  });

  test('watches a key, a range, everything from a key on', async () => {
    const stream = open();
    const corner = target.corner();
    await stream.create({ key: corner.key('b') });
    await stream.create({ key: corner.key('b'), range_end: corner.key('d') });
    await stream.create({ key: corner.key('c'), range_end: bytes('\0') });
    const base = await target.client.revision();
    for (const name of ['a', 'b', 'c', 'd']) await put(corner.key(name));
    assert.equal(script(await stream.events(0, 1), base), '+b@2');
    assert.equal(script(await stream.events(1, 2), base), '+b@2 +c@3');
    assert.equal(script(await stream.events(2, 2), base), '+c@3 +d@4');
  });

  test('an empty key is the key of one zero byte', async () => {
    const stream = open();
    await stream.create({});
    await stream.create({ range_end: bytes('\0') });
    const base = await target.client.revision();
    await put(bytes('a'));
    await put(bytes('\0'));
    assert.equal(script(await stream.events(0, 1), base), '+\0@2');
    assert.equal(script(await stream.events(1, 2), base), '+a@1 +\0@2');
  });

  test('filters puts or deletions, and a response left empty is not sent', async () => {
    const stream = open();
    const corner = target.corner();
    await stream.create({ ...corner.all, filters: ['NOPUT'] });
    await stream.create({ ...corner.all, filters: ['NODELETE'] });
    await stream.create({ ...corner.all, filters: ['NOPUT', 'NODELETE'] });
    await stream.create(corner.all);
    const base = await target.client.revision();
    await put(corner.key('a'));
    await remove(corner.key('a'));
    await put(corner.key('b'));
    await remove(corner.key('b'));
    assert.equal(script(await stream.events(3, 4), base), '+a@1 -a@2 +b@3 -b@4');
    assert.equal(script(await stream.events(0, 2), base), '-a@2 -b@4');
    assert.equal(script(await stream.events(1, 2), base), '+a@1 +b@3');
    assert.deepEqual(stream.inbox.drain(), []);
  });

  test('adds what was there before if asked, except to creations', async () => {
    const stream = open();
    const key = target.corner().key('a');
    await stream.create({ key, prev_kv: true });
    const first = await put(key, '1');
    await put(key, '2');
    await remove(key);
    await put(key, '3');
    const previous = (events: readonly WatchEvent[]): (string | null)[] =>
      events.map(({ prev_kv }) => prev_kv && `${String(prev_kv.value)}v${prev_kv.version}`);
    assert.deepEqual(previous(await stream.events(0, 4)), [null, '1v1', '2v2', null]);
    await stream.create({ key, prev_kv: true, start_revision: first });
    assert.deepEqual(previous(await stream.events(1, 4)), [null, '1v1', '2v2', null]);
  });

  test('adds to each of several events of one key in a transaction the revision before it', async () => {
    const stream = open();
    const corner = target.corner();
    await put(corner.key('a'), '1');
    await put(corner.key('b'), '1');
    await stream.create({ ...corner.all, prev_kv: true });
    await target.client.must('DeleteRange', corner.all);
    const { events } = await stream.next(0);
    assert.deepEqual(
      events.map(({ prev_kv }) => prev_kv?.value.toString()),
      ['1', '1'],
    );
  });

  test('acknowledges a cancel and sends nothing for that watcher afterwards', async () => {
    const stream = open();
    const key = target.corner().key('a');
    await stream.create({ key });
    await stream.create({ key });
    const { header, ...rest } = await stream.cancel(0);
    assert.equal(header?.revision, String(await target.client.revision()));
    assert.deepEqual(rest, notice({ watch_id: '0', canceled: true }));
    await put(key);
    await stream.events(1, 1);
    assert.deepEqual(stream.inbox.drain(), []);
  });

  test('a cancelled id can be used again on the same stream', async () => {
    const stream = open();
    const key = target.corner().key('a');
    await stream.create({ key, watch_id: 8 });
    await stream.cancel(8);
    const again = await stream.create({ key, watch_id: 8 });
    assert.deepEqual([again.watch_id, again.canceled], ['8', false]);
  });

  test('a cancel of an unknown watcher and an empty request are answered by nothing', async () => {
    const stream = open();
    stream.send({ cancel_request: { watch_id: 99 } });
    stream.send({});
    const created = await stream.create({ key: bytes('a') });
    assert.equal(created.watch_id, '0');
    assert.deepEqual(stream.inbox.drain(), []);
  });

  test('the stream goes on after the client has half-closed it', async () => {
    const stream = open();
    const key = target.corner().key('a');
    await stream.create({ key });
    stream.halfClose();
    await put(key);
    assert.equal((await stream.events(0, 1)).length, 1);
  });

  test('events of one revision reach every watcher of it', async () => {
    const stream = open();
    const corner = target.corner();
    for (let id = 0; id < 20; id++) await stream.create(corner.all);
    const base = await target.client.revision();
    await put(corner.key('a'));
    for (let id = 0; id < 20; id++) {
      assert.equal(script(await stream.events(id, 1), base), '+a@1');
    }
  });

  test('revoking a lease is a deletion of its keys, in key order, at one revision', async () => {
    const stream = open();
    const corner = target.corner();
    const { ID } = await target.client.must('LeaseGrant', { TTL: 600 });
    for (const name of ['b', 'a']) {
      await target.client.must('Put', { key: corner.key(name), value: bytes(name), lease: ID });
    }
    await stream.create({ ...corner.all, prev_kv: true });
    await target.client.must('LeaseRevoke', { ID });
    const { events } = await stream.next(0);
    assert.deepEqual(
      events.map(({ type, prev_kv }) => [type, prev_kv?.value.toString(), prev_kv?.lease]),
      [
        ['DELETE', 'a', ID],
        ['DELETE', 'b', ID],
      ],
    );
  });
});
