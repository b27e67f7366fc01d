/**
 * Goal: a program that knows nothing but the gateway's reflection drives services, configuration and locks by gRPC, and meets
 * what others do by HTTP. Method: a grpc-js client made of the descriptors that the built gateway hands out.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { onEachBackend } from './harness/gateway-process.ts';
import { operationsOf, type Document } from './harness/openapi-document.ts';
import { LOADING, messagesOf, Reflected, type Fields } from './harness/reflected.ts';

interface Failure {
  readonly code: number;
  readonly details: string;
  readonly metadata: grpc.Metadata;
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

  /** Operations by HTTP that have another name by gRPC, or are a part of another call. */
  const otherwiseCalled: Readonly<Record<string, string>> = {
    registerInstance: 'Register',
    sendHeartbeat: 'Heartbeat',
    drainInstance: 'Drain',
    deregisterInstance: 'Deregister',
    pickInstance: 'Pick',
    watchService: 'WatchInstances',
    getServiceTimeline: 'GetTimeline',
    listConfigNamespaces: 'ListNamespaces',
    listConfigs: 'ListItems',
    watchConfigs: 'WatchItems',
    getConfig: 'GetItem',
    putConfig: 'ReleaseItem',
    deleteConfig: 'DeleteItem',
    listConfigHistory: 'ListHistory',
    rollbackConfig: 'RollbackItem',
    diffConfig: 'DiffItem',
    watchConfig: 'WatchItem',
    getConfigDraft: 'GetDraft',
    putConfigDraft: 'PutDraft',
    deleteConfigDraft: 'DiscardDraft',
    validateConfig: 'ValidateItem',
    releaseConfig: 'ReleaseDraft',
    releaseConfigs: 'ReleaseItems',
    listConfigSchemas: 'ListSchemas',
    deleteConfigSchema: 'ForgetSchema',
    listConfigAcknowledgements: 'ListAcknowledgements',
    getEffectiveConfig: 'GetEffective',
    getConfigRollout: 'GetRollout',
    startConfigRollout: 'StartRollout',
    changeConfigRollout: 'ChangeRollout',
    abortConfigRollout: 'AbortRollout',
    exportConfigs: 'ExportItems',
    importConfigs: 'ImportItems',
    searchConfigs: 'SearchItems',
    acquireLock: 'Acquire',
    releaseLock: 'Release',
    forceReleaseLock: 'ForceRelease',
    campaignInElection: 'Campaign',
    proclaimAsLeader: 'Proclaim',
    resignFromElection: 'Resign',
    getSessionOfLocks: 'GetSession',
  };
  const pascal = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1);

  test('every operation on services, configuration and locks by HTTP is there by gRPC', async () => {
    const document = await target.gateway.json<Document>('GET', '/openapi.json');
    const tags = ['services', 'health checks', 'configuration', 'locks'];
    const wanted = operationsOf(document.body).filter((one) =>
      one.tags.some((tag) => tags.includes(tag)),
    );
    assert.ok(wanted.length > 50, `${wanted.length} operations`);
    const offered = new Set(
      ['RegistryService', 'ConfigService', 'LockService'].flatMap((name) =>
        reflected.methodsOf(name),
      ),
    );
    const missing = wanted
      .map(({ id }) => otherwiseCalled[id] ?? pascal(id))
      .filter((method) => !offered.has(method));
    assert.deepEqual(missing, []);
  });

  test('services are listed and followed; an operator decides about an instance', async () => {
    const service = target.name('desk');
    const registry = <Answer = Fields>(method: string, request: Fields) =>
      reflected.call<Answer>('RegistryService', method, request);
    const watch = reflected.stream<{ kind: string; put: { name: string; weight: number }[] }>(
      'RegistryService',
      'WatchServices',
      {},
    );
    const told = messagesOf(watch);
    assert.equal((await told()).kind, 'WATCH_KIND_SNAPSHOT');
    const instance = { service, id: 'a' };
    await registry('Register', {
      ...instance,
      address: '10.0.0.1',
      ports: [
        { key: 'http', value: 80 },
        { key: 'grpc', value: 90 },
      ],
      expectedRevision: 0,
    });
    for (let seen = false; !seen;)
      seen = (await told()).put.some(({ name, weight }) => name === service && weight === 100);
    watch.cancel();
    const again = await failure(
      registry('Register', { ...instance, address: '10.0.0.1', port: 80, expectedRevision: 0 }),
    );
    assert.equal(again.code, grpc.status.ABORTED);
    const listed = await registry<{ services: Fields[]; count: number; nextPageToken: string }>(
      'ListServices',
      { search: service, pageSize: 1 },
    );
    assert.deepEqual([listed.count, listed.services[0]?.['name']], [1, service]);
    const one = await registry<{ service: { instances: Fields } }>('GetService', { service });
    assert.equal(one.service.instances['serving'], 1);

    const updated = await registry<{ instance: Fields }>('UpdateInstance', {
      ...instance,
      labels: [{ key: 'version', value: '2' }],
      weight: 50,
    });
    assert.deepEqual(updated.instance['labels'], [{ key: 'version', value: '2' }]);
    const bare = await registry<{ instance: Fields }>('UpdateInstance', {
      ...instance,
      removedLabels: ['version'],
    });
    assert.deepEqual([bare.instance['labels'], bare.instance['weight']], [[], 50]);

    await registry('OverrideInstance', { ...instance, weight: 0, reason: 'a look at it' });
    const shown = await registry<{ instance: { weight: number; override: Fields } }>(
      'GetInstance',
      instance,
    );
    assert.deepEqual(
      [shown.instance.weight, shown.instance.override['reason']],
      [0, 'a look at it'],
    );
    const explained = await registry<{ instances: { isPickable: boolean }[] }>('ExplainPick', {
      service,
    });
    assert.equal(explained.instances[0]?.isPickable, false);
    const kept = await registry<{ override: { by: string } }>('GetOverride', instance);
    assert.equal(kept.override.by, 'developer');
    await registry('RemoveOverride', instance);
    assert.equal((await failure(registry('GetOverride', instance))).code, grpc.status.NOT_FOUND);

    const check = { ttl: { ttlMs: 5000 }, intervalMs: 60_000 };
    await registry('PutHealthCheck', { ...instance, check });
    const checking = await registry<{ check: Fields; by: string }>('GetHealthCheck', instance);
    assert.deepEqual(
      [checking.check['ttl'], checking.check['intervalMs'], checking.check['down'], checking.by],
      [{ ttlMs: 5000 }, 60_000, 3, 'developer'],
    );
    await registry('RemoveHealthCheck', instance);
    const none = await failure(registry('PutHealthCheck', { ...instance, check: {} }));
    assert.equal(none.code, grpc.status.INVALID_ARGUMENT);

    assert.ok(
      (
        await registry<{ revision: number }>('DecideHold', {
          service,
          action: 'release',
          reason: 'they are gone',
        })
      ).revision > 0,
    );
    assert.deepEqual((await registry('ListConsumers', { service }))['consumers'], []);
    const timeline = await registry<{ events: { kind: string }[] }>('GetTimeline', { service });
    const kinds = timeline.events.map(({ kind }) => kind);
    for (const kind of ['registered', 'weight', 'override', 'override-ended', 'hold-released'])
      assert.ok(kinds.includes(kind), `${kind} in ${kinds.join()}`);
    await registry('Deregister', instance);
  });

  test('drafts become releases, to a few first; namespaces go from place to place', async () => {
    const config = <Answer = Fields>(method: string, request: Fields) =>
      reflected.call<Answer>('ConfigService', method, request);
    const namespace = target.name('ns');
    const item = { namespace, path: 'shop/limits.json' };
    const draft = await config<{ draft: { base: number; revision: number } }>('PutDraft', {
      item,
      content: '{"max":1}',
      expectedRevision: 0,
    });
    const late = await failure(config('PutDraft', { item, content: '{}', expectedRevision: 0 }));
    assert.equal(late.code, grpc.status.ABORTED);
    assert.equal(draft.draft.base, 0);
    const bad = await config<{ isValid: boolean; issues: { line: number }[] }>('ValidateItem', {
      item,
      content: '{',
    });
    assert.deepEqual([bad.isValid, bad.issues[0]?.line], [false, 1]);
    assert.equal((await config('ValidateItem', { item }))['isValid'], true);
    const released = await config<{ released: { release: number } }>('ReleaseDraft', {
      item,
      checked: true,
    });
    assert.equal(released.released.release, 1);
    assert.equal((await failure(config('GetDraft', { item }))).code, grpc.status.NOT_FOUND);

    await config('PutDraft', { item, content: '{"max":2}' });
    const diff = await config<{ changes: { path: string; afterJson: string }[] }>('DiffItem', {
      item,
      to: 'draft',
    });
    assert.deepEqual(
      diff.changes.map(({ path, afterJson }) => [path, afterJson]),
      [['max', '2']],
    );
    const started = await config<{ rollout: { state: string; steps: Fields[] } }>('StartRollout', {
      item,
      steps: [{ match: [{ key: 'region', value: { values: ['eu'] } }] }, { percent: 50 }],
      advance: 'manual',
    });
    assert.equal(started.rollout.steps.length, 2);
    const gray = await config<{ track: string; content: string }>('GetEffective', {
      item,
      clientId: 'x',
      labels: [{ key: 'region', value: 'eu' }],
    });
    assert.deepEqual([gray.track, gray.content], ['rollout', '{"max":2}']);
    const busy = await failure(
      config('StartRollout', { item, content: '{}', steps: [{ percent: 1 }] }),
    );
    assert.equal(busy.code, grpc.status.FAILED_PRECONDITION);
    const paused = await config<{ rollout: { state: string } }>('ChangeRollout', {
      item,
      action: 'ROLLOUT_ACTION_PAUSE',
    });
    assert.equal(paused.rollout.state, 'paused');
    await config('ChangeRollout', { item, action: 'ROLLOUT_ACTION_PROMOTE' });
    const done = await config<{ rollout: { state: string } }>('GetRollout', { item });
    assert.equal(done.rollout.state, 'completed');
    assert.equal((await failure(config('AbortRollout', { item }))).code, grpc.status.NOT_FOUND);
    const said = await config('ListAcknowledgements', { item });
    assert.deepEqual([said['acknowledgements'], said['isConverged']], [[], true]);
    assert.deepEqual((await config('ListSchemas', { item }))['schemas'], []);

    const two = await config<{ released: { path: string; revision: number }[]; revision: number }>(
      'ReleaseItems',
      {
        namespace,
        items: [
          { path: 'a', content: 'one' },
          { path: 'b', content: 'two', base: 0 },
        ],
        comment: 'together',
      },
    );
    assert.ok(two.released.every(({ revision }) => revision === two.revision));
    const watch = reflected.stream<{ put: { path: string }[] }>('ConfigService', 'WatchItems', {
      namespace,
    });
    const all = await messagesOf(watch)();
    watch.cancel();
    assert.deepEqual(all.put.map(({ path }) => path).sort(), ['a', 'b', 'shop/limits.json']);
    const list = await config<{ items: Fields[]; nextPageToken: string }>('ListItems', {
      namespace,
      pageSize: 2,
    });
    assert.deepEqual([list.items.length, list.nextPageToken === ''], [2, false]);
    const names = await config<{ namespaces: { name: string }[] }>('ListNamespaces', {});
    assert.ok(names.namespaces.some(({ name }) => name === namespace));
    const found = await config<{ found: { path: string }[] }>('SearchItems', {
      namespace,
      content: 'two',
    });
    assert.deepEqual(
      found.found.map(({ path }) => path),
      ['b'],
    );
    const parts = await Array.fromAsync(
      reflected.stream<{ items: Fields[] }>('ConfigService', 'ExportItems', {
        namespace,
      }) as AsyncIterable<{ items: Fields[] }>,
    );
    const bundle = parts.flatMap(({ items }) => items);
    assert.equal(bundle.length, 3);
    const elsewhere = `${namespace}-copy`;
    const planned = await config('ImportItems', {
      namespace: elsewhere,
      items: bundle,
      dryRun: true,
    });
    assert.deepEqual([planned['isDone'], planned['transactions']], [false, 1]);
    await config('ImportItems', { namespace: elsewhere, items: bundle });
    const copied = await config<{ item: { content: string } }>('GetItem', {
      item: { namespace: elsewhere, path: 'b' },
    });
    assert.equal(copied.item.content, 'two');
  });

  test('locks and elections are looked at, followed, and taken away from who has them', async () => {
    const lock = <Answer = Fields>(method: string, request: Fields) =>
      reflected.call<Answer>('LockService', method, request);
    const prefix = target.name('/watched');
    const [name, election] = [`${prefix}/lock`, `${prefix}/election`];
    const open = async (): Promise<string> =>
      (await lock<{ session: { id: string } }>('OpenSession', { label: 'tester' })).session.id;
    const [holder, waiter] = [await open(), await open()];
    const watch = reflected.stream<{ put: { name: string; holders: Fields[] }[] }>(
      'LockService',
      'WatchLocks',
      { prefix },
    );
    const told = messagesOf(watch);
    assert.deepEqual((await told()).put, []);
    const hold = await lock<{ hold: { token: number } }>('Acquire', { name, session: holder });
    for (let seen = false; !seen;) {
      seen = (await told()).put.some(
        (one) => one.name === name && one.holders[0]?.['session'] === holder,
      );
    }
    watch.cancel();
    await lock('Campaign', { name: election, session: holder, value: 'me' });
    const waiting = lock<{ hold: { token: number } }>('Acquire', {
      name,
      session: waiter,
      waitMs: 30_000,
    });
    const locks = await lock<{ locks: { name: string; kind: string }[] }>('ListLocks', { prefix });
    assert.deepEqual(
      locks.locks.map(({ name: of, kind }) => [of, kind]),
      [[name, 'mutex']],
    );
    const elections = await lock<{ elections: { name: string; leader: Fields }[] }>(
      'ListElections',
      { prefix },
    );
    assert.deepEqual(
      elections.elections.map((one) => [one.name, one.leader['value']]),
      [[election, 'me']],
    );
    const followed = reflected.stream<{ put: { name: string }[] }>(
      'LockService',
      'WatchElections',
      { prefix },
    );
    assert.equal((await messagesOf(followed)()).put[0]?.name, election);
    followed.cancel();
    const one = await lock<{ election: { leader: Fields } }>('GetElection', { name: election });
    assert.equal(one.election.leader['session'], holder);
    const forced = await lock<{ token: number }>('ForceRelease', {
      name,
      session: holder,
      reason: 'it hangs',
    });
    assert.equal(forced.token, hold.hold.token);
    assert.ok((await waiting).hold.token > forced.token);
    const session = await lock<{ keys: string[]; label: string }>('GetSession', {
      session: holder,
    });
    assert.deepEqual([session.keys.length, session.label], [1, 'tester']);
    const nobody = await failure(lock('ForceRelease', { name, session: 'abc' }));
    assert.equal(nobody.code, grpc.status.NOT_FOUND);
    for (const session of [holder, waiter]) await lock('CloseSession', { session });
  });
});
