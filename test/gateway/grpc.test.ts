/**
 * Goal: a program that knows nothing but the gateway's reflection drives services, configuration and locks by gRPC, and meets
 * what others do by HTTP. Method: a grpc-js client made of the descriptors that the built gateway hands out.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as grpc from '@grpc/grpc-js';
import { loadFileDescriptorSetFromBuffer, loadSync } from '@grpc/proto-loader';
import { onEachBackend } from './harness/gateway-process.ts';

type Fields = Readonly<Record<string, unknown>>;
interface Reply {
  readonly fileDescriptorResponse?: { readonly fileDescriptorProto: readonly Buffer[] };
  readonly listServicesResponse?: { readonly service: readonly { readonly name: string }[] };
}
interface Failure {
  readonly code: number;
  readonly details: string;
  readonly metadata: grpc.Metadata;
}

const LOADING = { longs: Number, enums: String, defaults: true, arrays: true } as const;

/** Asks the reflection service. */
async function reflect(address: string, questions: readonly Fields[]): Promise<readonly Reply[]> {
  const definition = loadSync('proto/grpc/reflection.proto', { ...LOADING, longs: String });
  const service = definition['grpc.reflection.v1.ServerReflection'] as grpc.ServiceDefinition;
  const Client = grpc.makeClientConstructor(service, 'ServerReflection');
  const client = new Client(address, grpc.credentials.createInsecure());
  const stream = (
    client['ServerReflectionInfo'] as () => grpc.ClientDuplexStream<Fields, Reply>
  ).call(client);
  for (const question of questions) stream.write(question);
  stream.end();
  const replies = await Array.fromAsync(stream as AsyncIterable<Reply>);
  client.close();
  return replies;
}

/** A client of each service, by the last part of its name, made of nothing but what reflection says. */
class Reflected {
  readonly names: readonly string[];
  readonly #clients = new Map<string, grpc.Client & Record<string, unknown>>();

  private constructor(names: readonly string[]) {
    this.names = names;
  }

  static async of(address: string): Promise<Reflected> {
    const [listed] = await reflect(address, [{ listServices: '' }]);
    const names = listed?.listServicesResponse?.service.map(({ name }) => name) ?? [];
    const reflected = new Reflected(names);
    const own = names.filter((name) => name.startsWith('concord.'));
    const replies = await reflect(
      address,
      own.map((name) => ({ fileContainingSymbol: name })),
    );
    const files = replies.flatMap(
      ({ fileDescriptorResponse }) => fileDescriptorResponse?.fileDescriptorProto ?? [],
    );
    // A FileDescriptorSet is its files, each as field 1.
    const set = Buffer.concat(files.map((file) => Buffer.concat([prefix(file.length), file])));
    const definition = loadFileDescriptorSetFromBuffer(set, LOADING);
    for (const name of own) {
      const Client = grpc.makeClientConstructor(definition[name] as grpc.ServiceDefinition, name);
      const client = new Client(address, grpc.credentials.createInsecure());
      reflected.#clients.set(name.split('.').at(-1) ?? '', client);
    }
    return reflected;
  }

  call<Answer = Fields>(
    service: string,
    method: string,
    request: Fields,
    options: grpc.CallOptions = {},
  ): Promise<Answer> {
    const client = this.#clients.get(service)!;
    const invoke = client[method] as (...given: unknown[]) => grpc.ClientUnaryCall;
    return new Promise((resolve, reject) => {
      const done = (error: Error | null, answer: Answer): void =>
        error === null ? resolve(answer) : reject(error);
      invoke.call(client, request, new grpc.Metadata(), options, done);
    });
  }

  stream<Message>(
    service: string,
    method: string,
    request: Fields,
  ): grpc.ClientReadableStream<Message> {
    const client = this.#clients.get(service)!;
    return (client[method] as (request: Fields) => grpc.ClientReadableStream<Message>).call(
      client,
      request,
    );
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
  }
}

function prefix(length: number): Buffer {
  const parts = [0x0a];
  let rest = length;
  for (; rest >= 0x80; rest >>>= 7) parts.push((rest & 0x7f) | 0x80);
  return Buffer.from([...parts, rest]);
}

