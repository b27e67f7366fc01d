import assert from 'node:assert/strict';
import { test } from 'node:test';

import { HeadCache } from './head-cache.ts';
import type { RequestHead } from './request-head.ts';

const head = (reason: string): RequestHead => ({ kind: 'malformed', reason });

test('finds equal blocks of the same generation only', () => {
  const cache = new HeadCache();
  const block = Buffer.from('--block--');
  const one = head('one');
  cache.remember(block, 2, 7, 5, one);
  assert.equal(cache.find(Buffer.from('block'), 0, 5, 5), one);
  assert.equal(cache.find(Buffer.from('block'), 0, 5, 6), undefined);
  assert.equal(cache.find(Buffer.from('blocks'), 0, 6, 5), undefined);
  assert.equal(cache.find(Buffer.from('clock'), 0, 5, 5), undefined);
});

test('a remembered block does not change with the chunk that it was read from', () => {
  const cache = new HeadCache();
  const chunk = Buffer.from('block');
  cache.remember(chunk, 0, 5, 1, head('one'));
  chunk.write('xxxxx');
  assert.ok(cache.find(Buffer.from('block'), 0, 5, 1) !== undefined);
});

test('never confuses two blocks, whatever slots they share', () => {
  const cache = new HeadCache();
  for (let index = 0; index < 1_000; index++) {
    const block = Buffer.from(`block ${String(index)}`);
    const own = head(String(index));
    cache.remember(block, 0, block.length, 1, own);
    assert.equal(cache.find(block, 0, block.length, 1), own);
    const other = Buffer.from(`block ${String(index - 1)}`);
    const found = cache.find(other, 0, other.length, 1);
    assert.ok(
      found === undefined || (found.kind === 'malformed' && found.reason === String(index - 1)),
    );
  }
});
