/** Transports on loopback, exchanging messages over real sockets. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MemberMessage } from '@concord/kv';
import { introduce, startMember } from './harness/transports.ts';

const ONE = 0xfedc_ba98_7654_3210n;
const TWO = 0x0000_0000_0000_0002n;

const heartbeat = (from: bigint, to: bigint, round: number): MemberMessage => ({
  kind: 'heartbeat',
  from,
  to,
  term: 3,
  commit: 5,
  round,
});

const append = (from: bigint, to: bigint, index: number, size: number): MemberMessage => ({
  kind: 'append',
  from,
  to,
  term: 3,
  previous: { term: 3, index: index - 1 },
  entries: [{ term: 3, index, kind: 'normal', data: new Uint8Array(size).fill(index) }],
  commit: index - 1,
});

test('two members exchange messages on both channels', async (context) => {
  const one = await startMember(context, ONE);
  const two = await startMember(context, TWO);
  await introduce(one, two);
  one.transport.send([append(ONE, TWO, 6, 300), heartbeat(ONE, TWO, 1)]);
  two.transport.send([heartbeat(TWO, ONE, 9)]);
  await two.recorder.until(() => two.recorder.messages.length === 2);
  await one.recorder.until(() => one.recorder.messages.length === 1);
  assert.deepEqual(one.recorder.messages, [heartbeat(TWO, ONE, 9)]);
  const byKind = Map.groupBy(two.recorder.messages, ({ kind }) => kind);
  assert.deepEqual(byKind.get('heartbeat'), [heartbeat(ONE, TWO, 1)]);
  assert.deepEqual(plain(byKind.get('append')), [append(ONE, TWO, 6, 300)]);
});

/** Payloads come as views of one buffer, which `deepEqual` tells from arrays of their own. */
function plain(messages: readonly MemberMessage[] | undefined): MemberMessage[] | undefined {
  return messages?.map((message) =>
    message.kind === 'append'
      ? {
          ...message,
          entries: message.entries.map((entry) => ({
            ...entry,
            data: Uint8Array.from(entry.data),
          })),
        }
      : message,
  );
}
