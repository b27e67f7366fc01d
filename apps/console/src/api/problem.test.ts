import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gatewayAway, mayPassByItself, problemOf } from './problem.ts';

const answer = (status: number, body: string) => new Response(body, { status });

test('a problem document keeps its code, its request id and what is wrong with each field', async () => {
  const problem = await problemOf(
    answer(
      400,
      JSON.stringify({
        type: 'urn:concord:problem:invalid-request',
        detail: 'body.weight: too big',
        requestId: 'r-1',
        errors: [{ field: 'body.weight', message: 'too big' }],
      }),
    ),
  );
  assert.equal(problem.code, 'invalid-request');
  assert.equal(problem.message, 'body.weight: too big');
  assert.equal(problem.document.requestId, 'r-1');
  assert.deepEqual(problem.fieldMessages, { weight: 'too big' });
});

test("a proxy's page in the place of the gateway's answer is a gateway that is away", async () => {
  assert.equal((await problemOf(answer(502, '<html>'))).code, 'gateway-away');
  assert.equal((await problemOf(answer(404, '<html>'))).code, 'not-found');
  assert.equal((await problemOf(answer(500, ''))).code, 'internal');
});

test('only failures that pass by themselves are worth asking again', async () => {
  assert.ok(mayPassByItself(gatewayAway(new TypeError('failed to fetch'))));
  assert.ok(!mayPassByItself(await problemOf(answer(403, '{}'))));
  assert.ok(!mayPassByItself(new Error('a defect')));
});
