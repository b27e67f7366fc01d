/**
 * The JSON gateway: the same requests to each server, whole answers compared. What is expected is what etcd 3.6.4 and
 * 3.7.3 say; where 3.4's older gateway has other words, a case is left out there. Allowed differences are those of
 * `canonicalJson`, and these:
 *
 * - A body has its `Content-Length`, whatever its size; Go's server sends larger ones in chunks.
 * - A path that is no path (`/v3/%zz`) is 404, as any other that leads nowhere; Go's server ends the connection.
 * - `/v3` alone is 404, not a redirection to `/v3/`, where nothing is either.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { onEachBackend } from './harness/each-backend.ts';
import { canonicalJson, exchange, OpenExchange, type HttpAnswer } from './harness/http-exchange.ts';

interface Case {
  readonly path: string;
  readonly body?: string;
  readonly status?: number;
  readonly answer: string;
  /** The oldest version that answers so. */
  readonly since?: string;
}

const header = (revision: number): string =>
  `"header":{"cluster_id":"#","member_id":"#","revision":"${revision}","raft_term":"#"}`;

const invalid = (message: string): Pick<Case, 'status' | 'answer'> => ({
  status: 400,
  answer: `{"code":3,"message":${JSON.stringify(message)}}`,
});

const refused = (reason: string): Pick<Case, 'status' | 'answer' | 'since'> => ({
  ...invalid(`proto: ${reason}`),
  since: '3.6',
});

const foo = '"key":"Zm9v"';
const fooAt = (create: number, mod: number, version: number): string =>
  `{${foo},"create_revision":"${create}","mod_revision":"${mod}","version":"${version}","value":"YmFy"}`;

