/**
 * What an entry costs on its way to a follower: encoding it for one, or for each of six that are equally far;
 * decoding it; and all of it with sockets between two transports of this process. Run it with
 * `node --conditions=@concord/source apps/server/bench/peer-transport.ts`.
 */
import type { MemberMessage } from '@concord/kv';
import { Writer } from '@concord/protocol';
import type { Entry } from '@concord/raft';
import { parseAddress } from '../src/config/address.ts';
import { createLog } from '../src/log.ts';
import { sealFrame } from '../src/peer/frame.ts';
import { FrameEncoder } from '../src/peer/frame-encoder.ts';
import { FrameReader } from '../src/peer/frame-reader.ts';
import { decodeBatch } from '../src/peer/message-decoder.ts';
import { encodeBatch } from '../src/peer/message-encoder.ts';
import { PeerTransport } from '../src/peer/transport.ts';

const ENTRY_BYTES = 300;
const ENTRIES = 1_000_000;
const ROUNDS = 5;
const FROM = 0xfedc_ba98_7654_3210n;
const TO = 2n;

function appendOf(batch: number): MemberMessage {
  const entries = Array.from({ length: batch }, (_, i): Entry => {
    const data = new Uint8Array(ENTRY_BYTES).fill(i);
    return { term: 7, index: 1_000_001 + i, kind: 'normal', data };
  });
  const previous = { term: 7, index: 1_000_000 };
  return { kind: 'append', from: FROM, to: TO, term: 7, previous, entries, commit: 1_000_000 };
}

/** Nanoseconds of this process' CPU an entry, the median of a few rounds: other processes do not count. */
async function measure(
  batch: number,
  run: (times: number) => void | Promise<void>,
): Promise<number> {
  const times = Math.ceil(ENTRIES / batch / ROUNDS);
  const results: number[] = [];
  for (let i = 0; i <= ROUNDS; i++) {
    const start = process.cpuUsage();
    await run(times);
    const { user, system } = process.cpuUsage(start);
    results.push(((user + system) * 1e3) / (times * batch));
  }
  // The first one warms up.
  const sorted = results.slice(1).sort((a, b) => a - b);
  return sorted[Math.floor(ROUNDS / 2)] ?? 0;
}

async function startTransport(
  id: bigint,
  receive: (messages: readonly MemberMessage[]) => void,
): Promise<PeerTransport> {
  return PeerTransport.start({
    identity: { clusterId: 1n, memberId: id },
    listen: [parseAddress('http://127.0.0.1:0')],
    log: createLog({ level: 'error', format: 'json', outputs: ['stderr'] }),
    snapshots: {
      source: { open: () => undefined, release: () => undefined },
      sink: {
        interrupted: undefined,
        begin: () => Promise.reject(new Error('none is sent')) as never,
      },
    },
    now: () => performance.now(),
    receive,
    unreachable: () => undefined,
    snapshotSent: () => undefined,
    members: () => '[]',
    isRemoved: () => false,
    removed: () => undefined,
  });
}

const writer = new Writer();
process.stdout.write(
  'entries a batch | encode | of six | decode | both and loopback (ns of CPU an entry)\n',
);
for (const batch of [1, 10, 100, 1000]) {
  const message = [appendOf(batch)];
  const encode = await measure(batch, (times) => {
    for (let i = 0; i < times; i++) sealFrame(writer, (to) => encodeBatch(message, to));
  });
  const encoder = new FrameEncoder();
  const ofSix = await measure(batch, (times) => {
    for (let i = 0; i < times; i += 6) {
      for (let follower = 0; follower < 6; follower++) encoder.frameOf(message);
      encoder.endTurn();
    }
  });
  const frame = sealFrame(writer, (to) => encodeBatch(message, to));
  const reader = new FrameReader({
    body: (bytes) => void decodeBatch(bytes, FROM, TO),
    empty: () => undefined,
  });
  const decode = await measure(batch, (times) => {
    for (let i = 0; i < times; i++) reader.push(frame);
  });
  let received = 0;
  let expected = 0;
  let done = (): void => undefined;
  const follower = await startTransport(TO, (messages) => {
    received += messages.length;
    if (received >= expected) done();
  });
  const leader = await startTransport(FROM, () => undefined);
  leader.setPeers([{ id: TO, urls: [`http://${follower.endpoints[0] ?? ''}`] }]);
  while (leader.status(TO)?.connectedSinceMs === undefined) await new Promise(setImmediate);
  const loopback = await measure(batch, async (times) => {
    // As a replica does: one send a turn, and no more under way than Raft allows.
    for (let sent = 0; sent < times; sent += 64) {
      const burst = Math.min(64, times - sent);
      expected = received + burst;
      const { promise, resolve } = Promise.withResolvers<undefined>();
      done = () => resolve(undefined);
      for (let i = 0; i < burst; i++) leader.send(message);
      await promise;
    }
  });
  await Promise.all([leader.close(), follower.close()]);
  const columns = [encode, ofSix, decode, loopback].map((ns) => ns.toFixed(0).padStart(6));
  process.stdout.write(`${String(batch).padStart(15)} | ${columns.join(' | ')}\n`);
}
