/** `concordctl service` beside programs that register and discover with the SDK. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect, type Concord } from '@concord/sdk';
import { startServer, type TestServer } from '@concord/testing';
import { run } from './command-run.ts';

let server: TestServer;
let sdk: Concord;

before(async () => {
  server = await startServer();
  sdk = await connect({ endpoints: server.endpoints });
});
after(async () => {
  await sdk.close();
  await server.stop();
});

const ctl = (line: string) => run(line, server);
const json = async (line: string): Promise<never> =>
  JSON.parse((await ctl(`${line} -w json`)).out) as never;

test('a service of the SDK is listed, and what operators decide about it reaches its consumers', async () => {
  await sdk.registry.register({
    name: 'orders',
    id: 'o1',
    address: '10.0.0.1',
    port: 80,
    zone: 'a',
    labels: { v: '1' },
  });
  await using view = await sdk.discover('orders', { waitFor: 1 });
  assert.equal((await ctl('service list')).out, 'orders, 1, 0, 0, a\n');
  assert.equal(
    (await ctl('service instances orders')).out,
    'o1, 10.0.0.1:80, serving, 100, a, v=1, \n',
  );

  const drained = await ctl('service drain orders o1 -m maintenance');
  assert.deepEqual([drained.status, drained.error], [0, '']);
  assert.match(drained.out, /^o1 is draining: 1 of 1 consumers have seen it after/);
  assert.equal(view.snapshot.instances[0]?.state, 'draining');
  assert.match((await ctl('service instances orders')).out, /draining by ada \(maintenance\)\n$/);

  assert.equal((await ctl('service weight orders o1 5')).out, 'o1 has weight 5, had 100\n');
  assert.equal((await ctl('service enable orders o1')).out, 'o1 is serving\n');
  // What was decided about the weight is not what was decided about the state.
  assert.match(
    (await ctl('service instances orders')).out,
    /serving, 5, a, v=1, weight 5 by ada\n$/,
  );
  assert.equal((await ctl('service weight orders o1 reset')).out, 'o1 has weight 100, had 5\n');
  assert.equal((await ctl('service instances orders')).out.split(', ').at(-1), '\n');
});

test('an instance that is registered and left has its lease, and is taken out in good order', async () => {
  const line = 'service register legacy --detach --id db --address 10.0.0.9 --port 5432 --ttl 60s';
  const registered = await json(line);
  const { lease, ttlMs } = registered as { lease: string; ttlMs: number };
  assert.equal(ttlMs, 60_000);
  assert.match((await ctl(`lease timetolive ${lease}`)).out, /granted with TTL\(60s\)/);
  const again = await ctl(
    'service register legacy --detach --id db --address 10.0.0.8 --port 5432',
  );
  assert.equal(again.status, 1);
  assert.match(
    again.error,
    /is registered at 10\.0\.0\.9:5432: choose another --id, or take it over/,
  );
  assert.match((await ctl('service deregister legacy db')).out, /^db is deregistered: 0 of 0/);
  assert.equal((await ctl('service instances legacy')).out, '');
  assert.match((await ctl(`lease timetolive ${lease}`)).out, /already expired/);
});

test('an instance is registered for as long as its program runs, whose status is that of the command', async () => {
  const script = 'echo $CONCORD_SERVICE $CONCORD_INSTANCE; exit 7';
  const ended = await ctl(
    `service register batch --id b1 --port 9 --address 10.0.0.2 --wait 0s -- sh -c '${script}'`,
  );
  assert.equal(ended.status, 7);
  assert.equal(ended.out, 'b1, 10.0.0.2:9, serving\n');
  assert.equal((await ctl('service instances batch')).out, '');
});

test('a watch tells what is there and what happens until it is interrupted', async () => {
  const registration = await sdk.registry.register({
    name: 'seen',
    id: 's1',
    address: 'h',
    port: 1,
  });
  const ending = new AbortController();
  const lines: string[] = [];
  const isThere = Promise.withResolvers<undefined>();
  const watching = run('service watch seen', {
    endpoints: server.endpoints,
    signal: ending.signal,
    onPrint: (text) => {
      lines.push(text);
      isThere.resolve(undefined);
      if (text.startsWith('REMOVED')) ending.abort();
    },
  });
  await isThere.promise;
  await registration.drain({ observers: 'skip' });
  assert.equal((await watching).status, 0);
  assert.match(lines[0] ?? '', /^ADDED, s1, h:1, serving/);
  assert.match(lines.at(-1) ?? '', /^REMOVED, s1, .*, deregistered\n$/);
});

test('what can’t be meant is told with what can, and with the status of etcdctl', async () => {
  for (const [line, status, error] of [
    ['service drain orders', 128, /needs the name of a service and the id of an instance/],
    [
      'service drain orders nobody',
      1,
      /instance "nobody" of "orders" is not registered: registered are o1/,
    ],
    ['service weight orders o1 5000', 128, /give an integer from 0 to 1000, or reset/],
    ['service instances or/ders', 1, /is no name of a service/],
    ['service register x --port 0', 128, /option "port" is 0; give/],
    ['service register x --port 1 --label broken', 128, /give it as name=value/],
    ['service list -w protobuf', 4, /protobuf not supported as output format/],
  ] as const) {
    const result = await ctl(line);
    assert.equal(result.status, status, line);
    assert.match(result.error, error, line);
  }
});
