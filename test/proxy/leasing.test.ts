/**
 * Goal: reads of owned keys need no cluster, and are never behind it, whoever writes. Method: two proxies of ours and, where
 * there is one, etcd's own beside them, on one server and prefix.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '@concord/testing';
import { bytes } from '../conformance/harness/answers.ts';
import { etcd } from '../conformance/harness/backend.ts';
import { ProxyProcess } from '../conformance/harness/proxy-process.ts';
import { WireClient } from '../conformance/harness/wire-client.ts';
import { ForeignProxy } from './foreign-proxy.ts';
import { backends, metricOf, ProxiedServer } from './proxied-server.ts';
import {
  nextInput,
  RegisterHistory,
  type Held,
  type RegisterInput,
  type RegisterOutput,
} from './register-history.ts';

const PREFIX = 'leasing/';
const LEASING = `--experimental-leasing-prefix=${PREFIX}`;
const HITS = 'concord_grpc_proxy_leasing_hits_total';
const KEYS = 'concord_grpc_proxy_leasing_keys';
/** Servers raise what is shorter. */
const SHORT_TTL_SECONDS = 2;

for (const backend of backends()) {
  describe(`keys that proxies own, on ${backend.name}`, () => {
    // With a name space on one of the servers: leasing keys are in it as well.
    const namespace = backend.name === 'concord' ? ['--namespace=tenant/'] : [];
    const flags = [LEASING, ...namespace];
    const resources = new AsyncDisposableStack();
    const open = (endpoint: string): WireClient => {
      const client = new WireClient(endpoint);
      resources.defer(() => client.close());
      return client;
    };
    let proxied: ProxiedServer;
    let other: ProxyProcess;
    /** Of our two proxies, and of etcd's. */
    let clients: readonly WireClient[];
    let one: WireClient;
    let two: WireClient;
    let foreign: WireClient | undefined;
    before(async () => {
      proxied = resources.use(await ProxiedServer.start(backend, flags));
      const endpoints = `--endpoints=${proxied.server.endpoint}`;
      other = resources.use(await ProxyProcess.start('grpc-proxy', [endpoints, ...flags]));
      [one, two] = [proxied.client, open(other.endpoint)];
      const executable = etcd()?.executable;
      if (executable !== undefined) {
        const beside = await ForeignProxy.start(executable, [endpoints, ...flags]);
        foreign = open(resources.use(beside).endpoint);
      }
      clients = [one, two, ...(foreign === undefined ? [] : [foreign])];
    });
    after(() => resources.disposeAsync());

    const put = (client: WireClient, key: string, value: string) =>
      client.must('Put', { key: bytes(key), value: bytes(value) });
    const get = async (client: WireClient, key: string): Promise<Held> => {
      const { kvs, count } = await client.must('Range', { key: bytes(key) });
      assert.equal(Number(count), kvs.length);
      return kvs[0] === undefined ? undefined : String(kvs[0].value);
    };
    /** Reads a key by the first proxy until it owns it. */
    const own = async (key: string): Promise<void> => {
      const metric = (name: string) => proxied.proxyMetric(name);
      for (;;) {
        const hits = await metric(HITS);
        await get(one, key);
        if ((await metric(HITS)) > hits) return;
        await sleep(20);
      }
    };

    test('an owned key is read while the server is away, and stays owned when it is back', async () => {
      await put(two, 'still', '1');
      await own('still');
      await proxied.server.halt('SIGKILL');
      try {
        assert.equal(await get(one, 'still'), '1');
        const range = { key: bytes('still'), keys_only: true, min_mod_revision: 1 };
        const { kvs, header } = await one.must('Range', range, { deadlineMs: 2000 });
        assert.deepEqual(
          kvs.map(({ value }) => String(value)),
          [''],
        );
        assert.ok(Number(header?.revision) > 1);
        const condition = { key: bytes('still'), target: 'VALUE', result: 'EQUAL' } as const;
        const read = [{ request_range: { key: bytes('still') } }];
        const txn = { compare: [{ ...condition, value: bytes('1') }], success: read };
        assert.equal((await one.must('Txn', txn, { deadlineMs: 2000 })).succeeded, true);
        const elsewhere = await one.call('Range', { key: bytes('else') }, { deadlineMs: 200 });
        assert.ok('code' in elsewhere, 'the server would have to answer');
      } finally {
        await proxied.server.restart();
      }
      await put(two, 'still', '2');
      assert.equal(await get(one, 'still'), '2');
    });

    test('its owner writes it and goes on to read it from memory', async () => {
      await own('written');
      const { header } = await put(one, 'written', '1');
      const hits = await proxied.proxyMetric(HITS);
      const { kvs } = await one.must('Range', { key: bytes('written') });
      const [pair] = kvs;
      assert.deepEqual(
        [String(pair?.value), pair?.version, pair?.create_revision],
        ['1', '1', header?.revision],
      );
      await put(one, 'written', '2');
      const put3 = { request_put: { key: bytes('written'), value: bytes('3'), prev_kv: true } };
      const txn = await one.must('Txn', { success: [put3] });
      assert.equal(String(txn.responses[0]?.response_put?.prev_kv?.value), '2');
      const after = await one.must('Range', { key: bytes('written') });
      assert.deepEqual([String(after.kvs[0]?.value), after.kvs[0]?.version], ['3', '3']);
      await one.must('DeleteRange', { key: bytes('writ'), range_end: bytes('writz') });
      assert.equal(await get(one, 'written'), undefined);
      assert.equal(await proxied.proxyMetric(HITS), hits + 3);
    });

    test('whatever another proxy writes is read next', async () => {
      const writes: Record<string, (client: WireClient, key: string) => Promise<unknown>> = {
        put: (client, key) => put(client, key, 'new'),
        delete: (client, key) => client.must('DeleteRange', { key: bytes(key) }),
        'delete of a range': (client, key) =>
          client.must('DeleteRange', { key: bytes(key), range_end: bytes(`${key}~`) }),
        transaction: (client, key) => client.must('Txn', { success: [deleting(key)] }),
        'transaction with conditions, within one': (client, key) => {
          const compare = [{ key: bytes(key), target: 'CREATE', result: 'GREATER' }] as const;
          const inner = { compare: [...compare], success: [deleting(key, `${key}~`)], failure: [] };
          return client.must('Txn', { compare: [...compare], success: [{ request_txn: inner }] });
        },
      };
      // etcd's own does not ask owners when a deletion has no end.
      const ofOurs: typeof writes = {
        'delete without an end': (client, key) =>
          client.must('DeleteRange', { key: bytes(key), range_end: bytes('\0') }),
      };
      for (const client of clients.slice(1)) {
        for (const [what, write] of Object.entries({
          ...writes,
          ...(client === foreign ? {} : ofOurs),
        })) {
          const key = `z ${clients.indexOf(client)} ${what}`;
          await put(client, key, 'old');
          await own(key);
          assert.equal(await get(one, key), 'old');
          await write(client, key);
          assert.equal(await get(one, key), what === 'put' ? 'new' : undefined, key);
        }
      }
    });

    test('many keys at once: a deletion takes them all from their owner', async () => {
      const keys = Array.from({ length: 150 }, (_, i) => `many/${i}`);
      await own('many/0');
      await Promise.all(keys.map((key) => get(one, key)));
      assert.ok((await proxied.proxyMetric(KEYS)) >= keys.length);
      // As many operations as a transaction may have, each on a key that is somebody else's.
      const success = keys
        .slice(0, 128)
        .map((key) => ({ request_put: { key: bytes(key), value: bytes('1') } }));
      await two.must('Txn', { success });
      assert.equal(await get(one, 'many/127'), '1');
      const all = { key: bytes('many/'), range_end: bytes('many0') };
      assert.equal((await two.must('DeleteRange', all)).deleted, '128');
      assert.equal(await get(one, 'many/127'), undefined);
      assert.equal(await get(one, 'many/149'), undefined);
    });

    test('a key that is attached to a lease is nobody’s, and goes with it', async () => {
      await own('leased');
      const { ID: lease } = await one.must('LeaseGrant', { TTL: 600 });
      await one.must('Put', { key: bytes('leased'), value: bytes('1'), lease });
      assert.equal(await get(one, 'leased'), '1');
      await two.must('LeaseRevoke', { ID: lease });
      assert.equal(await get(one, 'leased'), undefined);
    });

    test('a proxy that is killed holds up writes until its lease ends', async () => {
      const ttl = `--experimental-leasing-ttl=${SHORT_TTL_SECONDS}`;
      const short = [`--endpoints=${proxied.server.endpoint}`, ...flags, ttl];
      await using killed = await ProxyProcess.start('grpc-proxy', short);
      const client = open(killed.endpoint);
      while ((await metricOf(killed, HITS)) === 0) await get(client, 'orphan');
      process.kill(killed.pid, 'SIGKILL');
      const began = performance.now();
      await put(one, 'orphan', '1');
      const tookMs = performance.now() - began;
      assert.ok(tookMs > 500, `its lease still lived: ${tookMs} ms`);
      assert.equal(await get(two, 'orphan'), '1');
    });

    test('a proxy that stops gives its keys up at once', async () => {
      const endpoints = `--endpoints=${proxied.server.endpoint}`;
      await using stopped = await ProxyProcess.start('grpc-proxy', [endpoints, ...flags]);
      const client = open(stopped.endpoint);
      while ((await metricOf(stopped, HITS)) === 0) await get(client, 'left');
      await stopped.stop();
      await two.must('Put', { key: bytes('left'), value: bytes('1') }, { deadlineMs: 5000 });
      const leasing = { key: bytes(`${PREFIX}left`) };
      assert.equal((await two.must('Range', leasing)).count, '0');
    });

    test('what is read at any of them could have happened one after the other', async () => {
      const seed = Number(process.env['LEASING_SEED'] ?? Math.floor(Math.random() * 1e9));
      const history = new RegisterHistory(() => performance.now());
      await Promise.all(
        clients.flatMap((client, i) =>
          // etcd's own lets reads by while a key is written twice at a time, and does a put of an unowned key twice.
          (client === foreign ? [0] : [0, 1]).map((j) =>
            actRandomly(client, history, {
              name: `${i}${j}`,
              random: new Random(seed + i * 2 + j),
              writes: client === foreign ? 'by transactions' : 'plainly',
            }),
          ),
        ),
      );
      assert.equal(history.judge(), 'linearizable', `LEASING_SEED=${seed}`);
    });

    // The last: authentication stays on.
    test('with authentication on nothing is answered from memory any more', async () => {
      await put(one, 'secret', '1');
      await own('secret');
      await one.must('UserAdd', { name: 'root', password: 'r' });
      await one.must('RoleAdd', { name: 'root' });
      await one.must('UserGrantRole', { user: 'root', role: 'root' });
      await one.must('AuthEnable', {});
      assert.ok('code' in (await one.call('Range', { key: bytes('secret') })), 'refused');
      const { token } = await one.must('Authenticate', { name: 'root', password: 'r' });
      const asRoot = { metadata: { token } };
      assert.equal((await one.must('Range', { key: bytes('secret') }, asRoot)).count, '1');
      await two.must('Put', { key: bytes('public'), value: bytes('2') }, asRoot);
    });
  });
}

