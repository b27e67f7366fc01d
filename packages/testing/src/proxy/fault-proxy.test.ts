/**
 * Goal: each verb does what it says to real sockets, undoing it loses and doubles nothing, and nothing is left behind.
 * Method: a server that echoes and counts what it has received, and a client that collects what comes back.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { test } from 'node:test';
import { FaultProxy, type FaultProxyOptions } from './fault-proxy.ts';

class EchoServer implements AsyncDisposable {
  received = '';
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer({ allowHalfOpen: true }, (socket) => {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('data', (chunk) => {
      this.received += chunk.toString('latin1');
      socket.write(chunk);
    });
    socket.on('end', () => socket.end());
  });

  static async start(): Promise<EchoServer> {
    const server = new EchoServer();
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get endpoint(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

class Client implements Disposable {
  received = '';
  readonly socket: Socket;
  /** `end` and the error's code, in the order in which they came. */
  readonly endings: string[] = [];
  readonly closed: Promise<unknown>;

  constructor(endpoint: string) {
    const [host, port] = endpoint.split(':');
    this.socket = connect({ host: host ?? '', port: Number(port), allowHalfOpen: true });
    this.socket.on('data', (chunk) => (this.received += chunk.toString('latin1')));
    this.socket.on('end', () => this.endings.push('end'));
    this.socket.on('error', ({ code }: NodeJS.ErrnoException) => this.endings.push(code ?? ''));
    this.closed = new Promise((resolve) => this.socket.on('close', resolve));
  }

  /** Says something and waits for the echo. */
  async echo(text: string): Promise<void> {
    const wanted = this.received + text;
    this.socket.write(text);
    while (this.received.length < wanted.length) await once(this.socket, 'data');
    assert.equal(this.received, wanted);
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }
}

async function line(
  options: Partial<FaultProxyOptions> = {},
): Promise<AsyncDisposable & { server: EchoServer; proxy: FaultProxy; client: Client }> {
  const server = await EchoServer.start();
  const proxy = await FaultProxy.start({ target: server.endpoint, ...options });
  const client = new Client(proxy.endpoint);
  const dispose = async (): Promise<void> => {
    client[Symbol.dispose]();
    await proxy.close();
    await server[Symbol.asyncDispose]();
  };
  return { server, proxy, client, [Symbol.asyncDispose]: dispose };
}

test('a healthy line carries everything both ways, and a half-closed connection to its end', async () => {
  await using world = await line();
  const { client, proxy } = world;
  const large = 'concord '.repeat(400_000);
  await client.echo(large);
  client.socket.end('last');
  await client.closed;
  assert.equal(client.received, `${large}last`);
  assert.deepEqual(client.endings, ['end']);
  assert.equal(proxy.connectionCount, 0);
});

test('cut breaks what stands and what comes; healed, the same port serves again', async () => {
  await using world = await line();
  const { client, proxy } = world;
  await client.echo('before');
  proxy.cut();
  await client.closed;
  assert.deepEqual(client.endings, ['ECONNRESET']);
  const refused = proxy.next('refusal');
  using during = new Client(proxy.endpoint);
  await Promise.all([refused, during.closed]);
  assert.deepEqual(during.endings, ['ECONNRESET']);
  proxy.heal();
  using after = new Client(proxy.endpoint);
  await after.echo('after');
});

test('a paused line holds everything, new connections included, and resumed delivers it once and in order', async () => {
  await using world = await line();
  const { client, proxy, server } = world;
  await client.echo('a');
  proxy.pause();
  const come = proxy.next('request');
  client.socket.write('b');
  await come;
  const taken = proxy.next('connection');
  using late = new Client(proxy.endpoint);
  await taken;
  const also = proxy.next('request');
  client.socket.write('c');
  await also;
  assert.equal(server.received, 'a');
  const delivered = once(client.socket, 'data');
  proxy.resume();
  await delivered;
  while (client.received.length < 3) await once(client.socket, 'data');
  assert.equal(client.received, 'abc');
  assert.equal(server.received, 'abc');
  await late.echo('d');
});

test('the end of a client reaches the target only when a paused line resumes', async () => {
  await using world = await line();
  const { client, proxy } = world;
  await client.echo('a');
  proxy.pause();
  client.socket.destroy();
  await client.closed;
  const count = (): number => proxy.connectionCount;
  assert.equal(count(), 1);
  proxy.resume();
  while (count() > 0) await new Promise(setImmediate);
});

