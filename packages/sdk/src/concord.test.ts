/** What needs no cluster: options are checked before anything is sent. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, ConcordError } from '@concord/client';
import { Concord, connect } from './concord.ts';

test('nobody at an endpoint is told with the endpoint', async () => {
  await assert.rejects(
    connect({ endpoints: ['127.0.0.1:1'], timeout: '300ms' }),
    (error) => ConcordError.is(error, 'UNAVAILABLE') && error.message.includes('127.0.0.1:1'),
  );
});

test('parts are made once, when they are asked for', async () => {
  await using concord = new Concord(Client.open({ endpoints: ['127.0.0.1:1'] }));
  assert.equal(concord.registry, concord.registry);
  assert.equal(concord.config, concord.config);
  assert.equal(concord.lock, concord.lock);
  assert.equal(concord.election, concord.election);
});

test('no options at all are refused, and told apart from a failure', async () => {
  for (const options of [undefined, null, 'localhost:2379']) {
    await assert.rejects(connect(options as never), {
      code: 'INVALID_ARGUMENT',
      message: /connect: options are .*; give an object with endpoints/,
    });
  }
});
