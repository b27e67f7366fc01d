/**
 * Watch progress: what a client that sees no events may know, by request and by interval.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { bytes, revisionOf } from './harness/answers.ts';
import { etcd, type Backend } from './harness/backend.ts';
import { onEachBackend } from './harness/each-backend.ts';
import type { WatchResponse } from './harness/messages.ts';
import { notice } from './harness/watch-responses.ts';
import type { WatchStream } from './harness/watch-stream.ts';

/** The option has another name before 3.6, and both together are refused. Concord takes either. */
const INTERVAL_VARIABLE = isBefore36(etcd())
  ? 'ETCD_EXPERIMENTAL_WATCH_PROGRESS_NOTIFY_INTERVAL'
  : 'ETCD_WATCH_PROGRESS_NOTIFY_INTERVAL';

function isBefore36(backend: Backend | undefined): boolean {
  if (backend === undefined) return false;
  const { stdout } = spawnSync(backend.executable, ['--version'], { encoding: 'utf8' });
  return /^etcd Version: 3\.[0-5]\./m.test(stdout);
}

function assertProgress({ header, ...rest }: WatchResponse, watch_id: string): void {
  assert.notEqual(header?.revision, '0');
  assert.deepEqual(rest, notice({ watch_id }));
}

onEachBackend('watch progress by request', (target) => {
  /** A request may be dropped while a watcher catches up: the client asks again. */
  const progress = async (stream: WatchStream): Promise<WatchResponse> => {
    const answer = stream.next(-1);
    const again = setInterval(() => stream.send({ progress_request: {} }), 200);
    stream.send({ progress_request: {} });
    try {
      return await answer;
    } finally {
      clearInterval(again);
    }
  };

  test('answers for the whole stream with watch id -1 and the current revision', async () => {
    const stream = target.client.watch();
    const key = target.corner().key('a');
    await stream.create({ key });
    const current = revisionOf(await target.client.must('Put', { key: target.corner().key('b') }));
    const answer = await progress(stream);
    assertProgress(answer, '-1');
    assert.equal(revisionOf(answer), current);
    stream.close();
  });

  test('comes after the events up to its revision', async (t) => {
    const skip = target.changed({
      since: '3.5.8',
      now: '',
      then: 'etcd answers out of order',
      because: 'progress went around the queue of events',
    });
    if (skip !== '') return t.skip(skip);
    const stream = target.client.watch();
    const key = target.corner().key('a');
    await stream.create({ key });
    for (let round = 0; round < 50; round++) {
      const written = revisionOf(await target.client.must('Put', { key }));
      stream.send({ progress_request: {} });
      let last = 0;
      for (;;) {
        const response = await stream.inbox.next();
        if (response.watch_id === '-1') {
          assert.ok(last === written || revisionOf(response) < written, `round ${round}`);
          if (revisionOf(response) >= written) break;
          stream.send({ progress_request: {} });
        } else {
          last = Number(response.events[0]?.kv?.mod_revision);
          // Dropped while the watcher was behind: ask again.
          stream.send({ progress_request: {} });
        }
      }
      stream.inbox.drain();
    }
    stream.close();
  });

  test('a stream without watchers gets no answer', async (t) => {
    const skip = target.changed({
      since: '3.5.8',
      now: '',
      then: 'etcd answers',
      because: 'the rule came with the ordered progress',
    });
    if (skip !== '') return t.skip(skip);
    const stream = target.client.watch();
    stream.send({ progress_request: {} });
    const created = await stream.create({ key: bytes('a') });
    assert.equal(created.watch_id, '0');
    assert.deepEqual(stream.inbox.drain(), []);
    assertProgress(await progress(stream), '-1');
    stream.close();
  });

  test('a watcher whose start is in the future holds the answer back', async (t) => {
    const skip = target.changed({
      since: '3.5.8',
      now: '',
      then: 'etcd answers at once',
      because: 'the rule came with the ordered progress',
    });
    if (skip !== '') return t.skip(skip);
    const stream = target.client.watch();
    const key = target.corner().key('a');
    const current = await target.client.revision();
    await stream.create({ key, start_revision: current + 2 });
    stream.send({ progress_request: {} });
    await target.client.must('Put', { key });
    await target.client.must('Put', { key });
    const answer = await progress(stream);
    assert.ok(revisionOf(answer) >= current + 2, `${revisionOf(answer)} of ${current + 2}`);
    stream.close();
  });
});

onEachBackend(
  'watch progress by interval',
  (target) => {
    test('reaches the watchers that ask for it, and only them', async () => {
      const stream = target.client.watch();
      const corner = target.corner();
      await stream.create({ key: corner.key('a') });
      await stream.create({ key: corner.key('a'), progress_notify: true });
      const current = revisionOf(await target.client.must('Put', { key: corner.key('other') }));
      for (let told = 0; told < 2;) {
        const response = await stream.inbox.next();
        assertProgress(response, '1');
        // The interval may have ended before the put: that notice told the revision before it.
        if (told === 0 && revisionOf(response) < current) continue;
        assert.equal(revisionOf(response), current);
        told += 1;
      }
      stream.close();
    });

    test('tells no revision whose events have not been sent', async () => {
      const stream = target.client.watch();
      const key = target.corner().key('a');
      await stream.create({ key, progress_notify: true });
      let told = 0;
      const written: number[] = [];
      for (let round = 0; round < 3; round++) {
        for (let i = 0; i < 20; i++) {
          written.push(revisionOf(await target.client.must('Put', { key })));
        }
        for (;;) {
          const response = await stream.next(0);
          if (response.events.length === 0) {
            assert.ok(revisionOf(response) >= told);
            told = revisionOf(response);
            assert.ok((written[0] ?? Infinity) > told, 'every event up to it has been sent');
            break;
          }
          for (const { kv } of response.events) {
            assert.equal(Number(kv?.mod_revision), written.shift());
            assert.ok(Number(kv?.mod_revision) > told);
          }
        }
      }
      stream.close();
    });
  },
  {
    environment: { [INTERVAL_VARIABLE]: '200ms' },
  },
);
