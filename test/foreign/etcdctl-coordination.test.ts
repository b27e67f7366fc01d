/**
 * Goal: `etcdctl lock` and `etcdctl elect`, which are recipes of etcd's Go client, and the lock and election services
 * stand in one line. Method: one side holds, the other waits, on both servers.
 */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, test } from 'node:test';
import { commandOnPath } from '../bench/server-under-test.ts';
import { bytes } from '../conformance/harness/answers.ts';
import type { LeaderResponse } from '../conformance/harness/messages.ts';
import { responseOf } from '../conformance/harness/outcome.ts';
import { WireClient } from '../conformance/harness/wire-client.ts';
import { TARGETS, withServer } from './targets.ts';

const etcdctl = commandOnPath('etcdctl');
const NAME = bytes('name');
const LINE = { key: bytes('name/'), range_end: bytes('name0') };

/** An etcdctl that runs until it is told to stop. */
class RunningCommand {
  readonly child: ChildProcess;
  readonly #lines: AsyncIterator<string, undefined>;

  constructor(endpoint: string, ...args: readonly string[]) {
    this.child = spawn(etcdctl!, args, {
      env: { ...process.env, ETCDCTL_API: '3', ETCDCTL_ENDPOINTS: endpoint },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#lines = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    const next: IteratorResult<string, undefined> = await this.#lines.next();
    assert.ok(next.done !== true, 'etcdctl prints one more line');
    return next.value;
  }

  /** As Ctrl-C does. */
  async interrupt(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGINT');
    await exited;
  }
}

const leaseOf = async (client: WireClient): Promise<string> =>
  (await client.must('LeaseGrant', { TTL: 60 })).ID;

async function standing(client: WireClient, count: number): Promise<void> {
  const watch = client.watch();
  await watch.create(LINE);
  while ((await client.must('Range', LINE)).kvs.length !== count) await watch.inbox.next();
  watch.close();
}

for (const { name, kind, skip } of TARGETS) {
  const reason = etcdctl === undefined ? 'there is no etcdctl on the PATH' : skip;
  const onServer = (body: (client: WireClient, endpoint: string) => Promise<void>): Promise<void> =>
    withServer(kind!, async ({ endpoint }) => {
      const client = new WireClient(endpoint);
      try {
        await body(client, endpoint);
      } finally {
        client.close();
      }
    });

  describe(`etcdctl and the services of ${name}`, { skip: reason }, () => {
    test('a lock that the service gave is waited for by etcdctl', async () => {
      await onServer(async (client, endpoint) => {
        const { key } = await client.must('Lock', { name: NAME, lease: await leaseOf(client) });
        const waiting = new RunningCommand(endpoint, 'lock', 'name');
        await standing(client, 2);
        await client.must('Unlock', { key });
        assert.match(await waiting.line(), /^name\/[0-9a-f]+$/);
        await waiting.interrupt();
        await standing(client, 0);
      });
    });

    test('a lock that etcdctl holds is waited for by the service', async () => {
      await onServer(async (client, endpoint) => {
        const holding = new RunningCommand(endpoint, 'lock', 'name');
        const held = await holding.line();
        const waiting = client.call('Lock', { name: NAME, lease: await leaseOf(client) });
        await standing(client, 2);
        await holding.interrupt();
        const { key } = responseOf(await waiting, 'Lock');
        assert.notEqual(key.toString(), held);
      });
    });

    test('etcdctl observes whom the service elects, and the service whom etcdctl does', async () => {
      await onServer(async (client, endpoint) => {
        const observing = new RunningCommand(endpoint, 'elect', '--listen', 'name');
        const observer = client.ask<LeaderResponse>('Observe', { name: NAME });
        const lease = await leaseOf(client);
        const { leader } = await client.must('Campaign', {
          name: NAME,
          lease,
          value: bytes('one'),
        });
        assert.ok(leader !== null);
        assert.deepEqual(
          [await observing.line(), await observing.line()],
          [leader.key.toString(), 'one'],
        );
        assert.equal((await observer.inbox.next()).kv?.value.toString(), 'one');

        const campaigning = new RunningCommand(endpoint, 'elect', 'name', 'two');
        await standing(client, 2);
        await client.must('Resign', { leader });
        assert.match(await campaigning.line(), /^name\/[0-9a-f]+$/);
        assert.equal(await campaigning.line(), 'two');
        assert.equal((await observer.inbox.next()).kv?.value.toString(), 'two');
        assert.match(await observing.line(), /^name\/[0-9a-f]+$/);
        assert.equal(await observing.line(), 'two');
        await campaigning.interrupt();
        await standing(client, 0);
        await observing.interrupt();
        observer.close();
      });
    });
  });
}
