/**
 * Goal: what lies beside `/v2/keys` answers as in etcd 3.4: members, machines, statistics, and authentication that
 * nobody has used. Method: the same requests to both, whole answers compared but for ids, addresses and times.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { exchange, type V2Request } from './v2/exchange.ts';
import { Pair, skipReason } from './v2/pair.ts';

const sendJson = (method: string, path: string, body: string): V2Request => ({
  method,
  path: `/v2/members${path}`,
  headers: { 'Content-Type': 'application/json' },
  body,
});
const addMember = (body: string): V2Request => sendJson('POST', '', body);

const members: readonly V2Request[] = [
  { path: '/v2/members' },
  { path: '/v2/members/' },
  { method: 'HEAD', path: '/v2/members' },
  { method: 'PATCH', path: '/v2/members' },
  { path: '/v2/members/leader' },
  { path: '/v2/members/leader/' },
  { path: '/v2/members/x' },
  { path: '/v2/members/1234' },
  { method: 'POST', path: '/v2/members', body: '{}' },
  { method: 'POST', path: '/v2/members', body: '{}', headers: { 'Content-Type': 'a;b' } },
  { method: 'PUT', path: '/v2/members/123', body: '{}' },
  ...['{}', '', 'x', '{"peerURLs":[]}', '{"peerURLs":null}', 'null', '{"peerURLs":"a"}'].map(
    addMember,
  ),
  ...['foo', 'http://a', 'ftp://127.0.0.1:9', 'http://127.0.0.1:9/x', ' http://h:1/'].map((url) =>
    addMember(JSON.stringify({ peerURLs: [url] })),
  ),
  addMember('{"peerURLs":["http://PEER"]}'),
  sendJson('POST', '/abc', '{"peerURLs":["http://PEER"]}'),
  sendJson('PUT', '', '{"peerURLs":["http://PEER"]}'),
  sendJson('PUT', '/', '{"peerURLs":["http://PEER"]}'),
  sendJson('PUT', '/zz', '{"peerURLs":["http://127.0.0.1:1"]}'),
  sendJson('PUT', '/123', '{"peerURLs":["http://127.0.0.1:1"]}'),
  sendJson('PUT', '/123', '{'),
  ...['', '/', '/zz', '/123', '/11112222333344445', '/0'].map((path) => ({
    method: 'DELETE',
    path: `/v2/members${path}`,
  })),
];

const auth: readonly V2Request[] = [
  ...['', '/', '/enable', '/users', '/users/', '/users/x', '/users/x/y', '/roles', '/roles/'].map(
    (path) => ({ path: `/v2/auth${path}` }),
  ),
  ...['/roles/root', '/roles/guest', '/roles/x', '/nothing'].map((path) => ({
    path: `/v2/auth${path}`,
  })),
  ...['POST', 'PUT', 'DELETE'].map((method) => ({ method, path: '/v2/auth/enable' })),
  ...['POST', 'PUT', 'DELETE'].map((method) => ({ method, path: '/v2/auth/users' })),
  { method: 'POST', path: '/v2/auth/roles/x' },
  ...['/users/x', '/roles/x', '/roles/root'].map((path) => ({
    method: 'DELETE',
    path: `/v2/auth${path}`,
  })),
];

const others: readonly V2Request[] = [
  { path: '/v2/machines' },
  { method: 'HEAD', path: '/v2/machines' },
  { method: 'POST', path: '/v2/machines' },
  { path: '/v2/machines/' },
  ...['', '/', '/nothing', '/self', '/self/', '/leader'].map((path) => ({
    path: `/v2/stats${path}`,
  })),
  ...['self', 'leader', 'store'].flatMap((path) =>
    ['POST', 'HEAD', 'OPTIONS'].map((method) => ({ method, path: `/v2/stats/${path}` })),
  ),
];

describe('beside /v2/keys, on Concord and on etcd', { skip: skipReason }, () => {
  let pair: Pair;
  before(async () => (pair = await Pair.start()));
  after(async () => pair[Symbol.asyncDispose]());

  const same = async (requests: readonly V2Request[]): Promise<void> => {
    for (const request of requests) await pair.same(request);
  };

  test('/v2/members', () => same(members));
  test('/v2/auth', () => same(auth));
  test('/v2/machines and /v2/stats', () => same(others));

  test('/v2/stats/store has the same counters', async () => {
    const answers = await pair.ask({ path: '/v2/stats/store' });
    const [ours, theirs] = answers.map(({ body }) => Object.keys(JSON.parse(body) as object));
    assert.deepEqual(ours, theirs);
  });

  test('the only member changes its address, may not go, and gets another beside it', async () => {
    for (const server of [pair.concord, pair.etcd]) {
      const ask = (request: V2Request) => exchange(server.clientPort, request);
      const list = JSON.parse((await ask({ path: '/v2/members' })).body) as {
        members: { id: string }[];
      };
      const own = `/${list.members[0]!.id}`;
      const body = `{"peerURLs":["http://127.0.0.1:${server.peerPort}"]}`;
      const moved = await ask(sendJson('PUT', own, body));
      assert.deepEqual([moved.status, moved.body], [204, '']);
      const kept = await ask({ method: 'DELETE', path: `/v2/members${own}` });
      assert.deepEqual([kept.status, kept.body], [500, '{"message":"Internal Server Error"}']);
      const added = await ask(
        addMember('{"peerURLs":["http://127.0.0.1:2","http://127.0.0.1:1"],"name":"x"}'),
      );
      assert.equal(
        added.status,
        201,
        `${server === pair.etcd ? 'etcd' : 'concord'}: ${added.body}`,
      );
      assert.match(
        added.body,
        /^\{"id":"[0-9a-f]+","name":"","peerURLs":\["http:\/\/127.0.0.1:1","http:\/\/127.0.0.1:2"\],"clientURLs":\[\]\}\n$/,
      );
    }
  });
});
