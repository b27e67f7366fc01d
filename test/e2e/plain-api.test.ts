/**
 * The plain key-value API of a member in a process of its own: what a client sees that has nothing but HTTP.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { concord } from '../conformance/harness/backend.ts';
import { exchange, OpenExchange, type HttpAnswer } from '../conformance/harness/http-exchange.ts';
import { Server } from '../conformance/harness/server.ts';

const backend = concord();

/** What the bodies of answers hold, each some of it. */
interface Content {
  readonly created?: boolean;
  readonly count?: number;
  readonly more?: boolean;
  readonly keys?: readonly unknown[];
  readonly items?: readonly { readonly key: string; readonly value: string }[];
  readonly deleted?: number;
  readonly previous?: { readonly value: string };
}

const parsed = (json: string): Content => JSON.parse(json) as Content;

describe('the plain API', { skip: backend === undefined && 'there is no server to start' }, () => {
  let server: Server;
  before(async () => {
    if (backend !== undefined) server = await Server.start(backend);
  });
  after(() => server.stop());

  const ask = (
    method: string,
    path: string,
    body: string | Buffer = '',
    headers: Record<string, string> = {},
  ): Promise<HttpAnswer> =>
    exchange(server.clientPort, { method, path: `/kv/${path}`, headers, body });

  const put = async (path: string, body: string | Buffer): Promise<string> => {
    const { headers, status, body: text } = await ask('PUT', path, body);
    assert.ok(status === 200 || status === 201, text);
    return headers.etag ?? '';
  };

  const problem = ({ status, headers, body }: HttpAnswer): string => {
    assert.equal(headers['content-type'], 'application/problem+json');
    const details = JSON.parse(body) as { status: number; title: string; detail: string };
    assert.equal(details.status, status);
    assert.ok(details.title !== '');
    return `${status} ${details.detail}`;
  };

  describe('a value', () => {
    test('comes back as it was put, with its history in headers', async () => {
      const created = await ask('PUT', 'a/b', 'hello');
      assert.equal(created.status, 201);
      const { headers, body, status } = await ask('GET', 'a/b');
      assert.deepEqual([status, body], [200, 'hello']);
      assert.equal(headers['content-type'], 'text/plain; charset=utf-8');
      assert.equal(headers.etag, created.headers.etag);
      assert.equal(headers['concord-version'], '1');
      const again = await ask('PUT', 'a/b', 'more');
      assert.equal(again.status, 200);
      assert.notEqual(again.headers.etag, created.headers.etag);
      assert.equal(parsed(again.body).created, false);
    });

    for (const [content, type] of [
      ['{"a":[1]}', 'application/json'],
      ['{not json}', 'text/plain; charset=utf-8'],
      ['', 'text/plain; charset=utf-8'],
      ['größer als 日本 😀', 'text/plain; charset=utf-8'],
      [Buffer.of(0xff, 0), 'application/octet-stream'],
    ] as const) {
      test(`${JSON.stringify(content)} has the type ${type}`, async () => {
        await put('typed', content);
        const { headers, body } = await ask('GET', 'typed');
        assert.equal(headers['content-type'], type);
        assert.equal(headers['content-length'], String(Buffer.byteLength(content)));
        if (typeof content === 'string') assert.equal(body, content);
      });
    }

    test('HEAD answers as GET without the value', async () => {
      await put('head', 'value');
      const { headers, body } = await ask('HEAD', 'head');
      assert.deepEqual([headers['content-length'], body], ['5', '']);
    });

    test('can be read as it was', async () => {
      const etag = await put('past', 'before');
      await put('past', 'after');
      assert.equal((await ask('GET', `past?revision=${etag.replaceAll('"', '')}`)).body, 'before');
    });

    test('is whatever stands behind /kv/, byte for byte', async () => {
      for (const path of [
        '/x',
        'x//y',
        'x%2Fy',
        '%ff%00',
        'sp%20ace+plus',
        'ü'.replace('ü', '%C3%BC'),
      ]) {
        await put(path, path);
        assert.equal((await ask('GET', path)).body, path);
      }
      assert.equal((await ask('GET', 'x/y')).body, 'x%2Fy', '%2F and / are the same byte');
      const list = await ask('GET', '%ff?prefix&keys');
      assert.deepEqual(parsed(list.body).keys, [{ keyBase64: '/wA=' }]);
    });
  });

  describe('a condition', () => {
    test('If-Match lets one of two writers through', async () => {
      const etag = await put('cas', '1');
      const first = await ask('PUT', 'cas', '2', { 'If-Match': etag });
      assert.equal(first.status, 200);
      const second = await ask('PUT', 'cas', '3', { 'If-Match': etag });
      assert.match(problem(second), /^412 the key was last written at revision \d+$/);
      assert.equal(second.headers.etag, first.headers.etag, 'the tag to try again with');
      assert.equal((await ask('GET', 'cas')).body, '2');
    });

    test('If-None-Match: * creates, and does nothing to a key that is there', async () => {
      assert.equal((await ask('PUT', 'once', '1', { 'If-None-Match': '*' })).status, 201);
      assert.equal((await ask('PUT', 'once', '2', { 'If-None-Match': '*' })).status, 412);
      assert.equal((await ask('GET', 'once')).body, '1');
    });

    test('If-Match: * updates, and does nothing where no key is', async () => {
      assert.equal((await ask('PUT', 'absent', '1', { 'If-Match': '*' })).status, 412);
      assert.equal((await ask('GET', 'absent')).status, 404);
    });

    test('guards a deletion', async () => {
      const etag = await put('gone', '1');
      await put('gone', '2');
      assert.equal((await ask('DELETE', 'gone', '', { 'If-Match': etag })).status, 412);
      assert.equal((await ask('DELETE', 'gone', '', { 'If-Match': '*' })).status, 200);
    });

    test('If-None-Match spares a reader what it has', async () => {
      const etag = await put('cached', '1');
      const { status, body, headers } = await ask('GET', 'cached', '', { 'If-None-Match': etag });
      assert.deepEqual([status, body, headers.etag], [304, '', etag]);
      await put('cached', '2');
      assert.equal((await ask('GET', 'cached', '', { 'If-None-Match': etag })).status, 200);
    });

    test('that is none is refused', async () => {
      assert.match(problem(await ask('PUT', 'x', '', { 'If-Match': '12' })), /^400 If-Match: 12/);
    });
  });

  describe('a prefix', () => {
    before(async () => {
      for (const name of ['a', 'b', 'c']) await put(`list/${name}`, name);
    });

    test('is listed in pages, in order', async () => {
      const first = parsed((await ask('GET', 'list/?prefix&limit=2')).body);
      assert.deepEqual([first.count, first.more], [3, true]);
      assert.deepEqual(
        first.items?.map(({ key, value }) => [key, value]),
        [
          ['list/a', 'a'],
          ['list/b', 'b'],
        ],
      );
      const rest = parsed((await ask('GET', 'list/?prefix&keys&after=list/b')).body);
      assert.deepEqual([rest.keys, rest.more], [['list/c'], false]);
    });

    test('is deleted as one', async () => {
      await put('drop/1', '');
      await put('drop/2', '');
      assert.equal(parsed((await ask('DELETE', 'drop/?prefix')).body).deleted, 2);
      assert.equal(parsed((await ask('DELETE', 'drop/?prefix')).body).deleted, 0);
    });
  });

  describe('a lease', () => {
    test('of its own goes with ttl', async () => {
      const { body } = await ask('PUT', 'leased?ttl=60', 'x');
      const { lease } = JSON.parse(body) as { lease: string };
      assert.equal((await ask('GET', 'leased')).headers['concord-lease'], lease);
      const shared = await ask('PUT', `leased-too?lease=${lease}`, 'y');
      assert.equal(shared.status, 201);
    });

    test('that a failed write was to have is given back', async () => {
      const leases = async (): Promise<string> =>
        (await exchange(server.clientPort, { path: '/v3/lease/leases' })).body;
      const count = async (): Promise<number> => (await leases()).split('"ID"').length;
      const before = await count();
      await put('taken', '');
      assert.equal((await ask('PUT', 'taken?ttl=60', '', { 'If-None-Match': '*' })).status, 412);
      assert.equal(await count(), before);
    });

    test('that is not there is refused', async () => {
      assert.equal(
        problem(await ask('PUT', 'x?lease=5', '')),
        '404 etcdserver: requested lease not found',
      );
    });
  });

  describe('what cannot be done', () => {
    for (const [method, path, expected] of [
      ['GET', 'none', '404 there is no such key'],
      ['DELETE', 'none', '404 there is no such key'],
      ['GET', '', '400 there is no key in the path; for all keys ask for /kv/?prefix'],
      [
        'GET',
        'x?prefx',
        '400 GET has no parameter "prefx"; it has prefix, keys, limit, after, revision, serializable, watch',
      ],
      ['GET', 'x?limit=1', '400 "limit" goes with "prefix" alone'],
      ['GET', 'x?prefix&limit=no', '400 limit=no: expected a whole number from 1 on'],
      ['GET', 'x?revision=100000', '400 etcdserver: mvcc: required revision is a future revision'],
      ['GET', '%zz', '400 "%zz" in the key is no escape; a percent sign is %25'],
      [
        'PUT',
        'x?ttl=1&lease=2',
        '400 "ttl" makes a lease of its own: give either "ttl" or "lease"',
      ],
      [
        'POST',
        'x',
        '405 POST is not a method of a key; the methods are GET, HEAD, PUT, DELETE, OPTIONS',
      ],
    ] as const) {
      test(`${method} /kv/${path} says so`, async () => {
        assert.equal(problem(await ask(method, path)), expected);
      });
    }

    test('a value that is too large is refused before it is read to its end', async () => {
      assert.match(problem(await ask('PUT', 'big', Buffer.alloc(1_700_000))), /^413 /);
      const tooLarge = new OpenExchange(server.clientPort, { method: 'PUT', path: '/kv/big' });
      tooLarge.send('x'.repeat(3_000_000));
      assert.match(problem(await tooLarge.whole()), /^413 /);
    });
  });

  describe('a watch', () => {
    const watch = (path: string, headers: Record<string, string> = {}): OpenExchange => {
      const opened = new OpenExchange(server.clientPort, {
        method: 'GET',
        path: `/kv/${path}`,
        headers,
      });
      opened.end();
      return opened;
    };
    /** The lines of the next event, the empty one left out. */
    const block = async (stream: OpenExchange): Promise<string[]> => {
      const lines: string[] = [];
      for (;;) {
        const line = await stream.line();
        if (line !== '') lines.push(line);
        else if (lines.length > 0) return lines;
      }
    };

    test('tells changes as events, with revisions for ids', async () => {
      const stream = watch('w/?watch&prefix');
      assert.match((await block(stream)).join(), /^retry: \d+,: watching at revision \d+$/);
      const etag = await put('w/1', 'one');
      const revision = Number(etag.replaceAll('"', ''));
      const [event, id, data] = await block(stream);
      assert.deepEqual([event, id], ['event: put', `id: ${revision}`]);
      assert.deepEqual(JSON.parse(data?.slice('data: '.length) ?? ''), {
        key: 'w/1',
        value: 'one',
        createRevision: revision,
        modRevision: revision,
        version: 1,
      });
      await ask('DELETE', 'w/1');
      const gone = await block(stream);
      assert.deepEqual(gone.slice(0, 2), ['event: delete', `id: ${revision + 1}`]);
      assert.equal(parsed(gone[2]?.slice('data: '.length) ?? '').previous?.value, 'one');
      stream.cut();
    });

    test('goes on behind the last event that was seen, with one id for one transaction', async () => {
      const etag = await put('r/1', '');
      const key = (name: string): string => Buffer.from(name).toString('base64');
      await exchange(server.clientPort, {
        path: '/v3/kv/txn',
        body: JSON.stringify({
          success: ['r/2', 'r/3'].map((name) => ({ request_put: { key: key(name) } })),
        }),
      });
      const stream = watch('r/?watch&prefix', { 'Last-Event-ID': etag.replaceAll('"', '') });
      await block(stream);
      const [second, third] = [await block(stream), await block(stream)];
      assert.deepEqual(second[0], 'event: put');
      assert.equal(
        second.some((line) => line.startsWith('id:')),
        false,
        'not the last of its revision',
      );
      assert.equal(third[1], `id: ${Number(etag.replaceAll('"', '')) + 1}`);
      stream.cut();
    });

    test('says that history is gone, and from where it can go on', async () => {
      const etag = await put('c/1', '');
      await put('c/1', '');
      const now = Number((await put('c/1', '')).replaceAll('"', ''));
      await exchange(server.clientPort, {
        path: '/v3/kv/compaction',
        body: JSON.stringify({ revision: now }),
      });
      const stream = watch(`c/?watch&prefix&revision=${etag.replaceAll('"', '')}`);
      await block(stream);
      assert.deepEqual(await block(stream), [
        'event: compacted',
        `id: ${now - 1}`,
        `data: {"compactRevision":${now}}`,
      ]);
      const { status } = await stream.whole();
      assert.equal(status, 200);
      assert.match(problem(await ask('GET', `c/1?revision=${etag.replaceAll('"', '')}`)), /^410 /);
    });

    test('ends in the member when the client goes away', async () => {
      const watchers = async (): Promise<string | undefined> => {
        const { body } = await exchange(server.clientPort, { path: '/metrics', method: 'GET' });
        return /^etcd_debugging_mvcc_watcher_total (\d+)$/m.exec(body)?.[1];
      };
      const idle = async (count: string | undefined): Promise<void> => {
        while ((await watchers()) !== count)
          await new Promise((resolve) => setTimeout(resolve, 10));
      };
      const before = await watchers();
      const stream = watch('gone?watch');
      await block(stream);
      assert.notEqual(await watchers(), before);
      stream.cut();
      await idle(before);
    });
  });
});