/** One story: each case finds the store as the one before has left it. */
const STORY: readonly Case[] = [
  { path: 'kv/put', body: `{${foo},"value":"YmFy"}`, answer: `{${header(2)}}` },
  {
    path: 'kv/put',
    body: `{"value":"YmFy",${foo},"prevKv":true,"lease":"0"}`,
    answer: `{${header(3)},"prev_kv":${fooAt(2, 2, 1)}}`,
  },
  {
    path: 'kv/put',
    body: `{${foo},"lease":"77"}`,
    status: 404,
    answer: '{"code":5,"message":"etcdserver: requested lease not found"}',
  },
  { path: 'kv/put', body: `{"value":"YQ=="}`, ...invalid('etcdserver: key is not provided') },
  {
    path: 'kv/put',
    body: `{"key":5}`,
    ...refused('(line 1:8): invalid value for bytes field key: 5'),
  },
  {
    path: 'kv/put',
    body: `{"key":"a"}`,
    ...refused('(line 1:8): invalid value for bytes field key: "a"'),
  },
  { path: 'kv/put', body: `{${foo},${foo}}`, ...refused('(line 1:15): duplicate field "key"') },
  {
    path: 'kv/put',
    body: `{${foo},"lease":1.5}`,
    ...refused('(line 1:23): invalid value for int64 field lease: 1.5'),
  },
  {
    path: 'kv/range',
    body: '{"key":"AA","range_end":"AA","sort_order":"DESCEND","sortTarget":3,"limit":"1e1"}',
    answer: `{${header(3)},"kvs":[${fooAt(2, 3, 2)}],"count":"1"}`,
    since: '3.6',
  },
  {
    path: 'kv/range',
    body: '{"key":"AA==","range_end":"AA==","keys_only":true}',
    answer: `{${header(3)},"kvs":[{${foo},"create_revision":"2","mod_revision":"3","version":"2"}],"count":"1"}`,
  },
  {
    path: 'kv/range',
    body: '{"key":"AA==","rangeEnd":"AA==","countOnly":true}',
    answer: `{${header(3)},"count":"1"}`,
  },
  {
    path: 'kv/range',
    body: `{${foo},"revision":1000}`,
    status: 400,
    answer: '{"code":11,"message":"etcdserver: mvcc: required revision is a future revision"}',
  },
  {
    path: 'kv/range',
    body: `{"key":"-_-_","nothing":{"x":[1]}}`,
    answer: `{${header(3)}}`,
    since: '3.6',
  },
  {
    path: 'kv/range',
    body: `{"key":"bm9uZQ==","sort_order":"SIDEWAYS"}`,
    answer: `{${header(3)}}`,
    since: '3.6',
  },
  {
    path: 'kv/range',
    body: `{${foo},"sort_target":9}`,
    ...invalid('etcdserver: invalid sort option'),
    since: '3.5',
  },
  { path: 'kv/range', body: '', ...invalid('etcdserver: key is not provided') },
  { path: 'kv/range', body: ' \n\t', ...invalid('etcdserver: key is not provided') },
  { path: 'kv/range', body: '{', ...invalid('unexpected EOF') },
  {
    path: 'kv/range',
    body: '{"key":}',
    ...invalid("invalid character '}' looking for beginning of value"),
  },
  {
    path: 'kv/range',
    body: 'nonsense',
    ...invalid("invalid character 'o' in literal null (expecting 'u')"),
  },
  { path: 'kv/range', body: '"x"', ...refused('syntax error (line 1:1): unexpected token "x"') },
  { path: 'kv/range', body: '\n 5', ...refused('syntax error (line 1:1): unexpected token 5') },
  { path: 'kv/range', body: 'null', ...refused('syntax error (line 1:1): unexpected token null') },
  {
    path: 'kv/range',
    body: `{\n "serializable": "true"}`,
    ...refused('(line 2:18): invalid value for bool field serializable: "true"'),
  },
  {
    path: 'kv/range',
    body: `{${foo},"x":"\\ud800......"}`,
    ...refused('syntax error (line 1:19): invalid escape code "......" in string'),
  },
  {
    path: 'kv/range',
    body: `{${foo},"count_only":true} and more`,
    answer: `{${header(3)},"count":"1"}`,
  },
  {
    path: 'kv/txn',
    body: `{"compare":[{${foo},"target":"VALUE","value":"YmFy"}],"success":[{"request_range":{${foo}}},{"requestPut":{"key":"YQ==","value":"YQ==","prev_kv":true}},{"request_delete_range":{${foo},"prev_kv":true}}]}`,
    answer: `{${header(4)},"succeeded":true,"responses":[{"response_range":{"header":{"revision":"3"},"kvs":[${fooAt(2, 3, 2)}],"count":"1"}},{"response_put":{"header":{"revision":"4"}}},{"response_delete_range":{"header":{"revision":"4"},"deleted":"1","prev_kvs":[${fooAt(2, 3, 2)}]}}]}`,
  },
  {
    path: 'kv/txn',
    body: '{"compare":[{"key":"YQ==","version":0}],"failure":[{"request_txn":{"success":[{"requestRange":{"key":"YQ==","count_only":true}}]}}]}',
    answer: `{${header(4)},"responses":[{"response_txn":{"header":{},"succeeded":true,"responses":[{"response_range":{"header":{"revision":"4"},"count":"1"}}]}}]}`,
  },
  {
    path: 'kv/txn',
    body: '{"success":[{"request_put":{"key":"YQ=="},"request_range":{"key":"YQ=="}}]}',
    ...refused(
      '(line 1:43): error parsing "request_range", oneof etcdserverpb.RequestOp.request is already set',
    ),
  },
  {
    path: 'kv/txn',
    body: '{"compare":{}}',
    ...refused('syntax error (line 1:12): unexpected token {'),
  },
  {
    path: 'kv/txn',
    body: '{"compare":[null]}',
    ...refused('syntax error (line 1:13): unexpected token null'),
  },
  { path: 'kv/txn', body: '{"compare":null}', answer: `{${header(4)},"succeeded":true}` },
  {
    path: 'kv/deleterange',
    body: '{"key":"YQ==","prev_kv":true}',
    answer: `{${header(5)},"deleted":"1","prev_kvs":[{"key":"YQ==","create_revision":"4","mod_revision":"4","version":"1","value":"YQ=="}]}`,
  },
  { path: 'kv/deleterange', body: '{"key":"YQ=="}', answer: `{${header(5)}}` },
  { path: 'kv/compaction', body: '{"revision":"3"}', answer: `{${header(5)}}` },
  {
    path: 'kv/compaction',
    body: '{"revision":3,"physical":true}',
    status: 400,
    answer: '{"code":11,"message":"etcdserver: mvcc: required revision has been compacted"}',
  },
  {
    path: 'lease/grant',
    body: '{"TTL":"100","ID":7}',
    answer: `{${header(5)},"ID":"7","TTL":"100"}`,
  },
  {
    path: 'lease/grant',
    body: '{"TTL":"100","ID":7}',
    status: 400,
    answer: '{"code":9,"message":"etcdserver: lease already exists"}',
    since: '3.6',
  },
  { path: 'kv/put', body: '{"key":"bA==","lease":7}', answer: `{${header(6)}}` },
  {
    path: 'kv/range',
    body: '{"key":"bA=="}',
    answer: `{${header(6)},"kvs":[{"key":"bA==","create_revision":"6","mod_revision":"6","version":"1","lease":"7"}],"count":"1"}`,
  },
  { path: 'lease/leases', body: '{}', answer: `{${header(6)},"leases":[{"ID":"7"}]}` },
  { path: 'kv/lease/leases', answer: `{${header(6)},"leases":[{"ID":"7"}]}` },
  { path: 'kv/lease/timetolive', body: '{"ID":"8"}', answer: `{${header(6)},"ID":"8","TTL":"-1"}` },
  {
    path: 'lease/keepalive',
    body: '{"ID":7}{"ID":"8"}',
    answer: `{"result":{${header(6)},"ID":"7","TTL":"100"}}\n{"result":{${header(6)},"ID":"8"}}\n`,
  },
  {
    path: 'lease/keepalive',
    body: '{"ID":7} nonsense {"ID":7}',
    answer: `{"result":{${header(6)},"ID":"7","TTL":"100"}}\n`,
  },
  { path: 'kv/lease/revoke', body: '{"ID":7}', answer: `{${header(7)}}` },
  {
    path: 'lease/revoke',
    body: '{"ID":7}',
    status: 404,
    answer: '{"code":5,"message":"etcdserver: requested lease not found"}',
  },
  {
    path: 'maintenance/alarm',
    body: '{"action":"ACTIVATE","alarm":"CORRUPT","memberID":"5"}',
    answer: `{${header(7)},"alarms":[{"memberID":"5","alarm":"CORRUPT"}]}`,
    // Older ones leave the header out, and with an alarm nothing else is done.
    since: '3.6',
  },
  {
    path: 'maintenance/alarm',
    body: '{"action":2,"alarm":2,"memberID":5}',
    answer: `{${header(7)},"alarms":[{"memberID":"5","alarm":"CORRUPT"}]}`,
    // Older ones leave the header out, and with an alarm nothing else is done.
    since: '3.6',
  },
  { path: 'maintenance/defragment', answer: '{}' },
  {
    path: 'cluster/member/remove',
    body: '{"ID":"5"}',
    status: 404,
    answer: '{"code":5,"message":"etcdserver: member not found"}',
  },
  {
    path: 'nothing/here',
    body: '{}',
    status: 404,
    answer: '{"code":5,"message":"Not Found"}',
    since: '3.6',
  },
  {
    path: 'kv/range/',
    body: '{}',
    status: 404,
    answer: '{"code":5,"message":"Not Found"}',
    since: '3.6',
  },
  { path: 'kv/%72ange?key=x', body: `{"key":"YQ=="}`, answer: `{${header(7)}}` },
];

