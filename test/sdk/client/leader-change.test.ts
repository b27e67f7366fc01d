/**
 * Goal: when the leader goes while thousands of leases are kept alive, none expires, no session is lost, and within one
 * TTL renewals come at the rate that they had before (scenario 6 of the research). Method: sessions with a key each on three
 * members; renewals are counted before the leader is killed and after. `CONCORD_LEASES=5000` is the full size.
 */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { Client, type Session } from '@concord/client';
import { onEachBackend } from '../harness/each-backend.ts';

const COUNT = Number(process.env['CONCORD_LEASES'] ?? 300);
/**
 * The default of sessions for the full size; shorter where there are fewer, as the test takes four of them. Two thirds have
 * to do for an election, which may take three seconds on a machine that does much else.
 */
const TTL_MS = COUNT >= 1_000 ? 15_000 : 9_000;
/** Each is renewed once in this time, or in a tenth more. */
const PERIOD_MS = TTL_MS / 3;
/** What the rate of one period may differ by from that of another. */
const RATE_SLACK = 0.25;
/** What the busiest part of a period may have over the average; so long that a machine which stands still is no part. */
const PEAK_MAX = 1.7;
const PEAK_MS = PERIOD_MS * 0.4;

/** When sessions were renewed. */
class Renewals {
  readonly #atMs: number[] = [];
  readonly losses: Record<string, number> = {};
  risks = 0;

  follow(session: Session): void {
    session.events.on('renewed', () => this.#atMs.push(performance.now()));
    session.events.on('atRisk', () => (this.risks += 1));
    session.events.on('lost', ({ cause }) => {
      this.losses[cause] = (this.losses[cause] ?? 0) + 1;
    });
  }

  /** Renewals a second in `[fromMs, toMs)`. */
  rate(fromMs: number, toMs: number): number {
    const count = this.#atMs.filter((atMs) => atMs >= fromMs && atMs < toMs).length;
    return (count * 1000) / (toMs - fromMs);
  }

  /** Renewals a second in each step of `[fromMs, toMs)`. */
  rates(fromMs: number, toMs: number, stepMs: number): readonly number[] {
    return Array.from({ length: Math.floor((toMs - fromMs) / stepMs) }, (_, i) =>
      this.rate(fromMs + i * stepMs, fromMs + (i + 1) * stepMs),
    );
  }
}

onEachBackend(
  `${COUNT} sessions, when the leader goes,`,
  (target) => {
    test('are all kept, and renewed at the rate of before within one TTL', async (t) => {
      await using client = await Client.connect({ endpoints: target.endpoints });
      const { kv } = client.namespace(target.corner());
      const renewals = new Renewals();
      const sessions: Session[] = [];
      const open = async (): Promise<void> => {
        const session = await client.session({ ttl: TTL_MS, timeout: '20s' });
        sessions.push(session);
        renewals.follow(session);
        await kv.put(`/${session.lease}`, '', { lease: session.lease, timeout: '20s' });
      };
      const startedAtMs = performance.now();
      while (sessions.length < COUNT) {
        // Evenly, as those of many processes: and this one also carries what the members say to each other.
        const share = sessions.length / COUNT;
        await sleep(startedAtMs + share * PERIOD_MS - performance.now());
        await Promise.all(Array.from({ length: COUNT / 100 }, open));
      }
      // The first renewals come as the sessions were made.
      await sleep(PERIOD_MS * 1.1);
      const steadyAtMs = performance.now();
      await sleep(PERIOD_MS);
      const leader = await target.members.leader();
      const killedAtMs = performance.now();
      const before = renewals.rate(steadyAtMs, killedAtMs);
      await target.processes.kill(leader);
      await sleep(killedAtMs + TTL_MS - performance.now());
      const untilMs = performance.now();
      const after = renewals.rate(untilMs - PERIOD_MS, untilMs);
      const seconds = renewals.rates(killedAtMs, untilMs, 1000);
      t.diagnostic(
        `renewals a second: ${before.toFixed()} before, ${after.toFixed()} within a TTL`,
      );
      const peak = Math.max(...renewals.rates(untilMs - PERIOD_MS, untilMs, PEAK_MS));
      t.diagnostic(`in the seconds after: ${seconds.map((rate) => rate.toFixed()).join(' ')}`);
      t.diagnostic(`${renewals.risks} sessions were at risk`);
      // What a lease had left when the leader went is over by now.
      await sleep(PERIOD_MS);
      assert.deepEqual(renewals.losses, {});
      assert.ok(sessions.every(({ state }) => state === 'live'));
      const { count } = await kv.range({ prefix: '/' }, { countOnly: true });
      assert.equal(count, COUNT);
      assert.ok(Math.abs(before / (COUNT / (PERIOD_MS / 1000)) - 1) < RATE_SLACK, `${before}`);
      assert.ok(Math.abs(after / before - 1) < RATE_SLACK, `${before} before, ${after} after`);
      // Those that waited for the new leader together do not come together for ever.
      assert.ok(peak < before * PEAK_MAX, `${peak} a second at times, ${before} on average`);
      await target.processes.start(leader);
    });
  },
  { members: 3 },
);
