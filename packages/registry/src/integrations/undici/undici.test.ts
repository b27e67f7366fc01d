import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { fetch as undiciFetch, request } from 'undici';
import { instanceOf } from '../../balance/instance.fixture.ts';
import type { Instance } from '../../instance.ts';
import { MemoryDiscovery } from '../discovery.fixture.ts';
import { createDispatcher, type ServiceDispatcher } from './index.ts';

class HttpServer implements AsyncDisposable {
  readonly #server: Server;
  readonly name: string;

  private constructor(name: string, server: Server) {
    this.name = name;
    this.#server = server;
  }

  static async start(name: string, answer?: RequestListener): Promise<HttpServer> {
    const server = createServer(answer ?? ((_, response) => response.end(name)));
    server.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    return new HttpServer(name, server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  instance(changes: Partial<Instance> = {}): Instance {
    return instanceOf(this.name, { port: this.port, ...changes });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** An instance at an address where nobody listens. */
async function absent(id: string): Promise<Instance> {
  const server = await HttpServer.start(id);
  const instance = server.instance();
  await server[Symbol.asyncDispose]();
  return instance;
}

/** Node's own fetch: another undici than the dispatcher's, and with types of its own. */
function nodeFetch(
  url: string,
  dispatcher: ServiceDispatcher,
  init: RequestInit = {},
): Promise<Response> {
  return fetch(url, { ...init, dispatcher } as unknown as RequestInit);
}

test("http://service.concord is any instance of the service, by weight, for Node's fetch", async () => {
  await using a = await HttpServer.start('a');
  await using b = await HttpServer.start('b');
  const registry = new MemoryDiscovery();
  registry.set('payments', [a.instance({ weight: 300 }), b.instance()]);
  await using dispatcher = createDispatcher(registry);
  const counts = new Map<string, number>();
  for (let n = 0; n < 100; n++) {
    const name = await (await nodeFetch('http://payments.concord/charge?x=1', dispatcher)).text();
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  assert.ok(Math.abs(counts.get('a')! - 75) <= 2, JSON.stringify([...counts]));
  assert.equal(registry.service('payments').balancer.active, 0);
});

test("undici's own fetch and request work likewise, headers, status and body untouched", async () => {
  await using a = await HttpServer.start('a', (incoming, response) => {
    response.writeHead(201, { 'x-path': incoming.url, 'x-twice': ['1', '2'] });
    incoming.pipe(response);
  });
  const registry = new MemoryDiscovery();
  registry.set('payments', [a.instance()]);
  await using dispatcher = createDispatcher(registry);
  const url = 'http://payments.concord/a/b?c=d';
  for (const fetchIt of [
    () => undiciFetch(url, { method: 'POST', body: 'hello', dispatcher }),
    () => nodeFetch(url, dispatcher, { method: 'POST', body: 'hello' }),
  ]) {
    const response = await fetchIt();
    assert.equal(response.status, 201);
    assert.equal(response.headers.get('x-path'), '/a/b?c=d');
    assert.equal(response.headers.get('x-twice'), '1, 2');
    assert.equal(await response.text(), 'hello');
  }
  const { body, statusCode } = await request(url, {
    method: 'PUT',
    body: Readable.from(['by', 'te']),
    dispatcher,
  });
  assert.deepEqual([statusCode, await body.text()], [201, 'byte']);
});

test("large answers flow at the reader's pace", async () => {
  const size = 8 * 1024 * 1024;
  await using a = await HttpServer.start('a', (_, response) =>
    response.end(Buffer.alloc(size, 'x')),
  );
  const registry = new MemoryDiscovery();
  registry.set('payments', [a.instance()]);
  await using dispatcher = createDispatcher(registry);
  const response = await nodeFetch('http://payments.concord/', dispatcher);
  let length = 0;
  for await (const chunk of response.body!) length += (chunk as Uint8Array).length;
  assert.equal(length, size);
});

test('a request that gets no connection goes to another instance, a POST and a stream too', async () => {
  await using a = await HttpServer.start('a', (incoming, response) => incoming.pipe(response));
  const registry = new MemoryDiscovery({ outlier: false });
  registry.set('payments', [a.instance(), await absent('x'), await absent('y')]);
  await using dispatcher = createDispatcher(registry);
  for (let n = 0; n < 9; n++) {
    const response = await nodeFetch('http://payments.concord/', dispatcher, {
      method: 'POST',
      body: `n${n}`,
    });
    assert.equal(await response.text(), `n${n}`);
    const { body } = await request('http://payments.concord/', {
      method: 'POST',
      body: Readable.from(['a', 'b']),
      dispatcher,
    });
    assert.equal(await body.text(), 'ab');
  }
  assert.equal(registry.service('payments').balancer.active, 0);
});

test('a connection that breaks before the answer: a GET goes elsewhere, a POST is told', async () => {
  await using a = await HttpServer.start('a');
  await using breaks = await HttpServer.start('breaks', (incoming) => incoming.socket.destroy());
  const registry = new MemoryDiscovery({ outlier: false });
  registry.set('payments', [a.instance(), breaks.instance()]);
  await using dispatcher = createDispatcher(registry);
  const posts: string[] = [];
  for (let n = 0; n < 10; n++) {
    assert.equal(await (await nodeFetch('http://payments.concord/', dispatcher)).text(), 'a');
    const post = nodeFetch('http://payments.concord/', dispatcher, { method: 'POST', body: 'x' });
    posts.push(
      await post.then(
        () => 'told',
        () => 'failed',
      ),
    );
  }
  assert.ok(posts.includes('failed'));
  assert.equal(registry.service('payments').balancer.active, 0);
});

test('instances without a connection to be had are ejected, and those that answer 500 too', async () => {
  await using ok = await HttpServer.start('ok');
  await using other = await HttpServer.start('other');
  await using third = await HttpServer.start('third');
  await using bad = await HttpServer.start('bad', (_, response) => response.writeHead(500).end());
  const registry = new MemoryDiscovery({ outlier: { maxEjected: 0.5 } });
  const instances = [ok, other, third, bad].map((server) => server.instance());
  registry.set('payments', [...instances, await absent('gone')]);
  await using dispatcher = createDispatcher(registry);
  for (let n = 0; n < 60; n++) {
    await (await nodeFetch('http://payments.concord/', dispatcher)).text();
  }
  const ejected = registry
    .service('payments')
    .explain()
    .instances.filter(({ detail }) => /ejected/.test(detail));
  assert.equal(ejected.length, 2);
});

test('when nobody can be reached the caller is told so, after the retries', async () => {
  const registry = new MemoryDiscovery();
  registry.set('payments', [await absent('x'), await absent('y')]);
  await using dispatcher = createDispatcher(registry);
  await assert.rejects(nodeFetch('http://payments.concord/', dispatcher), (error: Error) => {
    assert.equal((error.cause as { code?: string }).code, 'ECONNREFUSED');
    return true;
  });
});

test('with no instances, a bad name, or a port, the cause says what is wrong', async () => {
  const registry = new MemoryDiscovery();
  await using dispatcher = createDispatcher(registry);
  const causeOf = async (url: string): Promise<string> => {
    const error: unknown = await nodeFetch(url, dispatcher).catch((reason: unknown) => reason);
    return String((error as Error).cause);
  };
  assert.match(
    await causeOf('http://payments.concord/'),
    /no instance of service "payments" is registered/,
  );
  assert.match(await causeOf('http://-x.concord/'), /host "-x.concord" names no service/);
  assert.match(await causeOf('http://payments.concord:81/'), /the URL has port 81/);
});

test('under a hashing policy requests of the same key go to the same instance, by a header or by a function', async () => {
  await using a = await HttpServer.start('a');
  await using b = await HttpServer.start('b');
  await using c = await HttpServer.start('c');
  const registry = new MemoryDiscovery({ policy: 'maglev' });
  registry.set('payments', [a.instance(), b.instance(), c.instance()]);
  const wanted = (hashKey: string): string => {
    using picked = registry.service('payments').balancer.pick({ hashKey });
    return picked!.instance.id;
  };
  await using byDefault = createDispatcher(registry);
  await using byHeader = createDispatcher(registry, { hashKey: 'X-Customer' });
  await using byPath = createDispatcher(registry, {
    hashKey: ({ service, method, path, header }) =>
      `${service} ${method} ${path} ${header('accept-language')} ${header('absent')}`,
  });
  const answers = new Set<string>();
  for (let n = 0; n < 12; n++) {
    const key = `customer-${n}`;
    const url = `http://payments.concord/${n}?q`;
    const shapes = [
      { 'Concord-Hash-Key': key },
      ['accept', '*/*', 'concord-hash-key', key],
      new Map([['concord-hash-key', key]]),
      new Headers({ 'concord-hash-key': key }),
    ];
    for (const headers of shapes) {
      const { body } = await request(url, { headers: headers as never, dispatcher: byDefault });
      assert.equal(await body.text(), wanted(key));
    }
    const init = { headers: { 'x-customer': key, 'accept-language': 'de' } };
    assert.equal(await (await nodeFetch(url, byHeader, init)).text(), wanted(key));
    const answer = await (await nodeFetch(url, byPath, init)).text();
    assert.equal(answer, wanted(`payments GET /${n}?q de undefined`));
    answers.add(wanted(key));
  }
  assert.equal(answers.size, 3);
});

test('a request whose instance gets no connection goes to the one that is second for its key, in every client', async () => {
  await using a = await HttpServer.start('a');
  await using b = await HttpServer.start('b');
  const registry = new MemoryDiscovery({ policy: 'ring-hash', outlier: false });
  registry.set('payments', [a.instance(), b.instance(), await absent('x')]);
  await using dispatcher = createDispatcher(registry, { hashKey: 'x-customer', retries: 1 });
  for (let n = 0; n < 20; n++) {
    const hashKey = `customer-${n}`;
    using second = registry.service('payments').balancer.pick({ hashKey, exclude: new Set(['x']) });
    const init = { headers: { 'x-customer': hashKey } };
    const answer = await (await nodeFetch('http://payments.concord/', dispatcher, init)).text();
    assert.equal(answer, second?.instance.id);
  }
});

test('without a key any instance is requested; a function that throws or returns no text fails its request alone', async () => {
  await using a = await HttpServer.start('a');
  await using b = await HttpServer.start('b');
  const registry = new MemoryDiscovery({ policy: 'maglev' });
  registry.set('payments', [a.instance(), b.instance()]);
  await using dispatcher = createDispatcher(registry, {
    hashKey: ({ path }) => {
      if (path === '/throws') throw new Error('no customer');
      return path === '/number' ? (7 as never) : undefined;
    },
  });
  const get = (path: string): Promise<string> =>
    nodeFetch(`http://payments.concord${path}`, dispatcher).then((response) => response.text());
  const causeOf = (path: string): Promise<string> =>
    get(path).then(String, (error: unknown) => String((error as Error).cause));
  assert.match(await causeOf('/throws'), /no customer/);
  assert.match(await causeOf('/number'), /"hashKey" returned 7 for GET \/number; return a text/);
  const answers = new Set<string>();
  for (let n = 0; n < 100 && answers.size < 2; n++) answers.add(await get('/'));
  assert.equal(answers.size, 2);
  assert.equal(registry.service('payments').balancer.active, 0);
});

test('an abort reaches the instance, and says nothing about it', async () => {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  const { promise: hungUp, resolve: hangUp } = Promise.withResolvers<void>();
  await using a = await HttpServer.start('a', (incoming) => {
    incoming.socket.once('close', () => hangUp());
    arrive();
  });
  const registry = new MemoryDiscovery();
  registry.set('payments', [a.instance()]);
  await using dispatcher = createDispatcher(registry);
  const controller = new AbortController();
  const { signal } = controller;
  const waiting = nodeFetch('http://payments.concord/', dispatcher, { signal });
  await arrived;
  controller.abort();
  await assert.rejects(waiting, { name: 'AbortError' });
  await hungUp;
  const { balancer } = registry.service('payments');
  assert.equal(balancer.active, 0);
  assert.equal(balancer.explain().instances[0]?.breaker, undefined);
});

test('other hosts are requested as usual', async () => {
  await using a = await HttpServer.start('a');
  await using dispatcher = createDispatcher(new MemoryDiscovery());
  const response = await nodeFetch(`http://127.0.0.1:${a.port}/`, dispatcher);
  assert.equal(await response.text(), 'a');
});

test('a registry that is away fails the request, and the next one asks again', async () => {
  await using a = await HttpServer.start('a');
  const registry = new MemoryDiscovery();
  registry.set('payments', [a.instance()]);
  registry.failure = new Error('no endpoint answers');
  await using dispatcher = createDispatcher(registry);
  await assert.rejects(nodeFetch('http://payments.concord/', dispatcher));
  assert.equal(await (await nodeFetch('http://payments.concord/', dispatcher)).text(), 'a');
});

test('one view serves all requests; closing ends it, and later requests are refused', async () => {
  await using a = await HttpServer.start('a');
  const registry = new MemoryDiscovery();
  registry.set('payments', [a.instance()]);
  const dispatcher = createDispatcher(registry);
  const get = async (): Promise<string> =>
    (await nodeFetch('http://payments.concord/', dispatcher)).text();
  await Promise.all([get(), get(), get()]);
  assert.deepEqual([registry.opened, registry.open], [1, 1]);
  await dispatcher.close();
  assert.equal(registry.open, 0);
  await assert.rejects(get());
});

test("options that can't be meant are refused", () => {
  const create = (options: object) => () => createDispatcher(new MemoryDiscovery(), options);
  assert.throws(create({ suffix: 'concord' }), {
    code: 'INVALID_ARGUMENT',
    message: /option "suffix" is "concord"/,
  });
  assert.throws(create({ retries: -1 }), { code: 'INVALID_ARGUMENT' });
  assert.throws(create({ connectTimeout: 'soon' }), { code: 'INVALID_ARGUMENT' });
  for (const hashKey of ['', 'x customer', 7]) {
    assert.throws(create({ hashKey }), {
      code: 'INVALID_ARGUMENT',
      message: /option "hashKey" is .*; give the name of a header/,
    });
  }
  assert.throws(create({ sufix: '.x' }), {
    code: 'INVALID_ARGUMENT',
    message: /no option "sufix"/,
  });
});