test('delay makes a round trip later by twice itself, keeps the order, and ends at once when healed', async () => {
  await using world = await line({ seed: 7 });
  const { client, proxy } = world;
  await client.echo('a');
  proxy.delay(30, 10);
  const beganMs = performance.now();
  await client.echo('b');
  const tookMs = performance.now() - beganMs;
  assert.ok(tookMs >= 59, `took ${tookMs} ms`);
  proxy.delay(3_600_000);
  const come = proxy.next('request');
  client.socket.write('c');
  await come;
  proxy.heal();
  while (client.received.length < 3) await once(client.socket, 'data');
  assert.equal(client.received, 'abc');
});

test('dropped replies are lost while requests arrive; healed, the connection is broken, not patched', async () => {
  await using world = await line();
  const { client, proxy, server } = world;
  await client.echo('a');
  proxy.dropReplies();
  const lost = proxy.next('loss');
  client.socket.write('b');
  await lost;
  assert.equal(server.received, 'ab');
  assert.equal(client.received, 'a');
  assert.deepEqual(client.endings, []);
  proxy.heal();
  await client.closed;
  assert.equal(client.received, 'a');
  assert.deepEqual(client.endings, ['ECONNRESET']);
});

test('a connection that lost nothing survives the healing', async () => {
  await using world = await line();
  const { client, proxy } = world;
  await client.echo('a');
  proxy.dropReplies();
  proxy.heal();
  await client.echo('b');
});

test('throttle bounds the rate of all connections together', async () => {
  await using world = await line();
  const { client, proxy } = world;
  using other = new Client(proxy.endpoint);
  await Promise.all([client.echo('a'), other.echo('a')]);
  proxy.throttle(100_000);
  const beganMs = performance.now();
  await Promise.all([client.echo('b'.repeat(10_000)), other.echo('b'.repeat(10_000))]);
  const tookMs = performance.now() - beganMs;
  // 20,000 bytes at 100,000 a second are 200 ms; the last piece of 2,000 waits for the ones before it only.
  assert.ok(tookMs >= 170, `took ${tookMs} ms`);
  proxy.throttle(Infinity);
  await client.echo('c'.repeat(5_000_000));
});

test('breaking connections leaves the line as it is', async () => {
  await using world = await line();
  const { client, proxy } = world;
  await client.echo('a');
  proxy.breakConnections();
  await client.closed;
  using after = new Client(proxy.endpoint);
  await after.echo('b');
});

test('a target that is not there breaks the connection; once it is, the line works', async () => {
  const gone = await EchoServer.start();
  const { endpoint } = gone;
  await gone[Symbol.asyncDispose]();
  await using proxy = await FaultProxy.start({ target: endpoint });
  using client = new Client(proxy.endpoint);
  await client.closed;
  assert.deepEqual(client.endings, ['ECONNRESET']);
});

test('closing a paused, delayed proxy leaves no timer and no socket', async () => {
  const resources = (): string[] =>
    process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
  const before = resources().length;
  {
    await using world = await line();
    await world.client.echo('a');
    world.proxy.delay(3_600_000);
    const come = world.proxy.next('request');
    world.client.socket.write('b');
    await come;
    assert.equal(resources().length, before + 1);
    await world.proxy.close();
    await world.client.closed;
    assert.equal(world.proxy.connectionCount, 0);
    await assert.rejects(world.proxy.next('request'), { name: 'AbortError' });
  }
  assert.equal(resources().length, before);
});

test('bad input names the verb, the value and what is allowed', async () => {
  await assert.rejects(
    FaultProxy.start({ target: 'localhost' }),
    /target "localhost".*127\.0\.0\.1:2379/,
  );
  await assert.rejects(FaultProxy.start({ target: 'h:0' }), /target "h:0"/);
  await using world = await line();
  assert.throws(() => world.proxy.delay(-1), /FaultProxy\.delay: ms is -1; give .* at least 0/);
  assert.throws(() => world.proxy.throttle(0), /FaultProxy\.throttle: bytesPerSecond is 0/);
  assert.throws(() => world.proxy.delay(NaN), /ms is NaN/);
});

test('a connection whose client has ceased to read is broken all the same', async () => {
  await using world = await line();
  const { client, proxy } = world;
  await client.echo('a');
  client.socket.pause();
  const large = 'b'.repeat(1_000_000);
  for (let i = 0; i < 20; i++) client.socket.write(large);
  // Until the line is full.
  await proxy.next('reply');
  await proxy.close();
  assert.equal(proxy.connectionCount, 0);
});
