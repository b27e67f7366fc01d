import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallOutcome } from '../resilience/outcome.ts';
import { createBalancer, type Balancer } from './balancer.ts';
import { instanceOf } from './instance.fixture.ts';
import { newLatencyRecord, PeakLatency } from './peak-latency.ts';

/** Chance that is the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Calls one after another, a millisecond apart, on a clock of the test's own. */
class Traffic {
  nowMs = 0;
  readonly balancer: Balancer;
  readonly random = seeded(7);
  latencyMs: (id: string) => number = () => 10;
  outcome: (id: string) => CallOutcome = () => 'ok';

  constructor(weights: readonly number[], decay = '10s' as const) {
    const world = { now: () => this.nowMs, random: this.random };
    const policy = { name: 'peak-ewma', decay } as const;
    this.balancer = createBalancer({ policy, outlier: false, breaker: false }, world);
    this.balancer.update(
      weights.map((weight, index) => instanceOf(`i${index}`, { weight })),
      0,
    );
  }

  /** @returns the share of each */
  shares(calls: number): number[] {
    const counts = this.balancer.explain().instances.map(() => 0);
    for (let n = 0; n < calls; n++) {
      this.nowMs += 1;
      const picked = this.balancer.pick()!;
      const { id } = picked.instance;
      const index = Number(id.slice(1));
      counts[index] = counts[index]! + 1;
      picked.report(this.outcome(id), { latencyMs: this.latencyMs(id) });
    }
    return counts.map((count) => count / calls);
  }
}

function assertNear(shares: readonly number[], wanted: readonly number[], tolerance: number): void {
  shares.forEach((share, index) => {
    assert.ok(
      Math.abs(share - wanted[index]!) < tolerance,
      `${shares.join()} is not ${wanted.join()}`,
    );
  });
}

test('peak-ewma: where all are as fast, the weights are kept to 1 %', () => {
  assertNear(new Traffic([900, 50, 30, 20]).shares(100_000), [0.9, 0.05, 0.03, 0.02], 0.01);
});

test('peak-ewma: where latencies vary much by chance, alike for all, the weights are kept to 7 %', () => {
  for (const weights of [
    [900, 100],
    [100, 100, 100, 100],
    [600, 300, 100],
  ]) {
    const traffic = new Traffic(weights);
    traffic.latencyMs = () => -20 * Math.log(1 - traffic.random());
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    assertNear(
      traffic.shares(100_000),
      weights.map((weight) => weight / total),
      0.07,
    );
  }
});

test('peak-ewma: an instance that becomes slow gets a fraction of its part at once, and all of it after it has recovered', () => {
  for (const count of [2, 4, 10]) {
    const traffic = new Traffic(Array.from({ length: count }, () => 100));
    traffic.shares(1000);
    traffic.latencyMs = (id) => (id === 'i0' ? 200 : 10);
    const [slow] = traffic.shares(5000);
    assert.ok(slow! < 0.25 / count, `of ${count} a slow one gets ${slow}`);
    assert.ok(slow! > 0, 'a slow one is never tried again');
    traffic.latencyMs = () => 10;
    traffic.shares(60_000);
    const [recovered] = traffic.shares(20_000);
    assert.ok(Math.abs(recovered! - 1 / count) < 0.03, `of ${count} it gets ${recovered} again`);
  }
});

test('peak-ewma: a shorter decay forgets sooner', () => {
  const shareAfter = (decay: '10s' | '1s'): number => {
    const traffic = new Traffic([100, 100], decay as '10s');
    traffic.shares(100);
    traffic.latencyMs = (id) => (id === 'i0' ? 500 : 10);
    traffic.shares(1000);
    traffic.latencyMs = () => 10;
    traffic.shares(8000);
    return traffic.shares(1000)[0]!;
  };
  assert.ok(shareAfter('1s') > 0.4);
  assert.ok(shareAfter('10s') < 0.2);
});

test('peak-ewma: calls on their way count, also before the first has ended', () => {
  const { balancer } = new Traffic([100, 100, 100]);
  const counts = new Map<string, number>();
  for (let n = 0; n < 3000; n++) {
    const picked = balancer.pick()!;
    counts.set(picked.instance.id, (counts.get(picked.instance.id) ?? 0) + 1);
    // The calls of one instance never end.
    if (picked.instance.id !== 'i1') picked[Symbol.dispose]();
  }
  assert.ok(counts.get('i1')! < 100, String(counts.get('i1')));
});

test('peak-ewma: failing fast is no recommendation', () => {
  const traffic = new Traffic([100, 100, 100, 100]);
  traffic.shares(1000);
  traffic.latencyMs = (id) => (id === 'i0' ? 0.1 : 10);
  traffic.outcome = (id) => (id === 'i0' ? 'connect-failed' : 'ok');
  const [failing] = traffic.shares(20_000);
  assert.ok(failing! < 0.27, `it gets ${failing}`);
});

test('a latency jumps to a peak, and comes down by time, whether calls come or not', () => {
  const latency = new PeakLatency(1000);
  const [one, other, unknown] = [newLatencyRecord(), newLatencyRecord(), newLatencyRecord()];
  assert.equal(latency.of(unknown, 0), 0);
  for (let n = 0; n < 1000; n++) latency.record(other, 'ok', 10, 0);
  assert.equal(latency.of(unknown, 0), 10);
  latency.record(one, 'ok', 10, 0);
  latency.record(one, 'timeout', 500, 0);
  assert.equal(latency.of(one, 0), 500);
  latency.record(one, 'error', 1, 0);
  latency.record(one, 'ok', 10, 0);
  assert.equal(latency.of(one, 0), 500, 'many short calls at a moment forget nothing');
  const { usualMs } = latency;
  const left = usualMs + (500 - usualMs) / Math.E;
  assert.ok(Math.abs(latency.of(one, 1000) - left) < 1e-9);
  latency.record(one, 'ok', 10, 1000);
  assert.ok(Math.abs(latency.of(one, 1000) - (10 + 490 / Math.E)) < 1e-9);
  assert.ok(Math.abs(latency.of(one, 100_000) - latency.usualMs) < 1e-9);
});
