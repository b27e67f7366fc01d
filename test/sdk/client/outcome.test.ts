/**
 * Goal: what an error says of a write's fate is true, and no write is made twice. Method: a line that loses answers,
 * refuses or hangs, and the store asked past it what became of each write.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Client, ConcordError, compare, missing, op } from '@concord/client';
import { onEachBackend } from '../harness/each-backend.ts';

const failureOf = async (promise: Promise<unknown>): Promise<ConcordError> => {
  const error = await promise.then(
    () => assert.fail('it should have failed'),
    (reason: unknown) => reason,
  );
  assert.ok(ConcordError.is(error), String(error));
  return error;
};

onEachBackend('a write', (target) => {
  const clients: Client[] = [];
  after(() => Promise.all(clients.map((client) => client.close())));
  const connect = async (endpoints = target.endpoints): Promise<Client> => {
    const client = await Client.connect({ endpoints });
    clients.push(client);
    return client;
  };
  const line = (): ReturnType<(typeof target)['lines']['at']> => target.lines.at(0);

  test('whose answer is lost is of unknown fate, and was made once', async () => {
    const corner = `${target.corner()}/`;
    const [client, direct] = [
      (await connect()).namespace(corner),
      await connect(target.processes.direct),
    ];
    await client.kv.put('a', 'before');
    line().dropReplies();
    const loss = line().next('loss');
    const put = failureOf(client.kv.put('a', 'after'));
    await loss;
    line().breakConnections();
    const { code, outcome, retryable, message } = await put;
    assert.deepEqual([code, outcome, retryable], ['UNAVAILABLE', 'unknown', true]);
    assert.match(message, /^kv\.put: a: .*may or may not have been applied/);
    const entry = await direct.namespace(corner).kv.get('a');
    assert.deepEqual([entry?.text, entry?.version], ['after', 2]);
  });

  test('that never left is not applied: it waits for the line and is made once', async () => {
    const client = (await connect()).namespace(`${target.corner()}/`);
    await client.kv.put('a', '1');
    line().cut();
    // What is written before the break is heard of could have gone through.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { code, outcome } = await failureOf(client.kv.put('a', '2', { timeout: 300 }));
    assert.deepEqual([code, outcome], ['UNAVAILABLE', 'not-applied']);
    const put = client.kv.put('a', '3', { timeout: '10s' });
    setTimeout(() => line().heal(), 300);
    await put;
    assert.equal((await client.kv.get('a'))?.version, 2);
  });

  test('that hangs ends by its deadline or its signal, of unknown fate; a read has none', async () => {
    const client = (await connect()).namespace(`${target.corner()}/`);
    await client.kv.put('a', '1');
    line().pause();
    const late = await failureOf(client.kv.put('a', '2', { timeout: 200 }));
    assert.deepEqual([late.code, late.outcome], ['DEADLINE', 'unknown']);
    const controller = new AbortController();
    const aborted = failureOf(client.kv.put('a', '3', { signal: controller.signal }));
    setTimeout(() => controller.abort(new Error('no more')), 50);
    assert.equal((await aborted).code, 'ABORTED');
    const read = await failureOf(client.kv.get('a', { timeout: 200 }));
    assert.deepEqual([read.code, read.outcome], ['DEADLINE', 'not-applied']);
    const early = await failureOf(client.kv.get('a', { signal: AbortSignal.abort() }));
    assert.deepEqual([early.code, early.outcome], ['ABORTED', 'not-applied']);
  });

  test('that says it may be repeated is, until it is answered', async () => {
    const client = (await connect()).namespace(`${target.corner()}/`);
    await client.kv.put('x', '');
    line().dropReplies();
    const loss = line().next('loss');
    const txn = client.kv.txn().if(missing('a')).then(op.put('a', '1')).else(op.get('a'));
    const committed = txn.commit({ repeatable: true });
    await loss;
    line().heal();
    const { succeeded, results } = await committed;
    // The first time went through; the second found it.
    assert.equal(succeeded, false);
    assert.equal(results[0]?.kind === 'get' && results[0].entry?.text, '1');
  });

  test('that the server refuses is not applied, and the error names the remedy', async () => {
    const client = (await connect()).namespace(`${target.corner()}/`);
    const { revision } = await client.kv.put('a', '1');
    const large = await failureOf(client.kv.put('a', 'x'.repeat(2_000_000)));
    assert.deepEqual([large.code, large.outcome], ['QUOTA', 'not-applied']);
    const orphan = await failureOf(client.kv.put('a', '', { lease: 77n }));
    assert.deepEqual([orphan.code, orphan.outcome], ['NOT_FOUND', 'not-applied']);
    const future = await failureOf(client.kv.get('a', { revision: revision + 1000 }));
    assert.equal(future.code, 'NOT_FOUND');
    const twice = client.kv.txn().then(op.put('a', ''), op.put('a', '')).commit();
    assert.equal((await failureOf(twice)).code, 'INVALID_ARGUMENT');
    const many = Array.from({ length: 200 }, (_, i) => op.put(`k${i}`, ''));
    assert.equal(
      (
        await failureOf(
          client.kv
            .txn()
            .then(...many)
            .commit(),
        )
      ).code,
      'QUOTA',
    );
    const backwards = client.watch({ from: 'b', to: 'a' }).created();
    assert.equal((await failureOf(backwards)).code, 'INVALID_ARGUMENT');
    await client.kv.txn().if(compare('a').lease('=', 0n)).then(op.put('a', '2')).commit();
    await client.kv.put('a', '3');
    await client.kv.compact(revision + 2);
    const past = await failureOf(client.kv.get('a', { revision }));
    assert.deepEqual([past.code, past.retryable], ['COMPACTED', false]);
  });

  test('in flight when the client closes ends with CLOSED, as everything after', async () => {
    const client = await connect();
    const mirror = client.mirror({ prefix: target.corner() });
    await mirror.ready();
    const watch = client.watch('a');
    await watch.created();
    const next = failureOf(watch.next());
    line().pause();
    const put = failureOf(client.kv.put('a', ''));
    const get = failureOf(client.kv.get('a'));
    await client.close();
    assert.deepEqual([(await put).code, (await put).outcome], ['CLOSED', 'unknown']);
    assert.equal((await get).code, 'CLOSED');
    assert.equal((await next).code, 'CLOSED');
    assert.equal(mirror.state, 'closed');
    assert.equal((await failureOf(client.kv.get('a'))).code, 'CLOSED');
    assert.equal((await failureOf(client.session())).code, 'CLOSED');
    assert.throws(() => client.mirror('a'), { code: 'CLOSED' });
    assert.equal((await failureOf(client.watch('a').next())).code, 'CLOSED');
    await client.close();
  });
});
