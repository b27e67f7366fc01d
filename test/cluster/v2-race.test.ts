/**
 * Goal: the v2 API loses nothing on several members that write at once. Method: many callers on all three members of
 * a cluster; what they were answered, what is there afterwards, and what watchers on each member were told must agree.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { concordKind } from '../bench/server-under-test.ts';
import { exchange, type V2Answer, type V2Request } from '../conformance/v2/exchange.ts';
import { Cluster } from './cluster.ts';
import { LoopbackNetwork } from './loopback-network.ts';

const concord = concordKind();
const skip = concord === undefined ? 'the server is not built: npm run build' : false;

const CALLERS_PER_MEMBER = 8;
const CALLS = 15;
/** Each takes many tries: all callers want the same key. */
const INCREMENTS = 3;

interface Event {
  readonly action: string;
  readonly node: {
    readonly key: string;
    readonly value?: string;
    readonly modifiedIndex: number;
    readonly nodes?: readonly { readonly key: string; readonly value: string }[];
  };
}

describe('v2 writes on three members at once', { skip }, () => {
  let cluster: Cluster;
  before(async () => {
    cluster = await Cluster.start({
      kind: concord!,
      size: 3,
      network: new LoopbackNetwork(),
      flags: ['--enable-v2'],
    });
  });
  after(async () => cluster[Symbol.asyncDispose]());

  const portOf = (number: number): number => Number(cluster.member(number).endpoint.split(':')[1]);
  const ask = (number: number, request: V2Request): Promise<V2Answer> =>
    exchange(portOf(number), request);
  const read = (body: string): Event => JSON.parse(body) as Event;

  /** Runs callers on every member. */
  async function onAllMembers(
    call: (number: number, caller: string) => Promise<void>,
  ): Promise<void> {
    await Promise.all(
      [1, 2, 3].flatMap((number) =>
        Array.from({ length: CALLERS_PER_MEMBER }, (_, i) => call(number, `${number}-${i}`)),
      ),
    );
  }

  /** What each member tells of all that happens, up to so many events. */
  function watch(path: string, lines: number): readonly Promise<readonly Event[]>[] {
    return [1, 2, 3].map(async (number) => {
      const stream = { path: `${path}?wait=true&stream=true&recursive=true`, lines };
      const { body } = await ask(number, stream);
      return body.trim().split('\n').slice(0, lines).map(read);
    });
  }

  test('in-order keys are all there, in the order of their indexes, and told of everywhere', async () => {
    const total = 3 * CALLERS_PER_MEMBER * CALLS;
    const streams = watch('/v2/keys/queue', total);
    await untilWatched(3);
    const answered = new Map<string, string>();
    await onAllMembers(async (number, caller) => {
      for (let i = 0; i < CALLS; i++) {
        const value = `${caller}-${i}`;
        const { status, body } = await ask(number, {
          method: 'POST',
          path: '/v2/keys/queue',
          body: `value=${value}`,
        });
        assert.equal(status, 201, body);
        const { key, modifiedIndex } = read(body).node;
        assert.equal(key, `/queue/${String(modifiedIndex).padStart(20, '0')}`);
        assert.ok(!answered.has(key), `${key} was given twice`);
        answered.set(key, value);
      }
    });
    assert.equal(answered.size, total);
    for (const number of [1, 2, 3]) {
      const { body } = await ask(number, { path: '/v2/keys/queue?quorum=true&sorted=true' });
      const held = read(body).node.nodes!.map(({ key, value }) => [key, value]);
      assert.deepEqual(held, [...answered].sort());
    }
    for (const events of await Promise.all(streams)) {
      const told = events.map(({ node }) => [node.key, node.value]);
      assert.deepEqual(told, [...answered].sort());
    }
  });

  test('a counter that is swapped loses no increment', async () => {
    await ask(1, { method: 'PUT', path: '/v2/keys/counter', body: 'value=0' });
    let conflicts = 0;
    await onAllMembers(async (number) => {
      for (let done = 0; done < INCREMENTS;) {
        const { node } = read((await ask(number, { path: '/v2/keys/counter?quorum=true' })).body);
        const { status, body } = await ask(number, {
          method: 'PUT',
          path: `/v2/keys/counter?prevIndex=${node.modifiedIndex}`,
          body: `value=${Number(node.value) + 1}`,
        });
        assert.ok(status === 200 || status === 412, body);
        if (status === 200) done += 1;
        else conflicts += 1;
      }
    });
    const { body } = await ask(2, { path: '/v2/keys/counter?quorum=true' });
    assert.equal(read(body).node.value, String(3 * CALLERS_PER_MEMBER * INCREMENTS));
    assert.ok(conflicts > 0, "callers were in each other's way");
  });

  test('what expires does so once, also when the leader is gone', async () => {
    const leader = await leadingMember();
    const other = leader === 1 ? 2 : 1;
    const { headers } = await ask(other, {
      method: 'PUT',
      path: '/v2/keys/brief',
      body: 'value=1&ttl=2',
    });
    const next = Number(headers['x-etcd-index']) + 1;
    await cluster.process(leader).kill();
    const expired = read(
      (await ask(other, { path: `/v2/keys/brief?wait=true&waitIndex=${next}` })).body,
    );
    assert.deepEqual([expired.action, expired.node.modifiedIndex], ['expire', next]);
    await cluster.start(leader);
    const again = await ask(other, {
      path: `/v2/keys/brief?wait=true&waitIndex=${next + 1}`,
      milliseconds: 1500,
    });
    assert.equal(again.body, '');
  });

  async function leadingMember(): Promise<number> {
    const { body } = await ask(1, { path: '/v2/members/leader' });
    const { name } = JSON.parse(body) as { readonly name: string };
    return Number(name.slice(1));
  }

  /** Every member has so many waits, all together. */
  async function untilWatched(count: number): Promise<void> {
    for (let waiting = 0; waiting < count;) {
      const all = await Promise.all([1, 2, 3].map((n) => ask(n, { path: '/v2/stats/store' })));
      waiting = all.reduce(
        (sum, { body }) => sum + (JSON.parse(body) as { readonly watchers: number }).watchers,
        0,
      );
    }
  }
});
