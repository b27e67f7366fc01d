import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LastKnown } from './last-known.ts';

const answer = (body: unknown) => ({ body, etag: undefined, atMs: 1 });

test('the latest answer to a question is kept, for who asked', () => {
  const known = new LastKnown();
  known.keep('ann GET /v1/services', answer({ items: [1] }));
  known.keep('ann GET /v1/services', answer({ items: [2] }));
  assert.deepEqual(known.get('ann GET /v1/services')?.body, { items: [2] });
  assert.equal(known.get('bob GET /v1/services'), undefined);
});

test('what was asked for longest ago goes first when there is too much', () => {
  const known = new LastKnown(250);
  const body = 'x'.repeat(80);
  for (const key of ['a', 'b']) known.keep(key, answer(body));
  known.get('a');
  known.keep('c', answer(body));
  known.keep('d', answer(body));
  assert.equal(known.get('b'), undefined);
  assert.ok(known.get('d'));
});
