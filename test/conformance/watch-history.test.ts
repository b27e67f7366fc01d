/**
 * Watch over the past: where it starts, how it is told, what is left of it after a compaction.
 */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { bytes, names, revisionOf } from './harness/answers.ts';
import { onEachBackend, withFreshServer } from './harness/each-backend.ts';
import type { WatchResponse } from './harness/messages.ts';
import { assertRefused, notice, script } from './harness/watch-responses.ts';
import type { WatchStream } from './harness/watch-stream.ts';

onEachBackend('Watch, history', (target) => {
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

  test('replays history from the start revision on, then goes live', async () => {
    const corner = target.corner();
    const key = corner.key('a');
    const first = await put(key, '1');
    await put(key, '2');
    await remove(key);
    await put(key, '3');
    const base = first - 1;
    for (const [start, expected] of [
      [first, '+a1@1 +a2@2 -a@3 +a3@4'],
      [first + 2, '-a@3 +a3@4'],
      [first + 3, '+a3@4'],
    ] as const) {
      const stream = open();
      const created = await stream.create({ key, start_revision: start });
      assert.equal(revisionOf(created), first + 3);
      const events = await stream.events(0, expected.split(' ').length);
      assert.equal(script(events, base), expected);
    }
    const stream = open();
    await stream.create({ key, start_revision: first });
    await put(key, '4');
    assert.equal(script(await stream.events(0, 5), base), '+a1@1 +a2@2 -a@3 +a3@4 +a4@5');
  });

  test('waits for a start revision in the future and leaves out what is before it', async () => {
    const stream = open();
    const key = target.corner().key('a');
    const base = await target.client.revision();
    await stream.create({ key, start_revision: base + 3 });
    for (const value of ['1', '2', '3', '4']) await put(key, value);
    assert.equal(script(await stream.events(0, 2), base), '+a3@3 +a4@4');
  });

  test('starts with the next revision when no start is given', async () => {
    const stream = open();
    const key = target.corner().key('a');
    await put(key, '1');
    await stream.create({ key });
    const base = await target.client.revision();
    await put(key, '2');
    assert.equal(script(await stream.events(0, 1), base), '+a2@1');
  });

  test('filters history as well', async () => {
    const key = target.corner().key('a');
    const first = await put(key);
    await remove(key);
    await put(key);
    await remove(key);
    const stream = open();
    await stream.create({ key, start_revision: first, filters: ['NOPUT'] });
    assert.equal(script(await stream.events(0, 2), first), '-a@1 -a@3');
  });

  test('a start below the compacted revision is told so; the stream goes on', async () => {
    const key = target.corner().key('a');
    const first = await put(key, '1');
    await put(key, '2');
    await put(key, '3');
    await target.client.must('Compact', { revision: first + 1 });
    const stream = open();
    const created = await stream.create({ key, start_revision: first });
    assert.deepEqual([created.watch_id, created.canceled], ['0', false]);
    const { header, ...rest } = await stream.next(0);
    assert.equal(header?.revision, '0');
    assert.deepEqual(
      rest,
      notice({ watch_id: '0', canceled: true, compact_revision: String(first + 1) }),
    );
    const again = await stream.create({ key, start_revision: first + 1 });
    const events = await stream.events(again.watch_id, 2);
    assert.equal(script(events, first), '+a2@1 +a3@2');
  });

  test('the id of a watcher ended by a compaction stays taken until it is cancelled', async () => {
    const key = target.corner().key('a');
    const first = await put(key);
    await target.client.must('Compact', { revision: await put(key) });
    const stream = open();
    await stream.create({ key, start_revision: first, watch_id: 7 });
    assert.equal((await stream.next(7)).canceled, true);
    const reason = 'mvcc: duplicate watch ID provided on the WatchStream';
    assertRefused(await stream.create({ key, watch_id: 7 }), reason);
    const { canceled, compact_revision } = await stream.cancel(7);
    assert.deepEqual([canceled, compact_revision], [true, '0']);
    assert.equal((await stream.create({ key, watch_id: 7 })).canceled, false);
  });

  test('the previous key-value is missing when it is compacted', async () => {
    const key = target.corner().key('a');
    const first = await put(key, '1');
    await put(key, '2');
    await put(key, '3');
    await target.client.must('Compact', { revision: first + 1, physical: true });
    const stream = open();
    await stream.create({ key, start_revision: first + 1, prev_kv: true });
    const events = await stream.events(0, 2);
    assert.deepEqual(
      events.map(({ prev_kv }) => prev_kv?.value.toString()),
      [undefined, '2'],
    );
  });

  test('a long history comes complete, in order, never half a revision', async () => {
    const corner = target.corner();
    const base = await target.client.revision();
    const pair = (i: number) => [
      { request_put: { key: corner.key(`a${i}`) } },
      { request_put: { key: corner.key(`b${i}`) } },
    ];
    for (let i = 0; i < 1100; i++) await target.client.must('Txn', { success: pair(i) });
    const stream = open();
    await stream.create({ ...corner.all, start_revision: base + 1 });
    const seen: string[] = [];
    while (seen.length < 2200) {
      const { events } = await stream.next(0);
      seen.push(...names(events.flatMap(({ kv }) => kv ?? [])));
      assert.equal(seen.length % 2, 0, 'both events of a revision come together');
    }
    const expected = Array.from({ length: 1100 }, (_, i) => [`a${i}`, `b${i}`]).flat();
    assert.deepEqual(seen, expected);
  });

  test('splits an oversize response only if the watcher allows it', async () => {
    const flags = ['--max-request-bytes=1024'];
    await withFreshServer(target.backend, { flags }, async (client) => {
      // What one revision says in more than --max-request-bytes + 512 KiB: many deletions with what was there.
      const count = 700;
      const key = (i: number): Buffer => bytes(`k${String(i).padStart(4, '0')}`);
      for (let i = 0; i < count; i++) {
        await client.must('Put', { key: key(i), value: Buffer.alloc(900) });
      }
      const range = { key: bytes('k'), range_end: bytes('l') };
      const removed = await client.must('DeleteRange', range);
      const stream = client.watch();
      const history = { ...range, prev_kv: true, start_revision: revisionOf(removed) };
      await stream.create({ ...history, fragment: true });
      const parts: WatchResponse[] = [];
      const seen: string[] = [];
      while (seen.length < count) {
        const part = await stream.next(0);
        parts.push(part);
        seen.push(...part.events.map(({ kv }) => String(kv?.key)));
      }
      assert.deepEqual(
        seen,
        Array.from({ length: count }, (_, i) => String(key(i))),
      );
      assert.ok(parts.length >= 2, 'the revision says more than one response may hold');
      assert.deepEqual(
        parts.map(({ fragment }) => fragment),
        parts.map((_, index) => index < parts.length - 1),
      );
      await stream.create(history);
      const whole = await stream.next(1);
      assert.deepEqual([whole.events.length, whole.fragment], [count, false]);
      stream.close();
    });
  });
});
