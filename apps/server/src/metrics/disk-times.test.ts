import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStore } from '@concord/kv';
import { DiskTimes } from './disk-times.ts';

test('each append and each commit is observed once it is done, not before', async () => {
  const times = new DiskTimes();
  const waiting: (() => void)[] = [];
  const log = times.observedLog({
    append: (_hardState, _entries, durable) => waiting.push(durable),
    release: () => undefined,
  });
  const store = times.observedStore(new MemoryStore());
  const countOf = ({ counts }: DiskTimes['walFsync']): number => counts.reduce((a, b) => a + b);

  log.append(undefined, [], () => undefined);
  assert.equal(countOf(times.walFsync), 0);
  for (const durable of waiting) durable();
  assert.equal(countOf(times.walFsync), 1);

  await new Promise<void>((resolve) =>
    store.commit(new Map([['meta', new Map([['k', new Uint8Array(1)]])]]), resolve),
  );
  assert.equal(countOf(times.backendCommit), 1);
  assert.deepEqual(store.get('meta', 'k'), new Uint8Array(1));
});
