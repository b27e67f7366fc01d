/** Snapshots between real transports: fetched, resumed, superseded, refused, given up. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { SnapshotRequest } from '@concord/raft';
import { startCuttingProxy } from './harness/cutting-proxy.ts';
import { MemorySink } from './harness/memory-snapshots.ts';
import { heartbeat, snapshot } from './harness/messages.ts';
import { introduce, startMember, type Member } from './harness/transports.ts';
import { encodeOrigin } from './snapshot-origin.ts';

const ONE = 0xfedc_ba98_7654_3210n;
const TWO = 2n;
const THREE = 3n;

const nameOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));
const hex = (text: string): string => Buffer.from(text).toString('hex');

function contentOf(chunks: number, chunkBytes: number): Uint8Array[] {
  return Array.from({ length: chunks }, (_, i) => new Uint8Array(chunkBytes).fill(i + 1));
}

async function startPair(context: TestContext): Promise<readonly [Member, Member]> {
  const one = await startMember(context, ONE);
  const two = await startMember(context, TWO);
  await introduce(one, two);
  return [one, two];
}

const ended = ({ recorder, source }: Member, count: number): Promise<void> =>
  recorder.until(() => recorder.snapshotsSent.length === count && source.released.length === count);

test('the content is there before the message, and the sender hears of it', async (context) => {
  const [one, two] = await startPair(context);
  const content = contentOf(20, 300_000);
  one.source.hold(nameOf('a'), content);
  one.transport.send([snapshot(ONE, TWO, 'a'), heartbeat(ONE, TWO, 1)]);
  await two.recorder.until(() => two.recorder.messages.length === 2);
  assert.deepEqual(two.recorder.messages, [heartbeat(ONE, TWO, 1), snapshot(ONE, TWO, 'a')]);
  assert.deepEqual(two.sink.finished.get(hex('a')), Buffer.concat(content));
  await ended(one, 1);
  assert.deepEqual(one.recorder.snapshotsSent, [{ id: TWO, arrived: true }]);
  assert.deepEqual(one.source.released, [hex('a')]);
});

test('a transfer that is cut goes on at the next missing chunk', async (context) => {
  const one = await startMember(context, ONE);
  const two = await startMember(context, TWO);
  await introduce(one, two);
  const proxy = await startCuttingProxy(context, one.url);
  // What the receiver asks the sender goes through the proxy; the sender's own connections do not.
  two.transport.setPeers([{ id: ONE, urls: [proxy.url] }]);
  const content = contentOf(30, 200_000);
  one.source.hold(nameOf('a'), content);
  let cuts = 0;
  two.sink.gate = (chunk) => {
    if ((chunk === 5 || chunk === 12) && cuts < 2) {
      cuts++;
      proxy.cut();
    }
    return Promise.resolve();
  };
  one.transport.send([snapshot(ONE, TWO, 'a')]);
  await ended(one, 1);
  assert.deepEqual(one.recorder.snapshotsSent, [{ id: TWO, arrived: true }]);
  assert.deepEqual(two.sink.finished.get(hex('a')), Buffer.concat(content));
  assert.equal(cuts, 2);
  assert.equal(one.source.opened[0], 0);
  assert.ok(
    one.source.opened.slice(1).every((chunk) => chunk > 5),
    String(one.source.opened),
  );
});

test('a receiver that is started again goes on at the next missing chunk, by itself', async (context) => {
  const [one, two] = await startPair(context);
  const content = contentOf(30, 200_000);
  one.source.hold(nameOf('a'), content);
  const { promise: reached, resolve: reach } = Promise.withResolvers<undefined>();
  const { promise: stopped, resolve: stop } = Promise.withResolvers<undefined>();
  two.sink.gate = async (chunk) => {
    if (chunk < 12) return;
    reach(undefined);
    await stopped;
    throw new Error('the store is closed');
  };
  one.transport.send([snapshot(ONE, TWO, 'a')]);
  await reached;
  const closed = two.transport.close();
  stop(undefined);
  await closed;

  const name = nameOf('a');
  const left = two.sink.begun.get(hex('a'));
  assert.ok(left);
  assert.deepEqual(two.sink.aborted, []);
  const sink = new MemorySink();
  sink.begun.set(hex('a'), left);
  sink.interrupted = { name, origin: left.origin };
  const again = await startMember(context, TWO, { snapshots: { source: two.source, sink } });
  again.transport.setPeers([{ id: ONE, urls: [one.url] }]);
  await again.recorder.until(() => again.recorder.messages.length === 1);
  assert.deepEqual(again.recorder.messages, [snapshot(ONE, TWO, 'a')]);
  assert.deepEqual(sink.finished.get(hex('a')), Buffer.concat(content));
  assert.deepEqual(one.source.opened, [0, 12]);
  await ended(one, 1);
  assert.deepEqual(one.recorder.snapshotsSent, [{ id: TWO, arrived: true }]);
});

test('what is left of a transfer goes when its sender has it no more, or is none', async (context) => {
  const one = await startMember(context, ONE);
  for (const from of [ONE, THREE]) {
    const sink = new MemorySink();
    const origin = encodeOrigin(snapshot(from, TWO, 'a') as SnapshotRequest);
    sink.begun.set(hex('a'), { origin, chunks: contentOf(3, 10) });
    sink.interrupted = { name: nameOf('a'), origin };
    const { promise: aborted, resolve } = Promise.withResolvers<undefined>();
    sink.aborted.push = () => {
      resolve(undefined);
      return 0;
    };
    const two = await startMember(context, TWO, { snapshots: { source: one.source, sink } });
    two.transport.setPeers([{ id: ONE, urls: [one.url] }]);
    await aborted;
    assert.equal(sink.begun.size, 0);
    assert.deepEqual(two.recorder.messages, []);
    await two.transport.close();
  }
});

test('heartbeats flow while a snapshot is under way', async (context) => {
  const [one, two] = await startPair(context);
  const { promise: opened, resolve: open } = Promise.withResolvers<undefined>();
  one.source.hold(nameOf('a'), contentOf(4, 100));
  one.source.gate = async (chunk) => {
    if (chunk === 2) await opened;
  };
  one.transport.send([snapshot(ONE, TWO, 'a')]);
  one.transport.send([heartbeat(ONE, TWO, 1)]);
  await two.recorder.until(() => two.recorder.messages.length === 1);
  assert.deepEqual(two.recorder.messages, [heartbeat(ONE, TWO, 1)]);
  open(undefined);
  await two.recorder.until(() => two.recorder.messages.length === 2);
});

test('a newer snapshot supersedes the one under way', async (context) => {
  const [one, two] = await startPair(context);
  const three = await startMember(context, THREE);
  await introduce(one, two, three);
  one.source.hold(nameOf('old'), contentOf(4, 100));
  // The old leader never gets past its second chunk.
  const { promise: stuck, resolve } = Promise.withResolvers<undefined>();
  one.source.gate = async (chunk) => {
    if (chunk !== 1) return;
    resolve(undefined);
    await new Promise(() => undefined);
  };
  three.source.hold(nameOf('new'), contentOf(3, 100));
  one.transport.send([snapshot(ONE, TWO, 'old')]);
  await stuck;
  three.transport.send([snapshot(THREE, TWO, 'new', 4)]);
  await ended(three, 1);
  await ended(one, 1);
  assert.deepEqual(three.recorder.snapshotsSent, [{ id: TWO, arrived: true }]);
  assert.deepEqual(one.recorder.snapshotsSent, [{ id: TWO, arrived: false }]);
  assert.deepEqual(two.sink.aborted, [hex('old')]);
  assert.deepEqual(two.recorder.messages, [snapshot(THREE, TWO, 'new', 4)]);
});

test('the same snapshot named again is fetched once, for the newer message', async (context) => {
  const [one, two] = await startPair(context);
  const { promise: opened, resolve: open } = Promise.withResolvers<undefined>();
  one.source.hold(nameOf('a'), contentOf(2, 100));
  two.sink.gate = () => opened;
  one.transport.send([snapshot(ONE, TWO, 'a', 3)]);
  one.transport.send([snapshot(ONE, TWO, 'a', 4), heartbeat(ONE, TWO, 1)]);
  await two.recorder.until(() => two.recorder.messages.length === 1);
  open(undefined);
  await ended(one, 2);
  assert.deepEqual(one.recorder.snapshotsSent, [
    { id: TWO, arrived: false },
    { id: TWO, arrived: true },
  ]);
  assert.deepEqual(two.recorder.messages[1], snapshot(ONE, TWO, 'a', 4));
});

test('a snapshot that its holder has not is given up', async (context) => {
  const [one, two] = await startPair(context);
  one.transport.send([snapshot(ONE, TWO, 'missing')]);
  await ended(one, 1);
  assert.deepEqual(one.recorder.snapshotsSent, [{ id: TWO, arrived: false }]);
  await two.recorder.until(() => two.recorder.logged.some(({ text }) => /gave up/.test(text)));
  assert.deepEqual(two.sink.aborted, [hex('missing')]);
  assert.deepEqual(two.recorder.messages, []);
});

test('a snapshot is given to nobody but whom it was sent to', async (context) => {
  const [one] = await startPair(context);
  one.source.hold(nameOf('a'), contentOf(1, 10));
  const answer = await fetch(`${one.url}/raft/snapshot/YQ`);
  assert.equal(answer.status, 412);
  const headers = {
    'X-Etcd-Cluster-ID': 'cdf818194e3a8c32',
    'X-Server-From': '2',
    'X-Raft-To': ONE.toString(16),
  };
  assert.equal((await fetch(`${one.url}/raft/snapshot/YQ`, { headers })).status, 404);
});

test('a receiver that cannot keep a snapshot says so', async (context) => {
  const [one, two] = await startPair(context);
  one.source.hold(nameOf('a'), contentOf(2, 100));
  two.sink.begin = () => {
    throw new Error('no space left on device');
  };
  one.transport.send([snapshot(ONE, TWO, 'a')]);
  await ended(one, 1);
  assert.deepEqual(one.recorder.snapshotsSent, [{ id: TWO, arrived: false }]);
});

test('a snapshot for a member that is not connected is lost', async (context) => {
  const one = await startMember(context, ONE);
  one.transport.setPeers([{ id: TWO, urls: ['http://127.0.0.1:1'] }]);
  one.transport.send([snapshot(ONE, TWO, 'a'), snapshot(ONE, THREE, 'b')]);
  assert.deepEqual(one.recorder.snapshotsSent, []);
  await ended(one, 2);
  assert.deepEqual(one.recorder.snapshotsSent, [
    { id: TWO, arrived: false },
    { id: THREE, arrived: false },
  ]);
});

test('a snapshot that makes no progress is lost', async (context) => {
  const one = await startMember(context, ONE, { progressMs: 100 });
  const two = await startMember(context, TWO);
  await introduce(one, two);
  one.source.hold(nameOf('a'), contentOf(2, 100));
  one.source.gate = () => new Promise(() => undefined);
  one.transport.send([snapshot(ONE, TWO, 'a')]);
  await ended(one, 1);
  assert.deepEqual(one.recorder.snapshotsSent, [{ id: TWO, arrived: false }]);
});

test('members that stop in the middle hold nothing, and keep what they have fetched', async (context) => {
  const [one, two] = await startPair(context);
  const { promise: begun, resolve } = Promise.withResolvers<undefined>();
  one.source.hold(nameOf('a'), contentOf(3, 100));
  two.sink.gate = (chunk) => {
    if (chunk === 1) resolve(undefined);
    return Promise.resolve();
  };
  one.source.gate = (chunk) => (chunk === 2 ? new Promise(() => undefined) : Promise.resolve());
  one.transport.send([snapshot(ONE, TWO, 'a')]);
  await begun;
  await Promise.all([one.transport.close(), two.transport.close()]);
  assert.deepEqual(two.sink.aborted, []);
  assert.equal(two.sink.begun.get(hex('a'))?.chunks.length, 2);
  assert.deepEqual(one.source.released, [hex('a')]);
});
