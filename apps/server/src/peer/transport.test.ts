/** Transports on loopback, exchanging messages over real sockets. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import type { MemberMessage } from '@concord/kv';
import { Writer } from '@concord/protocol';
import { parseAddress } from '../config/address.ts';
import { emptyFrame, sealFrame } from './frame.ts';
import { CertificateAuthority } from '@concord/testing/certificates';
import { CertificateDirectory, openSecurity } from '../tls/harness/certificate-directory.ts';
import type { PeerTls } from './peer-tls.ts';
import { startCuttingProxy } from './harness/cutting-proxy.ts';
import { append, heartbeat } from './harness/messages.ts';
import { dialRaw, startSlowReader } from './harness/raw-channel.ts';
import {
  CLUSTER_ID,
  connected,
  introduce,
  startMember,
  type Member,
} from './harness/transports.ts';
import { encodeBatch } from './message-encoder.ts';
import type { PeerTransportOptions } from './transport.ts';

/** Ids use all 64 bits. */
const ONE = 0xfedc_ba98_7654_3210n;
const TWO = 2n;
const THREE = 3n;

async function startPair(
  context: TestContext,
  overrides: Partial<PeerTransportOptions> = {},
): Promise<readonly [Member, Member]> {
  const one = await startMember(context, ONE, overrides);
  const two = await startMember(context, TWO, overrides);
  await introduce(one, two);
  return [one, two];
}

const logged = ({ recorder }: Member, part: string | RegExp): number =>
  recorder.logged.filter(({ text }) => new RegExp(part).test(text)).length;

test('two members exchange messages on both channels', async (context) => {
  const [one, two] = await startPair(context);
  one.transport.send([append(ONE, TWO, 6, 300), heartbeat(ONE, TWO, 1)]);
  two.transport.send([heartbeat(TWO, ONE, 9)]);
  await two.recorder.until(() => two.recorder.messages.length === 2);
  await one.recorder.until(() => one.recorder.messages.length === 1);
  assert.deepEqual(one.recorder.messages, [heartbeat(TWO, ONE, 9)]);
  const byKind = Map.groupBy(two.recorder.messages, ({ kind }) => kind);
  assert.deepEqual(byKind.get('heartbeat'), [heartbeat(ONE, TWO, 1)]);
  assert.deepEqual(byKind.get('append'), [append(ONE, TWO, 6, 300)]);
});

test('messages of one turn go to each of several members, in order', async (context) => {
  const members = [];
  for (const id of [ONE, TWO, THREE]) members.push(await startMember(context, id));
  await introduce(...members);
  const [one, two, three] = members as [Member, Member, Member];
  const rounds = Array.from({ length: 100 }, (_, i) => i);
  one.transport.send(rounds.flatMap((i) => [heartbeat(ONE, TWO, i), heartbeat(ONE, THREE, i)]));
  for (const { recorder, id } of [two, three]) {
    await recorder.until(() => recorder.messages.length === rounds.length);
    assert.deepEqual(
      recorder.messages,
      rounds.map((i) => heartbeat(ONE, id, i)),
    );
  }
});

test('a turn of many megabytes arrives whole', async (context) => {
  const [one, two] = await startPair(context);
  const appends = Array.from({ length: 40 }, (_, i) => append(ONE, TWO, 6 + i, 700_000));
  appends.push(append(ONE, TWO, 46, 5_000_000));
  one.transport.send(appends);
  await two.recorder.until(() => two.recorder.messages.length === appends.length);
  assert.deepEqual(two.recorder.messages, appends);
  assert.ok((one.transport.status(TWO)?.sentBytes ?? 0) > 33_000_000);
  assert.ok((two.transport.status(ONE)?.receivedBytes ?? 0) > 33_000_000);
});

test('a message that no peer would take is dropped, said so, and holds nothing up', async (context) => {
  const [one, two] = await startPair(context);
  one.transport.send([append(ONE, TWO, 6, 65 * 1024 * 1024), append(ONE, TWO, 6, 10)]);
  await two.recorder.until(() => two.recorder.messages.length === 1);
  assert.deepEqual(two.recorder.messages, [append(ONE, TWO, 6, 10)]);
  assert.equal(logged(one, 'too large for any peer'), 1);
  assert.equal(one.transport.status(TWO)?.sendFailures, 1);
});

