/**
 * Goal: what the tests of the SDK stand on holds: members serve behind their lines, a fault does to a gRPC call what it
 * says, and what is stopped comes back. Method: grpc-js as the client, on both backends.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WireClient } from '../../conformance/harness/wire-client.ts';
import { onEachBackend } from './each-backend.ts';

const UNAVAILABLE = 14;
const DEADLINE_EXCEEDED = 4;

onEachBackend('one member', (target) => {
  const clients: WireClient[] = [];
  const client = (callMsMax?: number): WireClient => {
    const made = new WireClient(target.endpoints[0] ?? '', callMsMax);
    clients.push(made);
    return made;
  };
  const codeOf = (outcome: object): unknown => ('code' in outcome ? outcome.code : 'answered');

  test('a lost reply leaves a write that was made, and a caller who does not know', async () => {
    const caller = client(1000);
    const key = Buffer.from(`${target.corner()}/key`);
    await caller.must('Put', { key, value: Buffer.from('1') });
    target.lines.at(0).dropReplies();
    const lost = target.lines.at(0).next('loss');
    const put = caller.call('Put', { key, value: Buffer.from('2') });
    await lost;
    // What was lost first may be of HTTP/2 alone, before the write is made: it is made, though nobody is told.
    const stored = async (): Promise<string | undefined> =>
      (await target.wire.must('Range', { key })).kvs[0]?.value.toString();
    while ((await stored()) !== '2');
    target.lines.at(0).breakConnections();
    assert.equal(codeOf(await put), UNAVAILABLE);
    assert.equal(await stored(), '2');
    target.lines.heal();
    await caller.must('Put', { key, value: Buffer.from('3') });
    caller.close();
  });

  test('a call into a black hole ends by its deadline alone, and the line carries again when it resumes', async () => {
    const caller = client(300);
    const key = Buffer.from(`${target.corner()}/key`);
    await caller.must('Put', { key, value: Buffer.from('1') });
    target.lines.at(0).pause();
    assert.equal(
      codeOf(await caller.call('Put', { key, value: Buffer.from('2') })),
      DEADLINE_EXCEEDED,
    );
    target.lines.at(0).resume();
    await caller.must('Put', { key, value: Buffer.from('3') });
    caller.close();
  });

  test('a member that was killed comes back with its data', async () => {
    const caller = client();
    const key = Buffer.from(`${target.corner()}/key`);
    await caller.must('Put', { key, value: Buffer.from('kept') });
    await target.processes.kill(0);
    assert.equal(codeOf(await target.wire.call('Range', { key })), UNAVAILABLE);
    await target.processes.start(0);
    const retried = client();
    const { kvs } = await retried.must('Range', { key });
    assert.equal(kvs[0]?.value.toString(), 'kept');
    for (const made of clients) made.close();
  });
});

onEachBackend(
  'three members',
  (target) => {
    test('the leader can be kept from the others, who choose another one', async () => {
      const leader = await target.members.leader();
      assert.ok(leader >= 0);
      const rejoin = await target.processes.isolate(leader);
      const other = new WireClient(target.endpoints[(leader + 1) % 3] ?? '', 1000);
      const key = Buffer.from(`${target.corner()}/key`);
      // Answered once there is a leader again.
      for (;;) {
        const outcome = await other.call('Put', { key, value: Buffer.from('1') });
        if (!('code' in outcome)) break;
      }
      await rejoin();
      const { kvs } = await other.must('Range', { key });
      assert.equal(kvs.length, 1);
      other.close();
    });
  },
  { members: 3 },
);