const deleting = (key: string, end = '') => ({
  request_delete_range: { key: bytes(key), range_end: bytes(end) },
});

interface Actor {
  readonly name: string;
  readonly random: Random;
  readonly writes: 'plainly' | 'by transactions';
}

/** Rounds on keys that are new to everybody, so that all of them want to own them. */
async function actRandomly(
  client: WireClient,
  history: RegisterHistory,
  { name, random, writes }: Actor,
): Promise<void> {
  for (let round = 0; round < 25; round++) {
    let seen: Held;
    for (let i = 0; i < 8; i++) {
      const key = `r${round}/${random.pick(['a', 'b'])}`;
      const input = nextInput(random, key, `${name}.${round}.${i}`, seen);
      const outputs = await history.record([input], async () => [
        await (input.kind === 'write' && writes === 'plainly'
          ? writePlainly(client, input)
          : perform(client, input)),
      ]);
      if (input.kind === 'read') seen = outputs?.[0]?.held;
    }
  }
}

async function writePlainly(
  client: WireClient,
  { key, value }: { readonly key: string; readonly value: Held },
): Promise<RegisterOutput> {
  if (value === undefined) await client.must('DeleteRange', { key: bytes(key) });
  else await client.must('Put', { key: bytes(key), value: bytes(value) });
  return {};
}

async function perform(client: WireClient, input: RegisterInput): Promise<RegisterOutput> {
  const key = bytes(input.key);
  if (input.kind === 'read') {
    const { kvs } = await client.must('Range', { key });
    return { held: kvs[0] && String(kvs[0].value) };
  }
  const { value } = input;
  const write = value === undefined ? deleting(input.key) : putting(input.key, value);
  const compare = input.kind === 'exchange' ? [holding(input.key, input.expected)] : [];
  const { succeeded } = await client.must('Txn', { compare, success: [write] });
  return { succeeded };
}

const holding = (key: string, value: Held) =>
  value === undefined
    ? ({ key: bytes(key), target: 'CREATE', create_revision: 0 } as const)
    : ({ key: bytes(key), target: 'VALUE', value: bytes(value) } as const);

const putting = (key: string, value: string) => ({
  request_put: { key: bytes(key), value: bytes(value) },
});