test('round trips are measured without any message', async (context) => {
  const trips: number[] = [];
  const { promise, resolve } = Promise.withResolvers<undefined>();
  await startPair(context, {
    observer: {
      roundTrip: (_id, milliseconds) => {
        trips.push(milliseconds);
        resolve(undefined);
      },
    },
  });
  await promise;
  assert.ok(trips[0]! >= 0 && trips[0]! < 1000);
});

test('heartbeats flow while nobody reads the bulk channel, and what is too much is dropped', async (context) => {
  const one = await startMember(context, ONE, { stallMs: 60_000 });
  const slow = await startSlowReader(context);
  one.transport.setPeers([{ id: TWO, urls: [slow.url] }]);
  await connected(one, TWO);
  // 64 MiB may wait, and some megabytes fit into the sockets' own buffers.
  for (let i = 0; i < 100; i++) one.transport.send([append(ONE, TWO, 6 + i, 1024 * 1024)]);
  await one.recorder.until(() => one.recorder.unreachable.includes(TWO));
  const status = one.transport.status(TWO);
  assert.ok(status !== undefined);
  assert.ok(status.queuedBytes <= 66 * 1024 * 1024, `${status.queuedBytes} bytes are queued`);
  assert.ok(status.sendFailures > 20);
  const before = slow.urgentFrames();
  one.transport.send([heartbeat(ONE, TWO, 1)]);
  while (slow.urgentFrames() === before) await new Promise(setImmediate);
  assert.notEqual(one.transport.status(TWO)?.connectedSinceMs, undefined);
});

test('a connection that takes no data is given up', async (context) => {
  const one = await startMember(context, ONE, { stallMs: 100 });
  const slow = await startSlowReader(context);
  one.transport.setPeers([{ id: TWO, urls: [slow.url] }]);
  await connected(one, TWO);
  for (let i = 0; i < 20; i++) one.transport.send([append(ONE, TWO, 6 + i, 1024 * 1024)]);
  await one.recorder.until(() => logged(one, 'lost the connection') > 0);
  const [lost] = one.recorder.logged.filter(({ text }) => text.includes('lost the connection'));
  assert.match(JSON.stringify(lost?.fields), /took no data for 100 ms/);
});

test('a peer that swallows everything and never answers is given up', async (context) => {
  const one = await startMember(context, ONE, { stallMs: 100 });
  const mute = await startSlowReader(context, { mute: true });
  one.transport.setPeers([{ id: TWO, urls: [mute.url] }]);
  await one.recorder.until(() => logged(one, 'lost the connection') > 0);
  const [lost] = one.recorder.logged.filter(({ text }) => text.includes('lost the connection'));
  assert.match(JSON.stringify(lost?.fields), /did not answer for 200 ms/);
  await one.recorder.until(() => one.recorder.unreachable.includes(TWO));
});

test('a peer that comes back at another address is found there', async (context) => {
  const one = await startMember(context, ONE);
  const two = await startMember(context, TWO);
  await introduce(one, two);
  await two.transport.close();
  await one.recorder.until(() => one.transport.status(TWO)?.connectedSinceMs === undefined);
  await one.recorder.until(() => one.recorder.unreachable.includes(TWO));
  const again = await startMember(context, TWO);
  one.transport.setPeers([{ id: TWO, urls: [again.url] }]);
  await connected(one, TWO);
  one.transport.send([heartbeat(ONE, TWO, 4)]);
  await again.recorder.until(() => again.recorder.messages.length === 1);
  assert.ok((one.transport.status(TWO)?.disconnects ?? 0) >= 1);
});

test('a peer that comes back at its address is found without being told', async (context) => {
  const one = await startMember(context, ONE);
  const two = await startMember(context, TWO);
  await introduce(one, two);
  await two.transport.close();
  await one.recorder.until(() => logged(one, 'cannot reach a peer') > 0);
  const again = await startMember(context, TWO, { listen: [parseAddress(two.url)] });
  await connected(one, TWO);
  one.transport.send([heartbeat(ONE, TWO, 4)]);
  await again.recorder.until(() => again.recorder.messages.length === 1);
});

