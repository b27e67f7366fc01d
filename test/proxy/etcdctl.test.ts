/** Goal: an operator's commands do the same through the proxies. Method: etcdctl, on each backend this machine has. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { etcdctl, hasEtcdctl } from '../cluster/etcdctl.ts';
import { ProxyProcess } from '../conformance/harness/proxy-process.ts';
import { backends, ProxiedServer } from './proxied-server.ts';

const NAMESPACE = 'tenant/';

for (const backend of backends()) {
  describe(`etcdctl through the proxies, on ${backend.name}`, { skip: !hasEtcdctl() }, () => {
    let proxied: ProxiedServer;
    let gateway: ProxyProcess;
    before(async () => {
      proxied = await ProxiedServer.start(backend, [`--namespace=${NAMESPACE}`]);
      gateway = await ProxyProcess.start('gateway', [`--endpoints=${proxied.server.endpoint}`]);
    });
    after(async () => {
      await gateway.stop();
      await proxied[Symbol.asyncDispose]();
    });
    const run = async (endpoint: string, ...parameters: string[]): Promise<string> => {
      const { status, stdout, stderr } = await etcdctl([endpoint], ...parameters);
      assert.equal(status, 0, `etcdctl ${parameters.join(' ')}: ${stderr}`);
      return stdout.trim();
    };
    const through = (...parameters: string[]): Promise<string> =>
      run(proxied.proxy.endpoint, ...parameters);

    test('the TCP gateway changes nothing', async () => {
      assert.equal(await run(gateway.endpoint, 'put', 'plain', '1'), 'OK');
      assert.equal(await run(gateway.endpoint, 'get', 'plain', '--print-value-only'), '1');
      const [line] = (await run(gateway.endpoint, 'member', 'list')).split('\n');
      assert.match(line ?? '', /started, conformance/);
    });

    test('a namespace: clients see their own keys alone, and without the prefix', async () => {
      await run(gateway.endpoint, 'put', 'other', 'not theirs');
      assert.equal(await through('put', 'a', '1'), 'OK');
      await through('put', 'b', '2');
      assert.equal(await through('get', '', '--prefix'), 'a\n1\nb\n2');
      assert.equal(await through('get', 'a', '--from-key'), 'a\n1\nb\n2');
      assert.equal(
        await run(gateway.endpoint, 'get', NAMESPACE, '--prefix'),
        'tenant/a\n1\ntenant/b\n2',
      );
      assert.equal(await through('del', 'a', '--from-key', '--prev-kv'), '2\na\n1\nb\n2');
      assert.equal(await run(gateway.endpoint, 'get', 'other', '--print-value-only'), 'not theirs');
    });

    test('leases, and their keys of the namespace', async () => {
      const [, id = ''] = /lease (\w+) granted/.exec(await through('lease', 'grant', '60')) ?? [];
      await through('put', 'leased', '1', `--lease=${id}`);
      assert.match(
        await through('lease', 'timetolive', id, '--keys'),
        /attached keys\(\[leased\]\)/,
      );
      assert.match(await through('lease', 'keep-alive', '--once', id), /keepalived with TTL\(60\)/);
      assert.match(await through('lease', 'revoke', id), /revoked/);
      assert.equal(await through('get', 'leased'), '');
    });

    test('locks and elections', async () => {
      assert.match(await through('lock', 'mutex', 'echo', 'held'), /held/);
    });

    test('the list of members is that of the proxies', async () => {
      assert.match(await through('member', 'list'), /127\.0\.0\.1:23790/);
    });
  });
}