/** The answers of a gateway to what its streams are told and what they tell. */
onEachBackend('gateway', (target) => {
  const ask = (
    path: string,
    body = '',
    headers: Record<string, string> = {},
  ): Promise<HttpAnswer> =>
    exchange(target.server.clientPort, { path: `/v3/${path}`, body, headers });
  const isAtLeast = (since: string): boolean => target.server.version.atLeast(since);

  test('answers a story, whole bodies', async () => {
    for (const { path, body = '', status = 200, answer, since } of STORY) {
      if (since !== undefined && !isAtLeast(since)) continue;
      const { status: given, headers, body: text } = await ask(path, body);
      const where = `${path} ${body}`;
      assert.equal(canonicalJson(text), answer, where);
      assert.equal(given, status, where);
      assert.equal(headers['content-type'], 'application/json', where);
      const isAnswered = status === 200;
      assert.equal(
        headers['grpc-metadata-content-type'],
        isAnswered ? 'application/grpc' : undefined,
      );
      assert.equal(headers['access-control-allow-origin'], '*');
    }
  });

  test('tells an error in the words of both gateways, or of its own', async () => {
    const { body } = await ask('kv/put', '{}');
    const { message, code } = JSON.parse(body) as { message: string; code: number };
    assert.deepEqual([message, code], ['etcdserver: key is not provided', 3]);
  });

  for (const method of ['GET', 'PUT', 'DELETE', 'HEAD']) {
    test(`${method} is not a method of an RPC`, async () => {
      const path = '/v3/kv/range';
      const { status, body } = await exchange(target.server.clientPort, { path, method });
      if (!isAtLeast('3.6')) return assert.equal(status, 405);
      assert.equal(status, 501);
      const text = method === 'HEAD' ? '' : '{"code":12,"message":"Method Not Allowed"}';
      assert.equal(canonicalJson(body), text);
    });
  }

  test('OPTIONS is answered for any origin', async () => {
    const { status, headers, body } = await exchange(target.server.clientPort, {
      path: '/v3/kv/range',
      method: 'OPTIONS',
    });
    assert.deepEqual([status, body], [200, '']);
    assert.equal(headers['access-control-allow-origin'], '*');
    assert.equal(headers['access-control-allow-headers'], 'accept, content-type, authorization');
  });

  test('leads from empty and relative segments to the path that is meant', async () => {
    for (const path of ['kv//range', 'kv/../kv/range', './kv/range']) {
      const { status, headers } = await ask(path, '{}');
      assert.ok(status === 307 || status === 301, String(status));
      assert.equal(headers.location, '/v3/kv/range');
    }
  });

  test('has the same API below /v3beta/', async () => {
    const { port, question } = {
      port: target.server.clientPort,
      question: { path: '/v3beta/kv/range', body: '{"key":"bm9uZQ==","countOnly":true}' },
    };
    const { status, body } = await exchange(port, question);
    assert.equal(status, 200, body);
  });

  describe('headers of a request', () => {
    const range = '{"key":"bm9uZQ=="}';

    test('any content type is JSON', async () => {
      const { status } = await ask('kv/range', range, { 'Content-Type': 'text/xml' });
      assert.equal(status, 200);
    });

    test('Grpc-Timeout is a deadline', async () => {
      const { status, body } = await ask('kv/range', range, { 'Grpc-Timeout': '1n' });
      assert.equal(status, 504);
      assert.equal(canonicalJson(body), '{"code":4,"message":"context deadline exceeded"}');
      assert.equal((await ask('kv/range', range, { 'Grpc-Timeout': '10S' })).status, 200);
    });

    test('an unreadable Grpc-Timeout is refused', async () => {
      const { status, body } = await ask('kv/range', range, { 'Grpc-Timeout': '5x' });
      assert.equal(status, 400);
      assert.equal(canonicalJson(body), '{"code":3,"message":"invalid grpc-timeout: 5x"}');
    });

    test('Grpc-Metadata-hasleader asks for a leader', async () => {
      assert.equal(
        (await ask('kv/range', range, { 'Grpc-Metadata-hasleader': 'true' })).status,
        200,
      );
    });

    test('TE: trailers gets the trailer of an RPC that failed', async (t) => {
      if (!isAtLeast('3.6')) return t.skip('older gateways always send it');
      const { trailers, headers } = await ask('kv/range', '{}', { TE: 'trailers' });
      assert.equal(headers.trailer, 'Grpc-Trailer-Content-Type');
      assert.deepEqual({ ...trailers }, { 'grpc-trailer-content-type': 'application/grpc' });
      const good = await ask('kv/range', range, { TE: 'trailers' });
      assert.deepEqual({ ...good.trailers }, {});
      assert.equal(good.headers['transfer-encoding'], 'chunked');
    });

    test('a body announced with Expect: 100-continue is asked for', async () => {
      const { status } = await ask('kv/range', range, { Expect: '100-continue' });
      assert.equal(status, 200);
    });
  });

  describe('a request that is too large', () => {
    const put = (byteCount: number): string =>
      `{"key":"bGFyZ2U=","value":"${Buffer.alloc(byteCount, 120).toString('base64')}"}`;

    test('is refused by the store', async () => {
      const { status, body } = await ask('kv/put', put(1_700_000));
      assert.equal(status, 400);
      assert.equal(canonicalJson(body), '{"code":3,"message":"etcdserver: request is too large"}');
    });

    test('is refused as a message', async () => {
      const { status, body } = await ask('kv/put', put(2_300_000));
      assert.equal(status, 429);
      const text = 'grpc: received message larger than max (2300012 vs. 2097152)';
      assert.equal(canonicalJson(body), `{"code":8,"message":"${text}"}`);
    });
  });

  describe('a watch', () => {
    const result = (fields: string): string => `{"result":{${fields}}}`;
    const put = async (key: string, value = ''): Promise<number> => {
      const { body } = await ask(
        'kv/put',
        JSON.stringify({ key: base64(key), value: base64(value) }),
      );
      return Number((JSON.parse(body) as { header: { revision: string } }).header.revision);
    };
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    const created = (revision: number, more = ''): string =>
      result(`${header(revision)}${more},"created":true`);
    const lineOf = async (watch: OpenExchange): Promise<string> =>
      canonicalJson(await watch.line());

    test('tells events of the past and of the future, one line each', async () => {
      const revision = await put('w1', 'x');
      const body = JSON.stringify({
        create_request: { key: base64('w1'), start_revision: String(revision), prevKv: true },
      });
      const watch = new OpenExchange(target.server.clientPort, { path: '/v3/watch', body });
      watch.end(body);
      assert.equal(await lineOf(watch), created(revision));
      const kv = `"kv":{"key":"dzE=","create_revision":"${revision}","mod_revision":"${revision}","version":"1","value":"eA=="}`;
      assert.equal(await lineOf(watch), result(`${header(revision)},"events":[{${kv}}]`));
      await ask('kv/deleterange', JSON.stringify({ key: base64('w1') }));
      const prev = kv.replace('"kv"', '"prev_kv"');
      const gone = `{"type":"DELETE","kv":{"key":"dzE=","mod_revision":"${revision + 1}"},${prev}}`;
      assert.equal(await lineOf(watch), result(`${header(revision + 1)},"events":[${gone}]`));
      watch.cut();
    });

    test('takes several requests in one body, and ends them by what is no JSON', async () => {
      const revision = await put('w2');
      const key = base64('w2');
      const body = [
        { create_request: { key, watch_id: '7' } },
        { create_request: { key, watch_id: 7 } },
        { cancelRequest: { watchId: 7 } },
      ]
        .map((one) => JSON.stringify(one))
        .join(' ');
      const watch = new OpenExchange(target.server.clientPort, {
        path: '/v3/watch',
        body: `${body}nonsense`,
      });
      watch.end(`${body}nonsense`);
      assert.equal(await lineOf(watch), created(revision, ',"watch_id":"7"'));
      const twice = await lineOf(watch);
      assert.match(twice, /"watch_id":"-1".*"created":true,"canceled":true/);
      assert.equal(
        await lineOf(watch),
        result(`${header(revision)},"watch_id":"7","canceled":true`),
      );
      watch.cut();
    });

    test('says nothing before it is asked for something', async () => {
      const watch = new OpenExchange(target.server.clientPort, {
        path: '/v3/watch',
        headers: { 'Grpc-Timeout': '300m' },
      });
      watch.end();
      const { status, body } = await watch.whole();
      assert.deepEqual([status, canonicalJson(body).trimEnd()], [504, expired()]);
    });

    test('ends at its deadline with a line that says so', async () => {
      const body = JSON.stringify({ create_request: { key: base64('w3') } });
      const { status, body: text } = await ask('watch', body, { 'Grpc-Timeout': '300m' });
      assert.equal(status, 200);
      // The text depends on who notices first, the gateway or the server behind it.
      assert.match(text.split('\n')[1] ?? '', /^\{"error":\{"(?:grpc_)?code":4, ?"/);
    });

    const expired = (): string =>
      target.changed({
        since: '3.6',
        now: '{"error":{"code":4,"message":"context deadline exceeded"}}',
        then: '{"error":{"grpc_code":4,"http_code":504,"message":"context deadline exceeded","http_status":"Gateway Timeout"}}',
        because: 'the older gateway has a shape of its own for streams',
      });
  });

  test('a snapshot comes in lines, whole', async () => {
    const { status, body } = await ask('maintenance/snapshot');
    assert.equal(status, 200);
    const lines = body.trimEnd().split('\n');
    const blobs = lines.map((line) => {
      const { result } = JSON.parse(line) as { result: { blob?: string } };
      return Buffer.from(result.blob ?? '', 'base64');
    });
    // The last line is the digest of the others.
    assert.equal(blobs.at(-1)?.length, 32);
    assert.equal(Buffer.concat(blobs).length % 512, 32);
  });
});