test('cuts lose messages, and neither repeat nor reorder them', async (context) => {
  const CUTS = 6;
  const one = await startMember(context, ONE, { random: () => 0.99 });
  const two = await startMember(context, TWO);
  const proxy = await startCuttingProxy(context, two.url);
  one.transport.setPeers([{ id: TWO, urls: [proxy.url] }]);
  let round = 0;
  for (let cuts = 0; cuts < CUTS; cuts++) {
    await connected(one, TWO);
    for (let i = 0; i < 200; i++) {
      round++;
      one.transport.send([heartbeat(ONE, TWO, round), append(ONE, TWO, round, 5000)]);
      if (i % 20 === 0) await new Promise(setImmediate);
    }
    proxy.cut();
    await one.recorder.until(() => one.transport.status(TWO)?.connectedSinceMs === undefined);
  }
  await connected(one, TWO);
  const last = ++round;
  one.transport.send([heartbeat(ONE, TWO, last), append(ONE, TWO, last, 1)]);
  const isLast = ({ kind, ...message }: MemberMessage): boolean =>
    kind === 'append' && 'commit' in message && message.commit === last - 1;
  await two.recorder.until(() => two.recorder.messages.some(isLast));
  const { heartbeat: rounds = [], append: appends = [] } = Object.groupBy(
    two.recorder.messages,
    ({ kind }) => kind,
  );
  for (const [name, numbers] of [
    ['rounds', rounds.map((message) => (message.kind === 'heartbeat' ? message.round : 0))],
    ['indexes', appends.map((message) => (message.kind === 'append' ? message.previous.index : 0))],
  ] as const) {
    assert.deepEqual(
      numbers,
      [...new Set(numbers)].sort((a, b) => a - b),
      `${name} come once and in order`,
    );
    assert.ok(numbers.length > CUTS);
  }
});

test('of several addresses the one that answers is found', async (context) => {
  const one = await startMember(context, ONE);
  const gone = await startMember(context, THREE);
  await gone.transport.close();
  const other = await startMember(context, THREE);
  const two = await startMember(context, TWO);
  one.transport.setPeers([{ id: TWO, urls: [gone.url, other.url, two.url] }]);
  await connected(one, TWO);
});

test('a member that is not known yet is listened to, and answered where it says it is', async (context) => {
  const two = await startMember(context, TWO);
  const one = await startMember(context, ONE, { advertisedUrls: ['http://127.0.0.1:1'] });
  one.transport.setPeers([{ id: TWO, urls: [two.url] }]);
  await connected(one, TWO);
  one.transport.send([heartbeat(ONE, TWO, 4)]);
  await two.recorder.until(() => two.recorder.messages.length === 1);
  assert.notEqual(two.transport.status(ONE), undefined);
  await two.recorder.until(() => logged(two, 'cannot reach a peer') > 0);
  two.transport.setPeers([{ id: ONE, urls: [one.url] }]);
  await connected(two, ONE);
});

test('a member of another cluster is refused, and told what to look at, once', async (context) => {
  const one = await startMember(context, ONE);
  const other = await startMember(context, TWO, {
    identity: { clusterId: 0xbadn, memberId: TWO },
  });
  one.transport.setPeers([{ id: TWO, urls: [other.url] }]);
  await one.recorder.until(() => logged(one, 'cluster ID mismatch') > 0);
  one.transport.setPeers([{ id: TWO, urls: [other.url] }]);
  assert.equal(logged(one, '412 "cluster ID mismatch": .*--initial-cluster-token'), 1);
  assert.equal(one.recorder.removals, 0);
  assert.equal(one.transport.status(TWO)?.connectedSinceMs, undefined);
});

test('another member at the address of a peer is not taken for it', async (context) => {
  const one = await startMember(context, ONE);
  const three = await startMember(context, THREE);
  one.transport.setPeers([{ id: TWO, urls: [three.url] }]);
  await one.recorder.until(() => logged(one, 'to field mismatch') > 0);
});

