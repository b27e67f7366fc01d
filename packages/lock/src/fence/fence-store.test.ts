/** Goal: a store that checks tokens lets nobody in who was there before somebody else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError } from '@concord/client';
import { assertFresh } from './fence-store.ts';
import { MemoryFenceStore } from './memory-fence-store.ts';

test('a token that is as high as the highest is fresh, a lower one is fenced off, each resource for itself', async () => {
  const store = new MemoryFenceStore();
  await assertFresh(store, 'file', 7);
  await assertFresh(store, 'file', 7);
  await assertFresh(store, 'file', 9);
  await assertFresh(store, 'other', 8);
  await assert.rejects(assertFresh(store, 'file', 8), (error) => {
    assert.ok(ConcordError.is(error, 'FENCED'));
    assert.match(error.message, /token 8 for "file" is older than one that was seen/);
    return error.outcome === 'not-applied' && !error.retryable;
  });
});
