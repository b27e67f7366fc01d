/**
 * Goal: with three endpoints a member that dies, hangs, or loses its leader costs its clients less than a second, no
 * write is made twice, and what an error says of a write's fate is true. Method: callers that put and get all the time,
 * through fault proxies, and the longest time in which one of them got nothing done.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, ConcordError } from '@concord/client';
import { onEachBackend } from '../harness/each-backend.ts';

/** What a loaded machine may add to the second that is promised. */
const SLACK_MS = 600;

/** Calls without a pause until it is stopped; tells the longest gap between two that succeeded. */
class Caller {
  readonly #call: () => Promise<unknown>;
  readonly #running: Promise<void>;
  readonly errors: ConcordError[] = [];
  #isStopped = false;
  gapMs = 0;
  count = 0;

  constructor(call: () => Promise<unknown>) {
    this.#call = call;
    this.#running = this.#run();
  }

  async #run(): Promise<void> {
    let lastMs = performance.now();
    while (!this.#isStopped) {
      try {
        await this.#call();
        this.count += 1;
        this.gapMs = Math.max(this.gapMs, performance.now() - lastMs);
        lastMs = performance.now();
      } catch (error) {
        assert.ok(ConcordError.is(error), String(error));
        this.errors.push(error);
      }
    }
    this.gapMs = Math.max(this.gapMs, performance.now() - lastMs);
  }

  /** Resolves after so many more successful calls. */
  async more(count: number): Promise<void> {
    const wanted = this.count + count;
    while (this.count < wanted) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }
}

onEachBackend(
  'three endpoints',
  (target) => {
    const callers = async (
      fault: () => Promise<unknown> | void,
      mend: () => Promise<unknown> | void,
    ): Promise<{ reads: Caller; writes: Caller }> => {
      await using client = await Client.connect({ endpoints: target.endpoints });
      const { kv } = client.namespace(target.corner());
      let number = 0;
      const reads = new Caller(() => kv.get('key'));
      const writes = new Caller(() => kv.put('key', `${number++}`));
      await writes.more(20);
      await fault();
      // Until both have gone on for a while, whatever happened in between.
      await Promise.all([writes.more(50), reads.more(50)]);
      await Promise.all([reads.stop(), writes.stop()]);
      await mend();
      return { reads, writes };
    };
    const follower = async (): Promise<number> => ((await target.members.leader()) + 1) % 3;

    test('a follower that is cut off costs no read, and less than a second', async () => {
      const at = await follower();
      const { reads, writes } = await callers(
        () => target.lines.at(at).cut(),
        () => target.lines.heal(),
      );
      assert.deepEqual(reads.errors, []);
      assert.ok(reads.gapMs < 1000 + SLACK_MS, `${reads.gapMs} ms without a read`);
      assert.ok(writes.gapMs < 1000 + SLACK_MS, `${writes.gapMs} ms without a write`);
      for (const { outcome, code } of writes.errors) {
        assert.deepEqual([code, outcome], ['UNAVAILABLE', 'unknown']);
      }
    });

    test('a follower that hangs is left within a second', async () => {
      const at = await follower();
      const { reads, writes } = await callers(
        () => target.lines.at(at).pause(),
        () => target.lines.heal(),
      );
      assert.deepEqual(reads.errors, []);
      assert.ok(reads.gapMs < 1000 + SLACK_MS, `${reads.gapMs} ms without a read`);
      assert.ok(writes.gapMs < 1000 + SLACK_MS, `${writes.gapMs} ms without a write`);
      assert.ok(writes.errors.length <= 1, 'one write was on its way there');
      for (const { outcome } of writes.errors) assert.equal(outcome, 'unknown');
    });

    test('a member without a leader is left for one that has one', async () => {
      const at = await follower();
      let rejoin: (() => Promise<void>) | undefined;
      const { reads, writes } = await callers(
        async () => (rejoin = await target.processes.isolate(at)),
        () => rejoin?.(),
      );
      assert.deepEqual(reads.errors, []);
      assert.ok(reads.gapMs < 1000 + SLACK_MS, `${reads.gapMs} ms without a read`);
      assert.ok(writes.gapMs < 1000 + SLACK_MS, `${writes.gapMs} ms without a write`);
      for (const { outcome } of writes.errors) assert.equal(outcome, 'unknown');
    });
  },
  { members: 3 },
);
