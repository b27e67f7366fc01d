/** What all endpoints have in common: problem documents, limits, idempotency keys, and what streams do when rights go. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { onEachBackend, type GatewayProcess } from './harness/gateway-process.ts';

interface Problem {
  readonly type: string;
  readonly status: number;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

onEachBackend(
  'HTTP',
  (target) => {
    const directory = mkdtempSync(join(tmpdir(), 'concord-http-'));
    after(() => rmSync(directory, { recursive: true, force: true }));

    const raw = async (text: string): Promise<string> => {
      const { hostname, port } = new URL(target.gateway.url);
      const socket = connect(Number(port), hostname);
      socket.setEncoding('utf8');
      let answer = '';
      socket.on('data', (chunk: string) => (answer += chunk));
      socket.write(text);
      await once(socket, 'close');
      return answer;
    };
    const ask = async (path: string, init: RequestInit = {}) => {
      const response = await fetch(target.gateway.url + path, init);
      return {
        status: response.status,
        headers: response.headers,
        body: (await response.json()) as Problem,
      };
    };
    const json = { 'content-type': 'application/json' };

    test('whatever is wrong is told by a problem document', async () => {
      const unknown = await ask('/v1/nothing', { headers: { 'x-request-id': 'mine-1' } });
      assert.deepEqual([unknown.status, unknown.body.requestId], [404, 'mine-1']);
      const method = await ask('/v1/roles', { method: 'DELETE' });
      assert.deepEqual([method.status, method.headers.get('allow')], [405, 'GET, HEAD, POST']);
      const malformed = await ask('/v1/roles', {
        method: 'POST',
        headers: json,
        body: '{"name": x}',
      });
      assert.match(malformed.body.detail, /line 1, column 10/);
      const media = await ask('/v1/roles', {
        method: 'POST',
        headers: { 'content-type': 'text/xml' },
        body: '<a/>',
      });
      assert.equal(media.status, 415);
      const large = await ask('/v1/roles', {
        method: 'POST',
        headers: json,
        body: `"${'x'.repeat(5_000_000)}"`,
      });
      assert.equal(large.status, 413);
      assert.equal((await ask(`/v1/keys?search=${'x'.repeat(17_000)}`)).status, 414);
      assert.equal((await ask('/v1/keys/%ff')).body.errors?.[0]?.field, 'path');
      const fields = await ask('/v1/users', {
        method: 'POST',
        headers: json,
        body: '{"name":"","password":"short"}',
      });
      assert.deepEqual(fields.body.errors?.map(({ field }) => field).sort(), [
        'body.name',
        'body.name',
        'body.password',
      ]);
      for (const { headers } of [unknown, method, malformed, media])
        assert.match(headers.get('content-type') ?? '', /^application\/problem\+json/);
    });

    test('conditions, methods and fields are told as HTTP has them', async () => {
      const path = '/v1/services/conditional/instances/a';
      const write = (headers: Record<string, string>, body: object = { weight: 1 }) =>
        target.gateway.json<Problem>('PATCH', path, { headers, body });
      assert.equal((await write({ 'if-match': '*' })).status, 404);
      const put = await target.gateway.json('PUT', path, {
        headers: { 'if-match': '*' },
        body: { address: '10.0.0.1', port: 80 },
      });
      assert.equal(put.status, 412);
      await target.gateway.json('PUT', path, { body: { address: '10.0.0.1', port: 80 } });
      assert.equal((await write({ 'if-match': '*' })).status, 200);
      const { headers } = await target.gateway.json('GET', path);
      const weak = { 'if-none-match': `"1", W/${headers.get('etag') ?? ''}` };
      assert.equal((await target.gateway.json('GET', path, { headers: weak })).status, 304);
      const key = { method: 'PUT', headers: { ...json, 'if-match': '*' } };
      const value = JSON.stringify({ value: { text: 'x' } });
      assert.equal((await ask('/v1/keys/never-there', { ...key, body: value })).status, 412);
      const unknown = await write({}, { colour: 'red', weight: 2 });
      assert.deepEqual([unknown.status, unknown.body.errors?.[0]?.field], [400, 'body.colour']);
      const query = await ask('/v1/services?colour=red');
      assert.equal(query.body.errors?.[0]?.field, 'query.colour');
      const options = await fetch(target.gateway.url + path, { method: 'OPTIONS' });
      assert.equal(options.status, 204);
      assert.equal(options.headers.get('allow'), 'DELETE, GET, HEAD, PATCH, PUT, OPTIONS');
      assert.equal((await ask('/v1/never', { method: 'OPTIONS' })).status, 404);
    });

    test('a body that is refused is answered, whatever the client is still sending', async () => {
      const sent = (contentType: string, bytes: number, isChunked: boolean) => {
        const chunk = new Uint8Array(64 * 1024);
        let left = bytes;
        const stream = new ReadableStream({
          pull(controller) {
            left -= chunk.length;
            if (left < 0) controller.close();
            else controller.enqueue(chunk);
          },
        });
        return fetch(`${target.gateway.url}/v1/roles`, {
          method: 'POST',
          headers: { 'content-type': contentType },
          ...(isChunked ? { body: stream, duplex: 'half' } : { body: new Uint8Array(bytes) }),
        });
      };
      for (const isChunked of [false, true]) {
        assert.equal((await sent('application/json', 20_000_000, isChunked)).status, 413);
        assert.equal((await sent('text/plain', 20_000_000, isChunked)).status, 415);
      }
    });

    test('what is no HTTP is answered, and the connection ends', async () => {
      assert.match(
        await raw('NONSENSE\r\n\r\n'),
        /^HTTP\/1\.1 400 .*problem\+json.*malformed-request/s,
      );
      const headers = `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(60_000)}\r\n\r\n`;
      assert.match(await raw(headers), /^HTTP\/1\.1 431 .*headers-too-large/s);
    });

    test('pages get a policy without inline scripts, and nobody frames them', async () => {
      for (const path of ['/', '/docs', '/v1/session', '/v1/nothing']) {
        const { headers } = await fetch(target.gateway.url + path);
        const policy = headers.get('content-security-policy') ?? '';
        assert.match(policy, /script-src 'self';/, path);
        assert.match(policy, /frame-ancestors 'none'/);
        assert.equal(headers.get('x-content-type-options'), 'nosniff');
        assert.equal(headers.get('access-control-allow-origin'), null);
      }
      const docs = await (await fetch(`${target.gateway.url}/docs`)).text();
      assert.doesNotMatch(docs, /<script(?![^>]*\ssrc=)[^>]*>/, 'an inline script');
    });

    test('of two writes with one key one is done, on whichever gateways; another request with it is refused', async () => {
      const other = await target.another();
      const name = target.name('once');
      const create = (gateway: GatewayProcess, key: string, role: string) =>
        gateway.json<Problem>('POST', '/v1/roles', {
          body: { name: role },
          headers: { 'idempotency-key': key },
        });
      const answers = await Promise.all([
        create(target.gateway, name, name),
        create(other, name, name),
        create(target.gateway, name, name),
      ]);
      assert.deepEqual(
        answers.map(({ status }) => status),
        [201, 201, 201],
      );
      assert.equal(
        answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true').length,
        2,
      );
      assert.equal((await create(other, name, 'another')).status, 422);
      const failed = await create(other, `${name}-b`, name);
      assert.equal(failed.status, 409);
      await target.gateway.json('DELETE', `/v1/roles/${name}`);
      assert.equal(
        (await create(other, `${name}-b`, name)).status,
        201,
        'what was not done may be done',
      );
    });

    test('a caller that asks too much waits, and no other does; pages of named origins may call', async () => {
      const gateway = await target.another({
        flags: [
          ...['--mode', 'auto', '--credentials-file', join(directory, 'credentials.json')],
          ...['--rate-limit', '5', '--cors-origins', 'https://admin.example'],
        ],
      });
      const statuses = await Promise.all(
        Array.from({ length: 40 }, async () => (await gateway.json('GET', '/v1/session')).status),
      );
      assert.ok(statuses.includes(200) && statuses.includes(429), String(statuses));
      const { headers } = await gateway.json('GET', '/v1/session');
      assert.match(headers.get('ratelimit') ?? '', /^"caller";r=\d+;t=\d+$/);
      const preflight = await fetch(`${gateway.url}/v1/keys/a`, {
        method: 'OPTIONS',
        headers: { origin: 'https://admin.example', 'access-control-request-method': 'PUT' },
      });
      assert.equal(preflight.status, 204);
      assert.equal(preflight.headers.get('access-control-allow-origin'), 'https://admin.example');
      assert.equal(preflight.headers.get('access-control-allow-credentials'), null);
    });

    test('a stream ends with the right to read it', async () => {
      const gateway = await target.another({
        flags: ['--mode', 'auto', '--credentials-file', join(directory, 'credentials.json')],
      });
      const offered = [...gateway.log, ...target.others.flatMap(({ log }) => log)].join('\n');
      const tokens = [...offered.matchAll(/one-time token ([\w-]{20,})/g)].map(
        ([, token]) => token,
      );
      const body = { token: tokens.at(-1), user: 'admin', password: 'correct horse battery' };
      const setUp = await gateway.json('POST', '/v1/set-up', { body });
      assert.equal(setUp.status, 201);
      const { body: login } = await gateway.json<{ token: string }>('POST', '/v1/session', {
        body: { user: 'admin', password: body.password, as: 'token' },
      });
      const headers = { authorization: `Bearer ${login.token}` };
      const { body: made } = await gateway.json<{ id: string; token: string }>(
        'POST',
        '/v1/tokens',
        {
          headers,
          body: { label: 'stream', scope: { verbs: ['read', 'administer'] } },
        },
      );
      const stream = await fetch(`${gateway.url}/v1/audit/watch`, {
        headers: { authorization: `Bearer ${made.token}` },
      });
      assert.equal(stream.status, 200);
      const revokedAtMs = performance.now();
      assert.equal(
        (await gateway.json('DELETE', `/v1/tokens/${made.id}`, { headers })).status,
        204,
      );
      await assert.rejects(stream.text());
      assert.ok(performance.now() - revokedAtMs < 6000);
    });
  },
  { backends: ['concord'] },
);
