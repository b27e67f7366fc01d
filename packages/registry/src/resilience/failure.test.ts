import assert from 'node:assert/strict';
import { connect, createServer, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { failureOf } from './failure.ts';

async function portOfNobody(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('a refused connection was not sent, as Node says it and as fetch does', async () => {
  const port = await portOfNobody();
  const ofNet = await new Promise((resolve) => connect(port, '127.0.0.1').once('error', resolve));
  const ofFetch: unknown = await fetch(`http://localhost:${port}/`).catch(
    (error: unknown) => error,
  );
  for (const error of [ofNet, ofFetch]) {
    assert.deepEqual(failureOf(error), { outcome: 'connect-failed', mayBeSent: false });
  }
});

test('a time-out may have been sent', async () => {
  const error: unknown = await new Promise((resolve) => {
    const signal = AbortSignal.timeout(1);
    signal.addEventListener('abort', () => resolve(signal.reason));
    setTimeout(() => undefined, 50);
  });
  assert.deepEqual(failureOf(error), { outcome: 'timeout', mayBeSent: true });
});

const grpc = (code: number, details = ''): Error =>
  Object.assign(new Error(details), { code, details });

const cases: readonly [string, unknown, string, boolean][] = [
  ['gRPC: not found is an answer', grpc(5), 'ok', true],
  ['gRPC: unavailable in the middle', grpc(14, 'Connection dropped'), 'error', true],
  [
    'gRPC: never connected',
    grpc(14, 'No connection established. Last error: …'),
    'connect-failed',
    false,
  ],
  ['gRPC: deadline', grpc(4), 'timeout', true],
  ['HTTP: not found is an answer', { status: 404 }, 'ok', true],
  ['HTTP: broken', Object.assign(new Error('x'), { statusCode: 503 }), 'error', true],
  ['HTTP: too many', { status: 429 }, 'error', true],
  ['a reset', Object.assign(new Error('x'), { code: 'ECONNRESET' }), 'error', true],
  ['anything else', new TypeError('oops'), 'error', true],
  ['no object at all', 'oops', 'error', true],
];

for (const [what, error, outcome, mayBeSent] of cases) {
  test(`${what}: ${outcome}, ${mayBeSent ? 'may be' : 'surely not'} sent`, () => {
    assert.deepEqual(failureOf(error), { outcome, mayBeSent });
  });
}

test('a chain of causes that bites its tail is looked at and ends', () => {
  const error = new Error('x');
  error.cause = error;
  assert.equal(failureOf(error).outcome, 'error');
});
