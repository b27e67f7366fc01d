/**
 * Goal: a member that is cut off from the majority, and still takes calls, is left within a second, long before it knows
 * itself: by reads, by calls that may be made twice, and by writes with a true word on their fate. Method: a client of three
 * endpoints asks all three at the moment of the cut, several times.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, ConcordError, op } from '@concord/client';
import { onEachBackend } from '../harness/each-backend.ts';

/** What is promised. */
const FAIL_OVER_MS = 1_000;
/** When it is measured, nothing is forgiven; among other tests a loaded machine may add this to the worst of a few. */
const IS_MEASURED = process.env['CONCORD_TRIES'] !== undefined;
const SLACK_MS = IS_MEASURED ? 0 : 600;
const TRIES = Number(process.env['CONCORD_TRIES'] ?? 3);
/** A call that went to the member that is cut off takes longer than any other. */
const WAITED_MS = 400;

interface Timed {
  readonly tookMs: number;
  readonly error?: ConcordError;
}

async function timed(call: Promise<unknown>): Promise<Timed> {
  const startedAtMs = performance.now();
  try {
    await call;
    return { tookMs: performance.now() - startedAtMs };
  } catch (error) {
    assert.ok(ConcordError.is(error), String(error));
    return { tookMs: performance.now() - startedAtMs, error };
  }
}

/** So many calls at once that each of three members gets one, whichever is first. */
const onEach = (call: () => Promise<unknown>): Promise<Timed[]> =>
  Promise.all([1, 2, 3].map(() => timed(call())));

const longest = (calls: readonly Timed[]): number => Math.max(...calls.map((call) => call.tookMs));
const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? NaN;

onEachBackend(
  'a member that is cut off from the others',
  (target) => {
    const serves = async (members: readonly number[]): Promise<void> => {
      const endpoints = members.map((member) => target.processes.direct[member] ?? '');
      await using direct = await Client.connect({ endpoints });
      await direct.kv.get('served', { timeout: '30s' });
    };
    const connect = async (): Promise<Client> => {
      const client = await Client.connect({ endpoints: target.endpoints });
      while (client.connections.some(({ state }) => state !== 'healthy')) {
        await client.events.once('connection');
      }
      await onEach(() => client.kv.put('warm', ''));
      return client;
    };

    test('is left within a second by the next read and the next call that may be made twice', async (t) => {
      const worst = { reads: [] as number[], repeatable: [] as number[], writes: [] as number[] };
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const at = ((await target.members.leader()) + 1) % 3;
        await using client = await connect();
        const { kv } = client.namespace(target.corner());
        const rejoin = await target.processes.isolate(at);
        const [reads, repeatable, writes] = await Promise.all([
          onEach(() => kv.get('key')),
          onEach(() => kv.txn().then(op.put('twice', 'does no harm')).commit({ repeatable: true })),
          onEach(() => kv.put('once', '')),
        ]);
        for (const { error } of [...reads, ...repeatable]) assert.equal(error, undefined);
        // The one that was cut off was asked, and did not answer.
        assert.ok(longest(reads) > WAITED_MS && longest(repeatable) > WAITED_MS);
        const failed = writes.flatMap(({ error }) => (error === undefined ? [] : [error]));
        assert.deepEqual(
          failed.map(({ code, outcome }) => [code, outcome]),
          [['UNAVAILABLE', 'unknown']],
        );
        worst.reads.push(longest(reads));
        worst.repeatable.push(longest(repeatable));
        worst.writes.push(longest(writes));
        const state = client.connections.find(
          ({ endpoint }) => endpoint === target.endpoints[at],
        )?.state;
        assert.equal(state, 'leaderless');
        // From now on nobody waits for it.
        const next = [
          ...(await onEach(() => kv.get('key'))),
          ...(await onEach(() => kv.put('key', ''))),
        ];
        assert.deepEqual(
          next.filter(({ error, tookMs }) => error ?? tookMs > WAITED_MS),
          [],
        );
        await rejoin();
        await serves([at]);
        while (client.connections.some(({ state }) => state !== 'healthy')) {
          await client.events.once('connection');
        }
      }
      for (const [kind, times] of Object.entries(worst)) {
        t.diagnostic(
          `${kind}: median ${median(times).toFixed()} ms, worst ${Math.max(...times).toFixed()} ms`,
        );
        assert.ok(median(times) < FAIL_OVER_MS, `${kind}: ${times.join(', ')} ms`);
        assert.ok(Math.max(...times) < FAIL_OVER_MS + SLACK_MS, `${kind}: ${times.join(', ')} ms`);
      }
    });

    test('and led them is left within a second after they have another leader', async (t) => {
      const leader = await target.members.leader();
      await using client = await connect();
      const { kv } = client.namespace(target.corner());
      const rejoin = await target.processes.isolate(leader);
      let electedAtMs = Infinity;
      const elected = serves([(leader + 1) % 3, (leader + 2) % 3]).then(
        () => (electedAtMs = performance.now()),
      );
      const reads = await onEach(() => kv.get('key'));
      const answeredAtMs = performance.now();
      await elected;
      assert.deepEqual(
        reads.filter(({ error }) => error !== undefined),
        [],
      );
      t.diagnostic(`answered ${(answeredAtMs - electedAtMs).toFixed()} ms after the election`);
      assert.ok(answeredAtMs - electedAtMs < FAIL_OVER_MS + SLACK_MS);
      await rejoin();
      await serves([leader]);
    });

    test('is not left where all are: nobody could do better', async () => {
      await using client = await connect();
      const leader = await target.members.leader();
      const changes: string[] = [];
      client.events.on('connection', ({ state }) => changes.push(state));
      const rejoin = await Promise.all([0, 1, 2].map((at) => target.processes.isolate(at)));
      const put = timed(client.kv.put('a', '', { timeout: '900ms' }));
      const reads = await onEach(() => client.kv.get('key', { timeout: '900ms' }));
      assert.ok(reads.every(({ error }) => error?.outcome === 'not-applied'));
      assert.deepEqual(changes, []);
      assert.equal((await put).error?.outcome, 'unknown');
      for (const one of rejoin) await one();
      await serves([leader]);
    });
  },
  { members: 3 },
);
