/**
 * A client that ends its side of the connection behind the request, as `printf … | nc` does: behind the real client port, which
 * has the last word on when a connection is over.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import { test, type TestContext } from 'node:test';
import { GrpcServer } from '@concord/grpc-server';
import { answerLate, createHttpServer } from './http-server.ts';

async function listening(context: TestContext, listener: RequestListener): Promise<number> {
  const server = new GrpcServer(new Map(), { http: createHttpServer(listener) });
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  context.after(() => server.close(0));
  assert.ok(typeof address === 'object');
  return address.port;
}

/** Asks, ends its side, and resolves with all that still comes. */
async function endedSide(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (text: string) => (answer += text));
  socket.end(request);
  await once(socket, 'close');
  return answer;
}

const GET = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';

test('it is answered, when the answer is there', async (context) => {
  const port = await listening(context, (request, response) => {
    answerLate(request);
    request.resume();
    // Behind the end of the client's side.
    request.socket.once('end', () => setImmediate(() => response.end('late')));
  });
  assert.match(await endedSide(port, GET), /^HTTP\/1\.1 200 OK[^]*late$/);
});

test('all that it has asked before is answered', async (context) => {
  const port = await listening(context, (request, response) => {
    answerLate(request);
    request.resume();
    setImmediate(() => response.end(`answer to ${request.url};`));
  });
  const answers = await endedSide(port, GET + GET.replace('/', '/two'));
  assert.match(answers, /answer to \/;[^]*answer to \/two;$/);
});

test('of one that waits for an event the end is the end of all', async (context) => {
  const gone = Promise.withResolvers<void>();
  const port = await listening(context, (request, response) => {
    request.resume();
    response.once('close', gone.resolve);
  });
  assert.equal(await endedSide(port, GET), '');
  await gone.promise;
});

test('a client that ends before it has asked is let go', async (context) => {
  const port = await listening(context, (_, response) => response.end());
  assert.equal(await endedSide(port, ''), '');
  assert.equal(await endedSide(port, 'GE'), '');
  assert.match(await endedSide(port, 'GET / HTTP/1.1\r\nHost:'), /^HTTP\/1\.1 400/);
});