onEachBackend('the gateway by gRPC', (target) => {
  let reflected: Reflected;
  before(async () => {
    reflected = await Reflected.of(target.gateway.grpcAddress);
  });
  after(() => reflected.close());
  const failure = async (asking: Promise<unknown>): Promise<Failure> =>
    asking.then(
      () => assert.fail('it should be refused'),
      (error: unknown) => error as Failure,
    );

  test('reflection tells of the three subjects, and health says that they are served', async () => {
    for (const name of [
      'concord.registry.v1.RegistryService',
      'concord.config.v1.ConfigService',
      'concord.lock.v1.LockService',
    ]) {
      assert.ok(reflected.names.includes(name), name);
    }
    const definition = loadSync('proto/grpc/health.proto', LOADING);
    const Health = grpc.makeClientConstructor(
      definition['grpc.health.v1.Health'] as grpc.ServiceDefinition,
      'Health',
    );
    const health = new Health(target.gateway.grpcAddress, grpc.credentials.createInsecure());
    const check = health['Check'] as (
      request: Fields,
      done: (error: Error | null, answer: Fields) => void,
    ) => void;
    const answer = await new Promise<Fields>((resolve, reject) =>
      check.call(health, { service: 'concord.lock.v1.LockService' }, (error, told) =>
        error === null ? resolve(told) : reject(error),
      ),
    );
    assert.equal(answer['status'], 'SERVING');
    health.close();
  });

  test('an instance is registered, watched, kept alive, picked and taken out', async () => {
    const service = target.name('orders');
    const watch = reflected.stream<{
      kind: string;
      revision: number;
      put: { id: string; weight: number }[];
      deleted: string[];
    }>('RegistryService', 'WatchInstances', { service });
    const told = messagesOf(watch);
    const first = await told();
    assert.deepEqual([first.kind, first.put], ['WATCH_KIND_SNAPSHOT', []]);
    const registered = await reflected.call<{ instance: Fields }>('RegistryService', 'Register', {
      service,
      id: 'a',
      address: '10.0.0.1',
      port: 3000,
      weight: 200,
      // Descriptors show a map as what it is on the wire: entries.
      labels: [{ key: 'version', value: '2' }],
      metadataJson: '{"rack":7}',
    });
    assert.deepEqual(
      [
        registered.instance['endpoint'],
        registered.instance['metadataJson'],
        registered.instance['ttlMs'],
      ],
      ['10.0.0.1:3000', '{"rack":7}', 15_000],
    );
    const second = await told();
    assert.deepEqual([second.kind, second.put[0]?.weight], ['WATCH_KIND_CHANGE', 200]);
    const beat = await reflected.call('RegistryService', 'Heartbeat', { service, id: 'a' });
    assert.equal(beat['ttlMs'], 15_000);
    const picked = await reflected.call<{ instances: { id: string }[] }>(
      'RegistryService',
      'Pick',
      { service },
    );
    assert.equal(picked.instances[0]?.id, 'a');
    const seen = await target.gateway.json<{ items: unknown[] }>(
      'GET',
      `/v1/services/${service}/instances`,
    );
    assert.equal(seen.body.items.length, 1);
    await reflected.call('RegistryService', 'Deregister', { service, id: 'a' });
    for (let message = await told(); !message.deleted.includes('a'); message = await told());
    watch.cancel();
    const resumed = reflected.stream<{ kind: string; put: { id: string }[] }>(
      'RegistryService',
      'WatchInstances',
      {
        service,
        afterRevision: first.revision,
      },
    );
    const missed = await messagesOf(resumed)();
    assert.equal(missed.kind, 'WATCH_KIND_CHANGE');
    resumed.cancel();
  });

  test('configuration is released, followed, rolled back and explained', async () => {
    const item = { path: `${target.name('shop')}/url` };
    const watch = reflected.stream<{ kind: string; item?: { content: string } }>(
      'ConfigService',
      'WatchItem',
      { item },
    );
    const told = messagesOf(watch);
    assert.equal((await told()).item, undefined);
    const release = (content: string) =>
      reflected.call<{ released: { release: number } }>('ConfigService', 'ReleaseItem', {
        item,
        content,
      });
    assert.equal((await release('one')).released.release, 1);
    assert.equal((await told()).item?.content, 'one');
    await target.gateway.json('PUT', `/v1/configs/default/${item.path}`, {
      body: { content: 'two' },
    });
    assert.equal((await told()).item?.content, 'two');
    await reflected.call('ConfigService', 'RollbackItem', { item, to: 1, comment: 'back' });
    const history = await reflected.call<{
      releases: { release: number; content: string; from?: number }[];
    }>('ConfigService', 'ListHistory', { item });
    assert.deepEqual(
      history.releases.map(({ release: number, content, from }) => [number, content, from]),
      [
        [3, 'one', 1],
        [2, 'two', undefined],
        [1, 'one', undefined],
      ],
    );
    const effective = await reflected.call('ConfigService', 'GetEffective', {
      item,
      clientId: 'x',
    });
    assert.deepEqual([effective['layer'], effective['content']], ['release', 'one']);
    watch.cancel();
  });

  test('locks and elections are had in turn, and a deadline leaves the line', async () => {
    const name = target.name('/jobs');
    const open = async (): Promise<string> =>
      (await reflected.call<{ session: { id: string } }>('LockService', 'OpenSession', {})).session
        .id;
    const [one, two] = [await open(), await open()];
    const acquire = (session: string, waitMs: number, options?: grpc.CallOptions) =>
      reflected.call<{ hold: { token: number } }>(
        'LockService',
        'Acquire',
        { name, session, waitMs },
        options,
      );
    const first = await acquire(one, 0);
    assert.equal((await failure(acquire(two, 0))).code, grpc.status.FAILED_PRECONDITION);
    const late = await failure(acquire(two, 60_000, { deadline: Date.now() + 300 }));
    assert.equal(late.code, grpc.status.DEADLINE_EXCEEDED);
    for (;;) {
      const lock = await reflected.call<{ waiters: unknown[] }>('LockService', 'GetLock', { name });
      if (lock.waiters.length === 0) break;
    }
    const waiting = acquire(two, 60_000);
    await reflected.call('LockService', 'Release', { name, session: one });
    assert.ok((await waiting).hold.token > first.hold.token);
    const election = target.name('/leader');
    const observe = reflected.stream<{ hasLeader: boolean; value: string }>(
      'LockService',
      'ObserveElection',
      {
        name: election,
      },
    );
    const leaders = messagesOf(observe);
    assert.equal((await leaders()).hasLeader, false);
    await reflected.call('LockService', 'Campaign', { name: election, session: one, value: 'me' });
    assert.equal((await leaders()).value, 'me');
    observe.cancel();
    for (const session of [one, two])
      await reflected.call('LockService', 'CloseSession', { session });
  });

  test('what is refused says why: a code, a reason, and the fields', async () => {
    const cases: [string, string, Fields, number, string][] = [
      [
        'RegistryService',
        'Register',
        { service: 'x y', id: 'a', address: 'h', port: 1 },
        grpc.status.INVALID_ARGUMENT,
        'service',
      ],
      [
        'RegistryService',
        'Heartbeat',
        { service: 'nobody', id: 'a' },
        grpc.status.NOT_FOUND,
        'NOT_FOUND',
      ],
      [
        'ConfigService',
        'GetItem',
        { item: { path: 'no/such' } },
        grpc.status.NOT_FOUND,
        'NOT_FOUND',
      ],
      [
        'ConfigService',
        'ReleaseItem',
        { item: { path: 'x.json' }, content: '{' },
        grpc.status.INVALID_ARGUMENT,
        'INVALID_CONTENT',
      ],
      ['ConfigService', 'GetItem', {}, grpc.status.INVALID_ARGUMENT, 'item.path'],
      [
        'LockService',
        'Acquire',
        { name: '/x', session: 'zz' },
        grpc.status.INVALID_ARGUMENT,
        'session',
      ],
      ['LockService', 'KeepSessionAlive', { session: 'abc' }, grpc.status.NOT_FOUND, 'NOT_FOUND'],
    ];
    for (const [service, method, request, code, told] of cases) {
      const error = await failure(reflected.call(service, method, request));
      assert.equal(error.code, code, `${method}: ${error.details}`);
      const [details] = error.metadata.get('grpc-status-details-bin');
      assert.ok(String(details).includes(told), `${method}: ${String(details)}`);
      assert.ok(String(details).includes('type.googleapis.com/google.rpc.ErrorInfo'));
    }
  });
});

/** The next message of a stream, each time it is asked. */
function messagesOf<T>(stream: grpc.ClientReadableStream<T>): () => Promise<T> {
  const messages = stream[Symbol.asyncIterator]() as AsyncIterator<T, undefined>;
  return async () => {
    const { done, value } = await messages.next();
    if (done === true) throw new Error('the stream has ended');
    return value;
  };
}
