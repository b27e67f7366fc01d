import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Instance } from '../instance.ts';
import { createBalancer, type Balancer } from './balancer.ts';
import { instanceOf } from './instance.fixture.ts';
import type { BalancePolicy } from './policy.ts';

const PICKS = 100_000;

/** Chance that is the same in every run: mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function balancerOf(policy: BalancePolicy, weights: readonly number[], seed = 1): Balancer {
  const balancer = createBalancer({ policy }, { now: () => 0, random: seeded(seed) });
  const instances = weights.map((weight, index) => instanceOf(`i${index}`, { weight }));
  balancer.update(instances, 0);
  return balancer;
}

function pickOnce(balancer: Balancer, hashKey?: string): Instance {
  using picked = balancer.pick(hashKey === undefined ? undefined : { hashKey });
  assert.ok(picked);
  return picked.instance;
}

function counted(balancer: Balancer, picks: number, withKeys = false): Map<string, number> {
  const counts = new Map<string, number>();
  for (let n = 0; n < picks; n++) {
    const { id } = pickOnce(balancer, withKeys ? `customer-${n}` : undefined);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

const weightsAndSeed = fc.record({
  weights: fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 20 }),
  seed: fc.integer(),
});

/** Policies that promise the weights, and how many runs of 100,000 picks each is worth. */
const promising: readonly { policy: BalancePolicy; numRuns: number; withKeys?: boolean }[] = [
  { policy: 'weighted-round-robin', numRuns: 8 },
  { policy: 'weighted-random', numRuns: 8 },
  { policy: 'least-request', numRuns: 8 },
  { policy: 'peak-ewma', numRuns: 8 },
  { policy: 'maglev', numRuns: 4, withKeys: true },
];

for (const { policy, numRuns, withKeys } of promising) {
  test(`${JSON.stringify(policy)}: shares are within 1 % of the weights over 100,000 picks, and weight 0 gets none`, () => {
    fc.assert(
      fc.property(weightsAndSeed, ({ weights, seed }) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        fc.pre(total > 0);
        const counts = counted(balancerOf(policy, weights, seed), PICKS, withKeys);
        weights.forEach((weight, index) => {
          const share = (counts.get(`i${index}`) ?? 0) / PICKS;
          assert.ok(
            Math.abs(share - weight / total) < 0.01,
            `weight ${weight} of ${total} got ${share}`,
          );
          if (weight === 0) assert.equal(share, 0);
        });
      }),
      { numRuns },
    );
  });
}

test('weighted round robin is exact: at any moment each is within one pick, and n times its share, of its part', () => {
  fc.assert(
    fc.property(weightsAndSeed, ({ weights, seed }) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      fc.pre(total > 0);
      const balancer = balancerOf('weighted-round-robin', weights, seed);
      const counts = new Map<string, number>();
      for (let n = 1; n <= 2000; n++) {
        const { id } = pickOnce(balancer);
        counts.set(id, (counts.get(id) ?? 0) + 1);
        weights.forEach((weight, index) => {
          const due = (n * weight) / total;
          const off = Math.abs((counts.get(`i${index}`) ?? 0) - due);
          const offMax = 1 + (weights.length * weight) / total;
          assert.ok(off < offMax, `after ${n} picks ${index} is off by ${off}`);
        });
      }
    }),
    { numRuns: 30 },
  );
});

test('weighted round robin spreads the picks of a heavy instance between those of the others', () => {
  const balancer = balancerOf('weighted-round-robin', [300, 100, 100, 100]);
  const ids = Array.from({ length: 60 }, () => pickOnce(balancer).id).join('');
  assert.ok(!ids.includes('i0i0i0'), ids);
});

test('clients begin at instances of their own, so that a fleet does not meet at one', () => {
  const firsts = new Map<string, number>();
  for (let seed = 0; seed < 1000; seed++) {
    const { id } = pickOnce(balancerOf('weighted-round-robin', [100, 100, 100, 100], seed));
    firsts.set(id, (firsts.get(id) ?? 0) + 1);
  }
  for (const count of firsts.values()) assert.ok(Math.abs(count - 250) < 60, String(count));
  assert.equal(firsts.size, 4);
});

