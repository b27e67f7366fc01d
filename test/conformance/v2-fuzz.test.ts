/**
 * Goal: whatever is sent below `/v2/`, a member answers, as etcd does, and goes on. Method: random requests of random
 * bytes, seeded and bounded in time, to both; then clients that send too much, too slowly, or go away.
 */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { concord } from './harness/backend.ts';
import { Server } from './harness/server.ts';
import { exchange, type V2Request } from './v2/exchange.ts';
import { Pair, skipReason } from './v2/pair.ts';
import { RandomRequests, readable } from './v2/random-requests.ts';

const SEED = Number(process.env['CONCORD_V2_SEED'] ?? 7);
const FUZZ_MS = Number(process.env['CONCORD_V2_FUZZ_MS'] ?? 8000);

describe('random requests below /v2/', { skip: skipReason }, () => {
  test(`get etcd's answers (seed ${SEED})`, async () => {
    await using pair = await Pair.start();
    const requests = new RandomRequests(SEED);
    const end = performance.now() + FUZZ_MS;
    let count = 0;
    for (; performance.now() < end; count++) {
      const request = requests.next();
      // Sorted, and nothing that comes and goes by itself.
      if (/ttl=[^&]/.test(request.path + (request.body ?? ''))) continue;
      // What leaves /v2/ by dots is for whoever is there.
      if (URL.parse(request.path, 'http://m')?.pathname.startsWith('/v2/') !== true) continue;
      const target = request.path.split('?')[0]!;
      if (target !== readable(target)) {
        // etcd closes the connection so fast that its answer may be lost.
        const { status } = await exchange(pair.concord.clientPort, request);
        assert.equal(status, request.method === 'OPTIONS' ? 200 : 400);
      } else if (request.method === 'GET' && !/[?]/.test(request.path))
        await pair.same({ ...request, path: `${request.path}?sorted=true` });
      else if (request.method !== 'GET') await pair.same(request);
      else await pair.ask({ ...request, milliseconds: 100 });
    }
    assert.ok(count > 100, `${count} requests`);
  });
});

describe('clients that misbehave', () => {
  let server: Server;
  const ours = concord();
  before(async () => {
    if (ours !== undefined) server = await Server.start(ours, { flags: ['--enable-v2'] });
  });
  after(async () => server.stop());

  const put = (path: string, body: string): V2Request => ({
    method: 'PUT',
    path: `/v2/keys${path}`,
    body,
  });
  const watchers = async (): Promise<number> => {
    const { body } = await exchange(server.clientPort, { path: '/v2/stats/store' });
    return (JSON.parse(body) as { readonly watchers: number }).watchers;
  };

  test('a value that is too large is refused, one that fits is kept beside those of others', async () => {
    const large = 'x'.repeat(1_600_000);
    const fitting = 'y'.repeat(400_000);
    const answers = await Promise.all([
      exchange(server.clientPort, put('/large', `value=${large}`)),
      ...[1, 2, 3].map((n) => exchange(server.clientPort, put(`/fits${n}`, `value=${fitting}`))),
    ]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [400, 201, 201, 201],
    );
    assert.match(answers[0].body, /^\{"errorCode":210,.*request is too large/);
  });

  test('a form beyond ten megabytes is refused as Go refuses it', async () => {
    const answer = await exchange(
      server.clientPort,
      put('/huge', `value=${'x'.repeat(11 * 1024 * 1024)}`),
    );
    assert.deepEqual(
      [answer.status, answer.body],
      [
        400,
        '{"errorCode":210,"message":"Invalid POST form","cause":"http: POST too large","index":0}\n',
      ],
    );
  });

  test('a path with more segments than a transaction takes is refused', async () => {
    const deep = await exchange(server.clientPort, put('/d'.repeat(101), 'value=1'));
    assert.equal(deep.status, 400);
    const fits = await exchange(server.clientPort, put('/d'.repeat(100), 'value=1'));
    assert.equal(fits.status, 201);
    const read = await exchange(server.clientPort, { path: `/v2/keys${'/d'.repeat(101)}` });
    assert.match(read.body, /"errorCode":104/);
  });

  test('waits of clients that went away are forgotten', async () => {
    const sockets = Array.from({ length: 50 }, () => {
      const socket = connect(server.clientPort, '127.0.0.1');
      socket.write('GET /v2/keys/away?wait=true HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
      return socket;
    });
    while ((await watchers()) < 50) await sleep(20);
    for (const socket of sockets) socket.destroy();
    while ((await watchers()) > 0) await sleep(20);
  });

  test('a client that sends half a body holds up nobody, and one that goes away is forgotten', async () => {
    const socket = connect(server.clientPort, '127.0.0.1');
    socket.write(
      'PUT /v2/keys/half HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n' +
        'Content-Type: application/x-www-form-urlencoded\r\n\r\nvalue=1',
    );
    assert.equal((await exchange(server.clientPort, put('/whole', 'value=1'))).status, 201);
    socket.destroy();
    assert.equal((await exchange(server.clientPort, { path: '/v2/keys/half' })).status, 404);
  });

  test('a stream that nobody reads ends', async () => {
    const socket = connect(server.clientPort, '127.0.0.1');
    socket.pause();
    const before = await watchers();
    socket.write('GET /v2/keys/s?wait=true&stream=true HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    while ((await watchers()) === before) await sleep(20);
    const value = 'x'.repeat(300_000);
    for (let i = 0; i < 100 && (await watchers()) > before; i++)
      await exchange(server.clientPort, put('/s', `value=${value}`));
    assert.equal(await watchers(), before);
    socket.destroy();
  });

  test('what was written there by other means is told, and does not end the member', async () => {
    await exchange(server.clientPort, put('/broken/x', 'value=1'));
    const key = Buffer.from('\0concord/v2/node/broken\0x', 'latin1').toString('base64');
    const body = JSON.stringify({ key, value: Buffer.from('nonsense').toString('base64') });
    const headers = { 'Content-Type': 'application/json' };
    await exchange(server.clientPort, { method: 'POST', path: '/v3/kv/put', body, headers });
    const { status, body: told } = await exchange(server.clientPort, {
      path: '/v2/keys/broken/x',
    });
    assert.equal(status, 500);
    assert.match(told, /the record of \/broken\/x was not written by the v2 API/);
    assert.equal((await exchange(server.clientPort, put('/fine', 'value=1'))).status, 201);
  });
});
