/** Automatic compaction: what is older than the retention goes by itself. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, revisionOf } from './harness/answers.ts';
import { onEachBackend } from './harness/each-backend.ts';
import type { WireClient } from './harness/wire-client.ts';

/** Watches what was written at `revision`, again and again, until that is refused; the oldest that is left. */
async function compactedTo(client: WireClient, revision: number): Promise<number> {
  for (;;) {
    const outcome = await client.call('Range', { key: bytes('a'), revision });
    if ('code' in outcome) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const watch = client.watch();
  await watch.create({ key: bytes('a'), start_revision: revision });
  const { compact_revision: compacted } = await watch.inbox.next(({ canceled }) => canceled);
  watch.close();
  return Number(compacted);
}

onEachBackend(
  'periodic compaction',
  (target) => {
    test('drops what is older than the period, and nothing that lives', async () => {
      const { client } = target;
      const old = revisionOf(await client.must('Put', { key: bytes('a'), value: bytes('old') }));
      const newer = revisionOf(
        await client.must('Put', { key: bytes('a'), value: bytes('newer') }),
      );
      const oldest = await compactedTo(client, old);
      assert.ok(oldest >= newer, `compacted to ${oldest}`);
      assert.equal(
        (await client.must('Range', { key: bytes('a') })).kvs[0]?.value.toString(),
        'newer',
      );
    });
  },
  { flags: ['--auto-compaction-mode=periodic', '--auto-compaction-retention=1s'] },
);

onEachBackend(
  'a server told to retain all',
  (target) => {
    test('compacts nothing', async () => {
      const first = revisionOf(await target.client.must('Put', { key: bytes('a') }));
      await target.client.must('Put', { key: bytes('a') });
      await new Promise((resolve) => setTimeout(resolve, 300));
      await target.client.must('Range', { key: bytes('a'), revision: first });
    });
  },
  { flags: ['--auto-compaction-retention=0'] },
);
