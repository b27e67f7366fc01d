/** Endpoints as they are written, messages as they arrive, and members that let nobody in. */
import { deepEqual, equal, match, ok, throws } from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { test } from 'node:test';
import { concordctl, type Outcome } from '../in-process.fixture.ts';
import { parseEndpoint } from './endpoint.ts';
import { MessageSplitter } from './message-splitter.ts';

test('an endpoint is read with and without a scheme, and for a socket', () => {
  const read = (text: string, hasTls = false): string => {
    const { host, port, path, isTls } = parseEndpoint(text, hasTls);
    return `${isTls ? 'tls' : 'plain'} ${host} ${port} ${path}`.trim();
  };
  equal(read('127.0.0.1:2379'), 'plain 127.0.0.1 2379');
  equal(read('127.0.0.1:2379', true), 'tls 127.0.0.1 2379');
  equal(read('http://a.b:1', true), 'plain a.b 1');
  equal(read('https://[::1]:2379'), 'tls ::1 2379');
  equal(read('unix:///run/etcd.sock'), 'plain localhost 0 /run/etcd.sock');
  equal(read('unixs://run/etcd.sock'), 'tls localhost 0 run/etcd.sock');
  for (const text of ['', 'a:b:1', 'a:99999', 'ftp://a:1', 'a b:1', 'unix://']) {
    throws(() => parseEndpoint(text, false), { exitCode: 2 }, text);
  }
});

const framed = (...texts: string[]): Buffer =>
  Buffer.concat(
    texts.flatMap((text) => {
      const head = Buffer.alloc(5);
      head.writeUInt32BE(text.length, 1);
      return [head, Buffer.from(text)];
    }),
  );

test('messages come out whole however the chunks are cut', () => {
  const bytes = framed('one', '', 'three', 'x'.repeat(100));
  for (let size = 1; size <= bytes.length; size++) {
    const splitter = new MessageSplitter(1_000);
    const messages: string[] = [];
    for (let at = 0; at < bytes.length; at += size) {
      for (const message of splitter.split(bytes.subarray(at, at + size))) {
        messages.push(message.toString());
      }
    }
    deepEqual(messages, ['one', '', 'three', 'x'.repeat(100)], `chunks of ${size}`);
  }
});

test('a message that is too long is refused before it is there, and so is a compressed one', () => {
  const long = framed('12345678901').subarray(0, 5);
  throws(() => [...new MessageSplitter(10).split(long)], /larger than max \(11 vs\. 10\)/);
  const compressed = Buffer.from([1, 0, 0, 0, 0]);
  throws(() => [...new MessageSplitter(10).split(compressed)], /compressed/);
});

/** What a put says that has a second, and how often it has connected. */
async function putTo(accept: (socket: Socket, count: number) => void): Promise<[Outcome, number]> {
  let count = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    accept(socket, ++count);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const flags = ['--endpoints', endpoint, '--command-timeout', '1s'];
  const outcome = await concordctl([...flags, 'put', 'k', 'v']);
  server.close();
  for (const socket of sockets) socket.destroy();
  return [outcome, count];
}

const LATE = /error reading server preface: EOF.*\nError: context deadline exceeded\n$/s;

test('who is not let in tries again until the time is over, and is told what etcdctl tells', async () => {
  // As a member ends it that refuses a certificate, which it may do when the handshake is over.
  const [outcome, count] = await putTo((socket) => socket.once('data', () => socket.end()));
  deepEqual([outcome.status, outcome.stdout], [1, '']);
  match(outcome.stderr, LATE);
  ok(count > 1, String(count));
});

test('what went wrong is told also when the time ends while an answer is waited for', async () => {
  const [outcome, count] = await putTo((socket, connection) => {
    if (connection === 1) socket.once('data', () => socket.end());
  });
  equal(count, 2);
  match(outcome.stderr, LATE);
});
