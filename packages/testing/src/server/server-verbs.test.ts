/**
 * Goal: each verb does to a member what its name says, seen by a client. Method: etcd's JSON API.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base64, call, has as hasKey } from './json-api.fixture.ts';
import { startServer, type TestServer } from './start-server.ts';

const has = (server: TestServer, key: string): Promise<boolean> => hasKey(server.endpoints[0], key);

async function grant(server: TestServer, TTL: number, key: string): Promise<string> {
  const { ID } = (await call(server.endpoints[0], 'lease/grant', { TTL })) as { ID: string };
  await call(server.endpoints[0], 'kv/put', { key: base64(key), value: base64('here'), lease: ID });
  return ID;
}

async function remaining(server: TestServer, ID: string): Promise<string | undefined> {
  const { TTL } = await call(server.endpoints[0], 'lease/timetolive', { ID });
  return TTL as string | undefined;
}

test('virtual time stands until it is advanced, and what ends by then is gone when that resolves', async () => {
  await using server = await startServer({ time: 'virtual' });
  const short = await grant(server, 10, 'short');
  const long = await grant(server, 20, 'long');
  await server.advance('9999ms');
  assert.deepEqual([await has(server, 'short'), await has(server, 'long')], [true, true]);
  await server.advance(1);
  assert.deepEqual([await has(server, 'short'), await has(server, 'long')], [false, true]);
  assert.equal(await remaining(server, short), '-1');
  assert.equal(await remaining(server, long), '10');
  // Kept alive, it has its whole time again.
  await call(server.endpoints[0], 'lease/keepalive', { ID: long });
  await server.advance('19s');
  assert.equal(await has(server, 'long'), true);
  await server.advance('1s');
  assert.equal(await has(server, 'long'), false);
});

test('a year passes in no time', async () => {
  await using server = await startServer({ time: 'virtual' });
  await grant(server, 3600, 'key');
  await server.advance('8760h');
  assert.equal(await has(server, 'key'), false);
});

test('a lease that is made to expire takes its keys along, whatever time the server has', async () => {
  await using server = await startServer();
  const id = await grant(server, 3600, 'key');
  await server.expireLease(BigInt(id));
  assert.equal(await has(server, 'key'), false);
  await assert.rejects(server.expireLease(id), /requested lease not found/);
  await assert.rejects(server.expireLease('mine'), /expireLease: "mine" is no lease's id/);
});

test('history up to a revision is gone, the newest included, and the keys stay', async () => {
  await using server = await startServer();
  for (const value of ['1', '2', '3']) {
    await call(server.endpoints[0], 'kv/put', { key: base64('key'), value: base64(value) });
  }
  const at = async (revision: number): Promise<unknown> =>
    (await call(server.endpoints[0], 'kv/range', { key: base64('key'), revision }))['message'] ??
    'read';
  assert.equal(await server.compactPast(2), 3);
  assert.match(String(await at(2)), /required revision has been compacted/);
  assert.equal(await at(3), 'read');
  const oldest = await server.compactPast();
  assert.equal(oldest, 5);
  assert.match(String(await at(4)), /required revision has been compacted/);
  assert.equal(await at(5), 'read');
  const { kvs } = await call(server.endpoints[0], 'kv/range', {
    key: base64('\0'),
    range_end: base64('\0'),
    keys_only: true,
  });
  assert.equal((kvs as unknown[]).length, 1);
  await assert.rejects(server.compactPast(1), /compacted/);
});

test('a partition keeps clients away until it is healed', async () => {
  await using server = await startServer();
  await grant(server, 3600, 'key');
  server.partition();
  await assert.rejects(has(server, 'key'), { code: 'ECONNRESET' });
  server.heal();
  assert.equal(await has(server, 'key'), true);
});

test('a server that restarts has its data, at the same endpoint', async () => {
  await using server = await startServer({ time: 'virtual' });
  const endpoints = [...server.endpoints];
  await grant(server, 10, 'key');
  await server.restart();
  assert.deepEqual(server.endpoints, endpoints);
  assert.equal(await has(server, 'key'), true);
  // A leader that begins gives every lease its whole time, and that of an election.
  await server.advance('12s');
  assert.equal(await has(server, 'key'), false);
});

test('verbs that make no sense say why', async () => {
  await using server = await startServer();
  await assert.rejects(
    server.advance('1s'),
    /real one; start it with startServer\(\{ time: 'virtual' \}\)/,
  );
  await server.stop();
  await assert.rejects(server.expireLease(1), /has stopped/);
  await using other = await startServer({ time: 'virtual' });
  await assert.rejects(other.advance('soon' as '1s'), /server\.advance: "soon" is no span of time/);
});
