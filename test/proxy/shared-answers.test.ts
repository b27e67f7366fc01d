/** Goal: what several clients of a proxy share, and what they must not. Method: the server's counts of what reached it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { bytes } from '../conformance/harness/answers.ts';
import { WireClient } from '../conformance/harness/wire-client.ts';
import { backends, ProxiedServer } from './proxied-server.ts';

const CLIENTS = 50;

for (const backend of backends()) {
  describe(`answers that a proxy shares, on ${backend.name}`, () => {
    let proxied: ProxiedServer;
    before(async () => {
      proxied = await ProxiedServer.start(backend);
    });
    after(() => proxied[Symbol.asyncDispose]());

    test('fifty clients keep one lease alive with one request', async () => {
      const { ID: id } = await proxied.client.must('LeaseGrant', { TTL: 600 });
      const clients = Array.from({ length: CLIENTS }, () => new WireClient(proxied.proxy.endpoint));
      const streams = clients.map((client) => client.keepAlive());
      const answers = await Promise.all(streams.map((stream) => stream.ask(id)));
      // What is left is told: less by a second for each that has begun.
      for (const { ID, TTL } of answers) assert.ok(ID === id && Number(TTL) > 590, TTL);
      const renewals = ['grpc_method="LeaseKeepAlive"', 'grpc_service="etcdserverpb.Lease"'];
      assert.equal(await proxied.serverMetric('grpc_server_msg_received_total', ...renewals), 1);
      await proxied.client.must('LeaseRevoke', { ID: id });
      const { TTL } = (await streams[0]?.ask(id)) ?? { TTL: 'no stream' };
      assert.equal(TTL, '0', 'a lease that is gone is not kept in mind');
      for (const client of clients) client.close();
    });

    test('a serializable read comes from the cache until its key is written', async () => {
      const key = bytes('cached');
      const ranges = (): Promise<number> =>
        proxied.serverMetric('grpc_server_handled_total', 'grpc_method="Range"', 'grpc_code="OK"');
      const read = async (serializable: boolean): Promise<string> => {
        const { kvs } = await proxied.client.must('Range', { key, serializable });
        return String(kvs[0]?.value);
      };
      const put = (value: string) => proxied.client.must('Put', { key, value: bytes(value) });
      await put('1');
      assert.equal(await read(false), '1');
      const asked = await ranges();
      for (let i = 0; i < 5; i++) assert.equal(await read(true), '1');
      assert.equal(await ranges(), asked, 'none of them reached the server');
      assert.equal(await proxied.proxyMetric('etcd_grpc_proxy_cache_hits_total'), 5);
      assert.equal(await read(false), '1');
      assert.equal(await ranges(), asked + 1, 'a linearizable one does');
      await put('2');
      assert.equal(await read(true), '2', 'a client reads what it wrote');
      const success = [{ request_put: { key, value: bytes('3') } }];
      await proxied.client.must('Txn', { success });
      assert.equal(await read(true), '3');
      await proxied.client.must('DeleteRange', { key: bytes('a'), range_end: bytes('z') });
      assert.equal(await read(true), 'undefined');
    });
  });
}
