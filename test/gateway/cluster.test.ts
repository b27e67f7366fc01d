/** `/v1/cluster`: members and how they are, charts, backups and chores. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from '@concord/sdk';
import { onEachBackend } from './harness/gateway-process.ts';

interface Status {
  readonly leader: string;
  readonly hasQuorum: boolean;
  readonly revision: number;
  readonly members: readonly {
    readonly id: string;
    readonly state: string;
    readonly isLeader: boolean;
  }[];
}

onEachBackend('the cluster', (target) => {
  test('a member is shown with its state, and leads alone', async () => {
    const { body } = await target.gateway.json<Status>('GET', '/v1/cluster/status');
    assert.equal(body.hasQuorum, true);
    assert.deepEqual(
      body.members.map(({ state, isLeader }) => [state, isLeader]),
      [['healthy', true]],
    );
    assert.equal(body.members[0]?.id, body.leader);
  });

  test('a sample tells rates once there was another before it', async () => {
    interface Samples {
      readonly items: readonly { readonly writesPerSecond?: number; readonly keys?: number }[];
    }
    const path = '/v1/cluster/samples';
    let samples = (await target.gateway.json<Samples>('GET', path)).body.items;
    while (samples.at(-1)?.writesPerSecond === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      samples = (await target.gateway.json<Samples>('GET', path)).body.items;
    }
    assert.ok(samples.at(-1)!.writesPerSecond! >= 0);
  });

  test('a member that is added is told how to start, and can be taken back', async () => {
    const add = (peerUrls: unknown) =>
      target.gateway.json<{ member: { id: string; isLearner: boolean }; initialCluster: string }>(
        'POST',
        '/v1/cluster/members',
        { body: { peerUrls } },
      );
    assert.equal((await add(['not a url'])).status, 400);
    const added = await add(['http://127.0.0.1:1']);
    assert.equal(added.status, 201);
    assert.equal(added.body.member.isLearner, true);
    assert.match(added.body.initialCluster, /NAME=http:\/\/127\.0\.0\.1:1/);
    const { id } = added.body.member;
    const status = await target.gateway.json<Status>('GET', '/v1/cluster/status');
    assert.equal(status.body.members.find((member) => member.id === id)?.state, 'not-started');
    const early = await target.gateway.json('POST', `/v1/cluster/members/${id}/promote`);
    assert.ok(early.status === 409 || early.status === 400, `promoted too early: ${early.status}`);
    assert.equal((await target.gateway.json('DELETE', `/v1/cluster/members/${id}`)).status, 200);
    assert.equal((await target.gateway.json('DELETE', `/v1/cluster/members/${id}`)).status, 404);
  });

  test('a backup is the file that etcdctl would have saved', async () => {
    const response = await fetch(`${target.gateway.url}/v1/cluster/snapshot`);
    assert.equal(response.status, 200);
    const file = Buffer.from(await response.arrayBuffer());
    assert.equal(file.length, Number(response.headers.get('content-length')));
    // The magic number of bbolt's first page, and the checksum that Snapshot puts behind the pages.
    assert.equal(file.readUInt32LE(16), 0xed0cdaed);
    assert.equal(file.length % 512, 32);
  });

  test('history is given up on demand, and asking for it then is answered plainly', async () => {
    await using concord = await connect({ endpoints: [target.server.endpoint] });
    const key = target.name('compacted');
    const { revision: first } = await concord.client.kv.put(key, 'one');
    const { revision } = await concord.client.kv.put(key, 'two');
    const compacted = await target.gateway.json('POST', '/v1/cluster/compact', {
      body: { revision },
    });
    assert.equal(compacted.status, 200);
    const gone = await target.gateway.json<{ type: string }>(
      'GET',
      `/v1/keys/${key}?revision=${first}`,
    );
    assert.equal(gone.status, 410);
    assert.match(gone.body.type, /:gone$/);
    const past = await target.gateway.json<{ items: unknown[]; isComplete: boolean }>(
      'GET',
      `/v1/keys/${key}/history`,
    );
    assert.deepEqual([past.body.items.length, past.body.isComplete], [1, false]);
  });
});
