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
import { header, STORY } from './gateway-story.ts';
import { onEachBackend } from './harness/each-backend.ts';
import { canonicalJson, exchange, OpenExchange, type HttpAnswer } from './harness/http-exchange.ts';

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

    test('any content type is JSON to etcd; Concord refuses what says that it is something else', async () => {
      const { status } = await ask('kv/range', range, { 'Content-Type': 'text/xml' });
      assert.equal(status, target.backend.name === 'concord' ? 415 : 200);
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
      // Where etcd's server is the first to notice, and not its gateway, there is no code for it.
      if (target.backend.name === 'etcd' && status === 500)
        return assert.match(body, /context deadline exceeded/);
      assert.deepEqual([status, canonicalJson(body).trimEnd()], [504, expired()]);
    });

    test('ends at its deadline with a line that says so', async () => {
      const body = JSON.stringify({ create_request: { key: base64('w3') } });
      const { status, body: text } = await ask('watch', body, { 'Grpc-Timeout': '2S' });
      assert.equal(status, 200);
      // The text depends on who notices first, the gateway or the server behind it, and in etcd so does the code.
      const [, last = ''] = text.split('\n');
      if (target.backend.name === 'etcd') assert.match(last, /"code":4|context deadline exceeded/);
      else assert.match(last, /^\{"error":\{"code":4, ?"/);
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