test('a removed member is cut off, refused and told', async (context) => {
  const [one, two] = await startPair(context);
  one.recorder.removedIds.add(TWO);
  one.transport.setPeers([{ id: ONE, urls: [one.url] }]);
  await two.recorder.until(() => two.recorder.removals > 0);
  assert.equal(two.recorder.removals, 1);
  assert.equal(one.transport.status(TWO), undefined);
  const answer = await dialRaw(
    context,
    one.url,
    { clusterId: CLUSTER_ID, memberId: TWO },
    ONE,
    'urgent',
  );
  assert.deepEqual(answer, { status: 410, text: 'removed member' });
});

test('a bad frame ends its connection and nothing else', async (context) => {
  const one = await startMember(context, ONE);
  const identity = { clusterId: CLUSTER_ID, memberId: TWO };
  const writer = new Writer();
  const good = sealFrame(writer, (to) => encodeBatch([heartbeat(TWO, ONE, 1)], to));
  const corrupted = Uint8Array.from(good);
  corrupted[12] = corrupted[12]! ^ 1;
  const oversize = emptyFrame(0);
  oversize.fill(0xff, 0, 4);
  const nonsense = sealFrame(writer, (to) => to.raw(Uint8Array.of(0xff, 0xff, 0xff)));
  for (const [i, bad] of [corrupted, oversize, nonsense].entries()) {
    const answer = await dialRaw(context, one.url, identity, ONE, 'urgent');
    assert.ok('socket' in answer);
    const closed = once(answer.socket, 'close');
    answer.socket.resume().write(Buffer.concat([good, bad, good]));
    await closed;
    await one.recorder.until(() => logged(one, 'nothing that a peer would send') === i + 1);
    // The frame before the bad one counts, the one behind it does not.
    assert.equal(one.recorder.messages.length, i + 1);
  }
});

test('a newer connection of a peer takes the place of the older', async (context) => {
  const one = await startMember(context, ONE);
  const identity = { clusterId: CLUSTER_ID, memberId: TWO };
  const first = await dialRaw(context, one.url, identity, ONE, 'urgent');
  assert.ok('socket' in first);
  const closed = once(first.socket.resume(), 'close');
  const second = await dialRaw(context, one.url, identity, ONE, 'urgent');
  assert.equal(second.status, 101);
  await closed;
});

test('the port answers with the members and its version, and knows no other path', async (context) => {
  const one = await startMember(context, ONE, { members: () => '[{"id":1}]' });
  const members = await fetch(`${one.url}/members`);
  assert.equal(members.headers.get('x-etcd-cluster-id'), CLUSTER_ID.toString(16));
  assert.deepEqual(await members.json(), [{ id: 1 }]);
  const version = (await (await fetch(`${one.url}/version`)).json()) as Record<string, string>;
  assert.match(version['etcdserver'] ?? '', /^3\.6\./);
  assert.equal((await fetch(`${one.url}/nothing`)).status, 404);
});

test('members with certificates talk, and one without is not let in', async (context) => {
  using directory = new CertificateDirectory();
  const authority = await CertificateAuthority.create();
  const ca = directory.write('ca.pem', authority.certificate);
  const tlsOf = async (name: string, issuer: CertificateAuthority): Promise<PeerTls> => {
    const { cert, key } = await directory.issue(name, issuer);
    const files = ['--peer-cert-file', cert, '--peer-key-file', key, '--peer-trusted-ca-file', ca];
    return (await openSecurity([...files, '--peer-client-cert-auth'])).peer;
  };
  const tls = await tlsOf('member', authority);
  const listen = [parseAddress('https://127.0.0.1:0')];
  const [one, two] = await startPair(context, { listen, tls });
  one.transport.send([append(ONE, TWO, 6, 2_000_000)]);
  await two.recorder.until(() => two.recorder.messages.length === 1);
  const foreign = await tlsOf('foreign', await CertificateAuthority.create());
  const three = await startMember(context, THREE, { listen, tls: foreign });
  three.transport.setPeers([{ id: ONE, urls: [one.url] }]);
  await three.recorder.until(() => logged(three, 'cannot reach a peer') > 0);
  assert.equal(three.transport.status(ONE)?.connectedSinceMs, undefined);
});
