/** The client's parts together, against one member: what the README's first example shows. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Client, compare, ConcordError, exists, missing, op } from '@concord/client';
import { onEachBackend } from '../harness/each-backend.ts';

onEachBackend('the client', (target) => {
  const clients: Client[] = [];
  after(() => Promise.all(clients.map((client) => client.close())));
  const connect = async (): Promise<Client> => {
    const client = await Client.connect({ endpoints: target.endpoints });
    clients.push(client);
    return client;
  };

  test('puts, gets, ranges and deletes within its namespace', async () => {
    const root = await connect();
    const client = root.namespace(`${target.corner()}/`);
    assert.equal(await client.kv.get('a'), undefined);
    const put = await client.kv.put('a', 'one');
    const entry = await client.kv.get('a');
    assert.equal(entry?.text, 'one');
    assert.equal(entry.key, 'a');
    assert.equal(entry.modRevision, put.revision);
    await client.kv.put('b', new Uint8Array([0xff, 0]));
    const all = await client.kv.range({ prefix: '' });
    assert.deepEqual(
      all.entries.map(({ key }) => key),
      ['a', 'b'],
    );
    const open = await client.kv.range({ from: 'b' });
    assert.deepEqual(
      open.entries.map(({ key }) => key),
      ['b'],
    );
    const again = await client.kv.put('a', 'two', { previous: true });
    assert.equal(again.previous?.text, 'one');
    const gone = await client.kv.delete({ prefix: '' }, { previous: true });
    assert.equal(gone.deleted, 2);
    assert.deepEqual(
      gone.previous.map(({ key }) => key),
      ['a', 'b'],
    );
  });

  test('pages through a range at one revision', async () => {
    const client = (await connect()).namespace(`${target.corner()}/`);
    for (let i = 0; i < 25; i++) await client.kv.put(`k${String(i).padStart(2, '0')}`, `${i}`);
    const keys: string[] = [];
    let revision = 0;
    for await (const page of client.kv.pages({ prefix: 'k' }, { pageSize: 10 })) {
      revision ||= page.revision;
      assert.equal(page.revision, revision);
      keys.push(...page.entries.map(({ key }) => key));
      await client.kv.put('k99', 'later');
    }
    assert.equal(keys.length, 25);
    assert.ok(!keys.includes('k99'));
  });

  test('commits transactions, nested ones too', async () => {
    const client = (await connect()).namespace(`${target.corner()}/`);
    const first = await client.kv
      .txn()
      .if(missing('x'))
      .then(op.put('x', '1'), op.get('x'))
      .else(op.get('x'))
      .commit();
    assert.equal(first.succeeded, true);
    assert.equal(first.results[1]?.kind === 'get' && first.results[1].entry?.text, '1');
    const inner = client.kv.txn().if(exists('x')).then(op.put('y', '2'));
    const second = await client.kv
      .txn()
      .if(compare('x').value('=', '1'), compare('x').version('=', 1))
      .then(op.txn(inner), op.delete('x'))
      .commit();
    assert.deepEqual(
      second.results.map(({ kind }) => kind),
      ['txn', 'delete'],
    );
    assert.equal((await client.kv.get('y'))?.text, '2');
    // What JavaScript does where `commit()` was forgotten.
    const awaited = Promise.resolve(client.kv.txn().then(op.get('x')) as unknown);
    await assert.rejects(awaited, {
      code: 'INVALID_ARGUMENT',
    });
  });

  test('watches from a revision, one batch a revision', async () => {
    const client = (await connect()).namespace(`${target.corner()}/`);
    const { revision } = await client.kv.put('a', '1');
    await client.kv.txn().then(op.put('a', '2'), op.put('b', '2')).commit();
    await client.kv.delete('a');
    await using watch = client.watch({ prefix: '' }, { from: revision, previous: true });
    const seen: unknown[] = [];
    for await (const batch of watch) {
      if (batch.type !== 'changes') continue;
      seen.push([
        batch.revision - revision,
        ...batch.changes.map((change) =>
          change.kind === 'put' ? `${change.entry.key}=${change.entry.text}` : `-${change.key}`,
        ),
      ]);
      if (seen.length === 3) break;
    }
    assert.deepEqual(seen, [
      [0, 'a=1'],
      [1, 'a=2', 'b=2'],
      [2, '-a'],
    ]);
  });

  test('a watch of a compacted revision ends with COMPACTED', async () => {
    const client = (await connect()).namespace(`${target.corner()}/`);
    const { revision } = await client.kv.put('a', '1');
    const last = await client.kv.put('a', '2');
    await client.kv.compact(last.revision);
    const watch = client.watch('a', { from: revision });
    await assert.rejects(watch.next(), { code: 'COMPACTED' });
  });

  test('mirrors a prefix and follows it', async () => {
    const client = (await connect()).namespace(`${target.corner()}/`);
    await client.kv.put('s/a', '1');
    await using mirror = client.mirror({ prefix: 's/' });
    const batches: string[] = [];
    mirror.onBatch(({ type, changes }) => batches.push(`${type} ${changes.length}`));
    await mirror.ready();
    assert.equal(mirror.state, 'live');
    assert.equal(mirror.entries.get('s/a')?.text, '1');
    const { revision } = await client.kv.txn().then(op.put('s/b', '2'), op.delete('s/a')).commit();
    await mirror.reached(revision, { timeout: '5s' });
    assert.deepEqual([...mirror.entries.keys()], ['s/b']);
    assert.deepEqual(batches, ['snapshot 1', 'changes 2']);
    const other = await client.kv.put('elsewhere', '');
    await mirror.reached(other.revision, { timeout: '5s' });
    assert.ok(mirror.revision >= other.revision);
  });

  test('keeps a session alive, and its close deletes what went with it', async () => {
    const client = (await connect()).namespace(`${target.corner()}/`);
    const session = await client.session({ ttl: '2s' });
    await client.kv.put('mine', '', { lease: session.lease });
    assert.equal(session.state, 'live');
    await session.events.once('renewed');
    assert.ok(session.remainingMs() > 1000, `${session.remainingMs()}`);
    const { keys } = await client.leases.timeToLive(session.lease, { keys: true });
    assert.deepEqual(keys, ['mine']);
    assert.ok((await client.leases.list()).includes(session.lease));
    await session.close();
    assert.equal(await client.kv.get('mine'), undefined);
    assert.equal(session.state, 'closed');
    assert.ok(session.signal.aborted);
    await assert.rejects(client.leases.timeToLive(session.lease), { code: 'NOT_FOUND' });
  });

  test('a revoked lease is a lost session', async () => {
    const client = await connect();
    const session = await client.session({ ttl: '2s' });
    const lost = session.events.once('lost');
    await client.leases.revoke(session.lease);
    assert.equal((await lost).cause, 'gone');
    assert.equal(session.state, 'lost');
    assert.ok(session.remainingMs() < 0);
    assert.ok(ConcordError.is(session.signal.reason, 'SESSION_LOST'));
  });
});
