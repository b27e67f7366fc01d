/** Tokens are asked for once at a time, and only by who was refused with the present one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TokenSource } from './credentials.ts';

test('many that were refused at once wait for one answer', async () => {
  let asked = 0;
  const tokens = new TokenSource(() => Promise.resolve(`token${++asked}`));
  await Promise.all(Array.from({ length: 10 }, () => tokens.refresh(0)));
  assert.deepEqual([asked, tokens.token, tokens.generation], [1, 'token1', 1]);
  // Refused with a token that has been replaced meanwhile: nothing to do.
  await tokens.refresh(0);
  assert.equal(asked, 1);
  await tokens.refresh(1);
  assert.deepEqual([asked, tokens.token], [2, 'token2']);
});

test('a refusal is told to all who waited, and the next one asks again', async () => {
  let isRefused = true;
  const tokens = new TokenSource(() =>
    isRefused ? Promise.reject(new Error('no')) : Promise.resolve('yes'),
  );
  const results = await Promise.allSettled([tokens.refresh(0), tokens.refresh(0)]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  isRefused = false;
  await tokens.refresh(0);
  assert.equal(tokens.token, 'yes');
});
