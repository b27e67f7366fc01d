/** Goal: the TCP gateway as etcd's, where clients notice. Method: plain sockets before servers that say who they are. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { freePorts } from '../conformance/harness/free-ports.ts';
import { ProxyProcess } from '../conformance/harness/proxy-process.ts';

const closing: (() => unknown)[] = [];
after(async () => {
  for (const close of closing.reverse()) await close();
});

/** Answers its name and what it was sent, once the client has said all. */
async function speaker(name: string, port = 0): Promise<{ endpoint: string; server: Server }> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    void text(socket).then((said) => socket.end(`${name}: ${said}`));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close());
  return { endpoint: `127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

async function gateway(...flags: string[]): Promise<ProxyProcess> {
  const proxy = await ProxyProcess.start('gateway', flags);
  closing.push(() => proxy.stop());
  return proxy;
}

/** Says something, ends its side, and hears the answer to its end. */
async function ask(endpoint: string, said = 'hello'): Promise<string> {
  const [host, port] = endpoint.split(':');
  const socket = connect({ host: host ?? '', port: Number(port), allowHalfOpen: true });
  socket.on('error', () => undefined);
  socket.end(said);
  return text(socket).catch(() => 'cut');
}

test('connections go round, and a client that has ended its side is answered', async () => {
  const [one, two] = [await speaker('one'), await speaker('two')];
  const { endpoint } = await gateway(`--endpoints=${one.endpoint},http://${two.endpoint}`);
  const answers = [await ask(endpoint), await ask(endpoint), await ask(endpoint, 'x'.repeat(1e6))];
  assert.deepEqual(
    answers.map((answer) => answer.slice(0, 10)),
    ['one: hello', 'two: hello', 'one: xxxxx'],
  );
  assert.equal(answers[2]?.length, 1e6 + 'one: '.length);
});

test('an endpoint that is down is passed over, and tried again after --retry-delay', async () => {
  const [port = 0] = await freePorts(1);
  const up = await speaker('up');
  const { endpoint, log } = await gateway(
    `--endpoints=127.0.0.1:${port},${up.endpoint}`,
    '--retry-delay=50ms',
  );
  for (let i = 0; i < 4; i++) assert.equal(await ask(endpoint), 'up: hello');
  assert.match(log.join('\n'), /deactivated endpoint/);
  await speaker('back', port);
  while (!log.some((line) => line.includes('"activated"'))) await ask(endpoint);
  assert.deepEqual(
    new Set([await ask(endpoint), await ask(endpoint)]),
    new Set(['up: hello', 'back: hello']),
  );
});

test('without any endpoint a client is cut off; one that is back serves the next client', async () => {
  const [port = 0] = await freePorts(1);
  const { endpoint } = await gateway(`--endpoints=127.0.0.1:${port}`);
  assert.match(await ask(endpoint), /^(cut)?$/);
  await speaker('back', port);
  // Not after a minute, which is the delay of retries.
  assert.equal(await ask(endpoint), 'back: hello');
});
