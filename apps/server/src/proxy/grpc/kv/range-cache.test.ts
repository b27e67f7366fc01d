import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyRange } from '@concord/protocol';
import { RangeCache } from './range-cache.ts';

const answer = Buffer.from('answer');

/** Keeps the answer to a read of this range, under its name. */
function keep(cache: RangeCache, name: string, from: string, end = '', response = answer): void {
  const pending = cache.begin(keyRange(from, end));
  cache.add(pending, name, response);
  cache.end(pending);
}

test('what was answered is answered again, for five seconds', () => {
  let nowMs = 0;
  const cache = new RangeCache(() => nowMs);
  assert.equal(cache.get('a'), undefined);
  keep(cache, 'a', 'a');
  assert.deepEqual(cache.get('a'), answer);
  nowMs = 5001;
  assert.equal(cache.get('a'), undefined);
  assert.deepEqual([cache.hits, cache.misses, cache.size], [1, 2, 0]);
});

test('a write removes the answers that it touches, and no others', () => {
  const left = (from: string, end = ''): string => {
    const cache = new RangeCache(() => 0);
    keep(cache, 'a', 'a');
    keep(cache, 'b', 'b');
    keep(cache, 'a-c', 'a', 'c');
    keep(cache, 'x-', 'x', '\0');
    cache.invalidate(keyRange(from, end));
    return ['a', 'b', 'a-c', 'x-'].filter((name) => cache.get(name) !== undefined).join(' ');
  };
  assert.equal(left('a'), 'b x-');
  assert.equal(left('aa'), 'a b x-');
  assert.equal(left('b', 'c'), 'a x-');
  assert.equal(left('z'), 'a b a-c');
  assert.equal(left('c'), 'a b a-c x-');
  assert.equal(left('a', '\0'), '');
});

test('a read that was under way during a write is not kept', () => {
  const cache = new RangeCache(() => 0);
  const [touched, other] = [cache.begin(keyRange('a', '')), cache.begin(keyRange('b', ''))];
  cache.invalidate(keyRange('a', ''));
  cache.add(touched, 'a', answer);
  cache.add(other, 'b', answer);
  assert.deepEqual([cache.get('a'), cache.get('b')], [undefined, answer]);
});

test('it is bounded: by entries, of which the least used goes, and by bytes', () => {
  const cache = new RangeCache(() => 0);
  for (let i = 0; i < 2048; i++) keep(cache, `k${i}`, `k${i}`);
  cache.get('k0');
  keep(cache, 'one more', 'one more');
  assert.equal(cache.size, 2048);
  assert.deepEqual([cache.get('k0'), cache.get('k1')], [answer, undefined]);
  const megabyte = Buffer.alloc(1024 * 1024);
  for (let i = 0; i < 70; i++) keep(cache, `m${i}`, `m${i}`, '', megabyte);
  assert.equal(cache.get('m5'), undefined);
  assert.deepEqual(cache.get('m6'), megabyte);
  keep(cache, 'huge', 'huge', '', Buffer.alloc(2 * 1024 * 1024));
  assert.equal(cache.get('huge'), undefined);
});