test('weighted round robin keeps its place when the list changes at every pick', () => {
  const balancer = balancerOf('weighted-round-robin', [300, 200, 100]);
  const instances = [300, 200, 100].map((weight, index) => instanceOf(`i${index}`, { weight }));
  const counts = new Map<string, number>();
  for (let n = 0; n < 6000; n++) {
    balancer.update([...instances, instanceOf('other', { state: 'starting' })], n);
    const { id } = pickOnce(balancer);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  assert.ok(Math.abs(counts.get('i0')! - 3000) <= 3);
  assert.ok(Math.abs(counts.get('i1')! - 2000) <= 3);
  assert.ok(Math.abs(counts.get('i2')! - 1000) <= 3);
});

test('least request sends less to an instance whose calls pile up', () => {
  const balancer = balancerOf('least-request', [100, 100, 100]);
  const counts = new Map<string, number>();
  for (let n = 0; n < 3000; n++) {
    const picked = balancer.pick()!;
    counts.set(picked.instance.id, (counts.get(picked.instance.id) ?? 0) + 1);
    // The calls of one instance never end.
    if (picked.instance.id !== 'i1') picked[Symbol.dispose]();
  }
  assert.ok(counts.get('i1')! < 20, String(counts.get('i1')));
});

for (const policy of ['ring-hash', 'maglev'] as const) {
  test(`${policy}: a key stays with its instance, in every client, whatever the order of the list`, () => {
    const one = balancerOf(policy, [100, 200, 300], 1);
    const other = createBalancer({ policy });
    other.update(
      [300, 200, 100].map((weight, index) => instanceOf(`i${2 - index}`, { weight })),
      0,
    );
    for (let n = 0; n < 1000; n++) {
      assert.equal(pickOnce(one, `k${n}`).id, pickOnce(other, `k${n}`).id);
    }
  });

  test(`${policy}: when an instance goes, its keys move and hardly any other`, () => {
    const weights = Array.from({ length: 10 }, () => 100);
    const before = balancerOf(policy, weights);
    const after = balancerOf(policy, weights.slice(0, 9));
    let moved = 0;
    for (let n = 0; n < 10_000; n++) {
      const [a, b] = [pickOnce(before, `k${n}`).id, pickOnce(after, `k${n}`).id];
      if (a !== 'i9' && a !== b) moved += 1;
    }
    const allowed = policy === 'ring-hash' ? 0.005 : 0.05;
    assert.ok(moved / 10_000 < allowed, `${moved} of 10,000`);
  });

  test(`${policy}: with bounded load a popular key does not bury its instance`, () => {
    const balancer = balancerOf({ name: policy, boundedLoad: 1.25 }, [100, 100, 100, 100]);
    const counts = new Map<string, number>();
    for (let n = 0; n < 400; n++) {
      const { id } = balancer.pick({ hashKey: 'celebrity' })!.instance;
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    assert.ok(Math.max(...counts.values()) <= 126, JSON.stringify([...counts]));
  });

  test(`${policy}: a key whose instance was tried goes to the same second one in every client`, () => {
    const clients = [
      balancerOf(policy, [100, 100, 100], 1),
      balancerOf(policy, [100, 100, 100], 2),
    ];
    for (let n = 0; n < 200; n++) {
      const hashKey = `k${n}`;
      const exclude = new Set([pickOnce(clients[0]!, hashKey).id]);
      const [a, b] = clients.map((client) => client.pick({ hashKey, exclude })!.instance.id);
      assert.equal(a, b);
      assert.ok(!exclude.has(a!));
    }
  });
}

test('ring hash follows the weights roughly, and explain() says how closely', () => {
  const balancer = balancerOf('ring-hash', [100, 200, 300, 400]);
  const counts = counted(balancer, PICKS, true);
  for (const { instance, share } of balancer.explain().instances) {
    assert.ok(Math.abs(share - instance.weight / 1000) < 0.06, `${instance.id}: ${share}`);
    assert.ok(Math.abs(share - counts.get(instance.id)! / PICKS) < 0.01);
  }
});
