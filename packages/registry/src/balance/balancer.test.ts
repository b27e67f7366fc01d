import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instance } from '../instance.ts';
import type { Breaker, BreakerFactory, BreakerState } from '../resilience/breaker.ts';
import type { BalanceOptions } from './balance-options.ts';
import { createBalancer, type Balancer, type PickContext } from './balancer.ts';
import { fleet, instanceOf } from './instance.fixture.ts';
import { noInstances } from './no-instances.ts';

/** A balancer on a clock that only the test moves. */
class Bench {
  nowMs = 0;
  readonly balancer: Balancer;
  readonly breakers = new Map<string, FakeBreaker>();

  constructor(options: BalanceOptions, instances: readonly Instance[]) {
    const breakers: BreakerFactory = (name, onChange) => {
      const breaker = new FakeBreaker(onChange);
      this.breakers.set(name, breaker);
      return breaker;
    };
    const world = { now: () => this.nowMs, random: Math.random, breakers };
    this.balancer = createBalancer(options, world);
    this.balancer.update(instances, 0);
  }

  update(instances: readonly Instance[]): void {
    this.balancer.update(instances, this.nowMs);
  }

  pickId(context?: PickContext): string | undefined {
    using picked = this.balancer.pick(context);
    return picked?.instance.id;
  }

  /** The share of each over `picks`; ids that got none are absent. */
  shares(picks = 1000, context?: PickContext): Record<string, number> {
    const shares: Record<string, number> = {};
    for (let n = 0; n < picks; n++) {
      const id = this.pickId(context) ?? 'nobody';
      shares[id] = (shares[id] ?? 0) + 1 / picks;
    }
    return shares;
  }

  /** Reports `outcome` of calls to one instance. */
  report(id: string, outcome: 'ok' | 'error' | 'connect-failed' | 'timeout', times = 1): void {
    const where = ({ id: other }: Instance): boolean => other === id;
    for (let n = 0; n < times; n++) this.balancer.pick({ where })!.report(outcome);
  }

  reasons(context?: PickContext): Record<string, string> {
    return Object.fromEntries(
      this.balancer.explain(context).instances.map(({ instance, reason }) => [instance.id, reason]),
    );
  }
}

class FakeBreaker implements Breaker {
  state: BreakerState = 'closed';
  readonly recorded: boolean[] = [];
  isClosed = false;
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  become(state: BreakerState): void {
    this.state = state;
    this.#onChange();
  }

  record(isOk: boolean): void {
    this.recorded.push(isOk);
  }

  close(): void {
    this.isClosed = true;
  }
}

const near = (actual: number | undefined, expected: number, tolerance = 0.02): void =>
  assert.ok(Math.abs((actual ?? 0) - expected) <= tolerance, `${actual} is not near ${expected}`);

test('only instances that serve and have weight are picked, and explain() says why the others are not', () => {
  const bench = new Bench({}, [
    instanceOf('a'),
    instanceOf('b', { state: 'draining' }),
    instanceOf('c', { state: 'starting' }),
    instanceOf('d', { weight: 0 }),
  ]);
  assert.deepEqual(Object.keys(bench.shares(100)), ['a']);
  assert.deepEqual(bench.reasons(), { a: 'pickable', b: 'draining', c: 'starting', d: 'weight-0' });
});

test('a change of weight is taken over at the next pick', () => {
  const bench = new Bench({}, [instanceOf('a'), instanceOf('b')]);
  near(bench.shares()['a'], 0.5);
  bench.update([instanceOf('a', { weight: 300 }), instanceOf('b')]);
  near(bench.shares()['a'], 0.75);
});

test('nobody to pick is undefined, and the error says what is known', () => {
  const empty = new Bench({}, []);
  assert.equal(empty.pickId(), undefined);
  assert.match(
    noInstances('registry.pick', 'payments', empty.balancer.explain()).message,
    /registry\.pick: no instance of service "payments" is registered; start one/,
  );
  const bench = new Bench({}, [
    instanceOf('a', { state: 'draining' }),
    instanceOf('b', { weight: 0 }),
  ]);
  assert.equal(bench.pickId(), undefined);
  assert.match(
    noInstances('registry.pick', 'payments', bench.balancer.explain()).message,
    /none of the 2 instances of service "payments" can be picked: 1 draining, 1 of weight 0/,
  );
});

test('instances that a call has tried are left out of its further picks', () => {
  const bench = new Bench({}, fleet(30));
  const exclude = new Set<string>();
  for (let n = 0; n < 30; n++) {
    const id = bench.pickId({ exclude });
    assert.ok(id !== undefined && !exclude.has(id));
    exclude.add(id);
  }
  assert.equal(bench.pickId({ exclude }), undefined);
});

test('labels, selectors and functions choose a subset, on top of what the balancer is for', () => {
  const bench = new Bench(
    { where: { tier: 'gold' } },
    fleet(8, (n) => ({ labels: { tier: n < 4 ? 'gold' : 'tin', version: String(n % 2) } })),
  );
  assert.deepEqual(Object.keys(bench.shares(200)).sort(), ['i0', 'i1', 'i2', 'i3']);
  assert.deepEqual(Object.keys(bench.shares(200, { where: { version: '1' } })).sort(), [
    'i1',
    'i3',
  ]);
  assert.deepEqual(Object.keys(bench.shares(200, { where: 'version in (0)' })).sort(), [
    'i0',
    'i2',
  ]);
  const where = ({ id }: Instance): boolean => id > 'i2';
  assert.deepEqual(Object.keys(bench.shares(200, { where })), ['i3']);
  assert.equal(bench.reasons({ where })['i0'], 'not-selected');
  assert.throws(() => bench.balancer.pick({ where: 'version in 0' }), { code: 'INVALID_ARGUMENT' });
});

test('a subset is the same for a client as long as its instances are there, and others for other clients', () => {
  const all = fleet(100);
  const idsOf = (clientId: string, instances: readonly Instance[]): Set<string> =>
    new Set(Object.keys(new Bench({ subset: { size: 10, clientId } }, instances).shares(200)));
  const mine = idsOf('one', all);
  assert.equal(mine.size, 10);
  const gone = [...mine][0]!;
  const after = idsOf(
    'one',
    all.filter(({ id }) => id !== gone),
  );
  assert.equal([...mine].filter((id) => after.has(id)).length, 9);
  assert.ok([...idsOf('two', all)].filter((id) => mine.has(id)).length < 6);
});

test('the preferred zone takes every pick while it is well, and spills in proportion when it is not', () => {
  const zones = fleet(20, (n) => ({ zone: n < 10 ? 'a' : 'b' }));
  const bench = new Bench(
    { zone: { prefer: 'a', spillBelow: 0.8 }, outlier: { maxEjected: 1 } },
    zones,
  );
  const localShare = (): number =>
    Object.entries(bench.shares())
      .filter(([id]) => Number(id.slice(1)) < 10)
      .reduce((sum, [, share]) => sum + share, 0);
  near(localShare(), 1);
  assert.equal(bench.reasons()['i15'], 'other-zone');
  for (const id of ['i0', 'i1']) bench.report(id, 'error', 5);
  near(localShare(), 1); // 8 of 10: not below.
  for (const id of ['i2', 'i3', 'i4', 'i5']) bench.report(id, 'error', 5);
  near(localShare(), 0.4 / 0.8); // 4 of 10.
  assert.equal(bench.balancer.explain().localShare, 0.5);
  near(bench.shares(1000, { zone: 'b' })['i15'], 0.1);
});

test('a zone that has nobody is no reason to pick nobody', () => {
  const bench = new Bench(
    { zone: { prefer: 'nowhere' } },
    fleet(4, () => ({ zone: 'a' })),
  );
  near(bench.shares()['i0'], 0.25);
});

test('an instance that comes later ramps up over its warm-up; those of the first list are warm', () => {
  const bench = new Bench({ slowStart: '10s' }, [instanceOf('a')]);
  near(bench.balancer.explain().instances[0]?.warmth, 1);
  bench.update([instanceOf('a'), instanceOf('b'), instanceOf('c', { warmupMs: 20_000 })]);
  const shareOf = (weight: number, others: number): number => weight / (1 + weight + others);
  near(bench.shares()['b'], shareOf(0.1, 0.1));
  bench.nowMs = 5000;
  near(bench.shares()['b'], shareOf(0.55, 0.325));
  near(bench.shares()['c'], shareOf(0.325, 0.55));
  bench.nowMs = 20_000;
  near(bench.shares()['c'], 1 / 3);
});

test('an instance ramps up from the moment it serves, and anew as another incarnation', () => {
  const bench = new Bench({ slowStart: '10s' }, [
    instanceOf('a'),
    instanceOf('b', { state: 'starting' }),
  ]);
  bench.nowMs = 60_000;
  bench.update([instanceOf('a'), instanceOf('b')]);
  near(bench.shares()['b'], 0.1 / 1.1);
  bench.nowMs = 120_000;
  near(bench.shares()['b'], 0.5);
  bench.update([instanceOf('a', { incarnation: '2' }), instanceOf('b')]);
  near(bench.shares()['a'], 0.1 / 1.1);
});

test('an instance with errors in a row is ejected, comes back slowly, and stays away longer the next time', () => {
  const bench = new Bench(
    { slowStart: '10s', outlier: { baseEjection: '30s', interval: '60s' } },
    fleet(5),
  );
  bench.report('i0', 'error', 4);
  bench.report('i0', 'ok');
  bench.report('i0', 'timeout', 4);
  assert.equal(bench.reasons()['i0'], 'pickable');
  bench.report('i0', 'error');
  assert.equal(bench.reasons()['i0'], 'ejected');
  assert.match(
    bench.balancer.explain().instances[0]!.detail,
    /ejected for 3\ds more, by consecutive-errors/,
  );
  assert.equal(bench.shares()['i0'], undefined);
  bench.nowMs = 33_001; // A tenth may have been added.
  near(bench.shares()['i0'], 0.1 / 4.1);
  bench.nowMs = 50_000;
  near(bench.shares()['i0'], 0.2);
  bench.report('i0', 'error', 5);
  near(bench.balancer.explain().instances[0]?.ejectedForMs, 63_000, 3001);
});

test('failed connections eject sooner than errors', () => {
  const bench = new Bench({}, fleet(5));
  bench.report('i0', 'connect-failed', 2);
  bench.report('i1', 'error', 2);
  assert.deepEqual([bench.reasons()['i0'], bench.reasons()['i1']], ['ejected', 'pickable']);
});

test('never more than a part of all is ejected, one may be in any case, and nobody of too few', () => {
  const bench = new Bench({ outlier: { maxEjected: 0.3 } }, fleet(10));
  for (let n = 0; n < 10; n++) bench.report(`i${n}`, 'error', 20);
  assert.equal(Object.values(bench.reasons()).filter((reason) => reason === 'ejected').length, 3);
  const three = new Bench({ outlier: { maxEjected: 0.3 } }, fleet(3));
  three.report('i0', 'error', 5);
  three.report('i1', 'error', 5);
  assert.deepEqual(Object.values(three.reasons()), ['ejected', 'pickable', 'pickable']);
  const two = new Bench({}, fleet(2));
  two.report('i0', 'error', 50);
  assert.equal(two.reasons()['i0'], 'pickable');
});

test('an instance whose success rate lies far below the others is ejected at the end of the interval', () => {
  const bench = new Bench({ outlier: { interval: '10s', minVolume: 100 } }, fleet(6));
  for (let n = 0; n < 6; n++) {
    for (let call = 0; call < 100; call++) {
      bench.report(`i${n}`, n === 3 && call % 4 === 0 ? 'error' : 'ok');
    }
  }
  assert.equal(bench.reasons()['i3'], 'pickable');
  bench.nowMs = 10_000;
  bench.report('i0', 'ok');
  const { reason, detail } = bench.balancer.explain().instances[3]!;
  assert.equal(reason, 'ejected');
  assert.match(detail, /success-rate/);
});

test('when fewer than half are healthy, calls are spread over all, and that is said', () => {
  const bench = new Bench({ outlier: { maxEjected: 1 } }, fleet(10));
  for (let n = 0; n < 5; n++) bench.report(`i${n}`, 'error', 5);
  assert.equal(bench.balancer.degraded, undefined);
  assert.equal(Object.keys(bench.shares()).length, 5);
  bench.report('i5', 'error', 5);
  assert.equal(bench.balancer.degraded, 'panic');
  const shares = bench.shares();
  for (let n = 0; n < 10; n++) near(shares[`i${n}`], 0.1);
  assert.equal(bench.balancer.explain().degraded, 'panic');
  assert.match(
    bench.balancer.explain().instances[0]!.detail,
    /unhealthy, and picked because most are/,
  );
});

test('without panic the few that are healthy take everything', () => {
  const bench = new Bench({ panicBelow: 'off', outlier: { maxEjected: 1 } }, fleet(4));
  for (let n = 0; n < 3; n++) bench.report(`i${n}`, 'error', 5);
  assert.deepEqual(Object.keys(bench.shares()), ['i3']);
});

test('a breaker is made at the first failure, skips its instance while open, and is closed with it', () => {
  const bench = new Bench({ outlier: false }, fleet(3));
  bench.report('i0', 'ok', 10);
  assert.equal(bench.breakers.size, 0);
  bench.report('i0', 'error');
  bench.report('i0', 'ok');
  const breaker = bench.breakers.get('i0')!;
  assert.deepEqual(breaker.recorded, [false, true]);
  breaker.become('open');
  assert.equal(bench.shares()['i0'], undefined);
  assert.equal(bench.reasons()['i0'], 'breaker-open');
  bench.update(fleet(3).slice(1));
  assert.equal(breaker.isClosed, true);
});

test('a half-open breaker lets one call at a time try, and the others go elsewhere', () => {
  const bench = new Bench({ outlier: false, breaker: { reset: '10s' } }, fleet(3));
  bench.report('i0', 'error');
  bench.breakers.get('i0')!.become('half-open');
  assert.equal(bench.reasons()['i0'], 'probe');
  const held = Array.from({ length: 30 }, () => bench.balancer.pick()!);
  const probes = held.filter(({ instance }) => instance.id === 'i0');
  assert.equal(probes.length, 1);
  probes[0]!.report('ok');
  assert.ok(Array.from({ length: 6 }, () => bench.pickId()).includes('i0'));
});

test('a probe that is never ended does not keep its instance out for ever', () => {
  const bench = new Bench({ outlier: false, breaker: { reset: '10s' } }, fleet(2));
  bench.report('i0', 'error');
  bench.breakers.get('i0')!.become('half-open');
  while (bench.balancer.pick()!.instance.id !== 'i0');
  assert.deepEqual(Object.keys(bench.shares(50)), ['i1']);
  bench.nowMs = 10_000;
  assert.ok(bench.shares(50)['i0']! > 0);
});

test('calls on their way are counted until the first report or the end of the pick', () => {
  const bench = new Bench({}, [instanceOf('a')]);
  const first = bench.balancer.pick()!;
  const second = bench.balancer.pick()!;
  assert.equal(bench.balancer.active, 2);
  first.report('ok', { latencyMs: 20 });
  first.report('error');
  first[Symbol.dispose]();
  assert.equal(bench.balancer.active, 1);
  second[Symbol.dispose]();
  second.report('error');
  assert.equal(bench.balancer.active, 0);
  const [explained] = bench.balancer.explain().instances;
  assert.equal(explained?.latencyMs, 20);
  assert.equal(explained.breaker, undefined);
});

test('whoever has gone is not picked even where candidates are too many to be made anew at every change', () => {
  const all = fleet(5000);
  const balancer = createBalancer();
  balancer.update(all, performance.now());
  balancer.pick()![Symbol.dispose]();
  const left = new Set(all.map(({ id }) => id));
  for (let n = 0; n < 200; n++) {
    left.delete(`i${n}`);
    balancer.change([], [`i${n}`], performance.now());
    for (let picks = 0; picks < 10; picks++) {
      using picked = balancer.pick();
      assert.ok(picked !== undefined && left.has(picked.instance.id));
    }
  }
});

const bad: readonly [string, BalanceOptions, RegExp][] = [
  [
    'an unknown policy',
    { policy: 'fastest' as never },
    /option "policy" is "fastest"; give "weighted-round-robin" or/,
  ],
  ['an unknown option', { polcy: 'maglev' } as BalanceOptions, /there is no option "polcy"/],
  ['a panic above one', { panicBelow: 50 }, /option "panicBelow" is 50; give a number from 0 to 1/],
  ['an empty zone', { zone: { prefer: '' } }, /option "zone.prefer" is ""/],
  ['a subset of none', { subset: { size: 0, clientId: 'x' } }, /option "subset.size" is 0/],
  ['a slow start before now', { slowStart: -1 }, /option "slowStart"/],
  [
    'a ring without points',
    { policy: { name: 'ring-hash', replicas: 0 } },
    /option "policy.replicas" is 0/,
  ],
  [
    'half a bound',
    { policy: { name: 'maglev', boundedLoad: 0.5 } },
    /option "policy.boundedLoad" is 0.5/,
  ],
  [
    'a decay that is no time',
    { policy: { name: 'peak-ewma', decay: 'soon' as never } },
    /option "policy.decay"/,
  ],
  [
    "another policy's option",
    { policy: { name: 'maglev', replicas: 7 } as never },
    /policy: there is no option "replicas"; the options are name, boundedLoad/,
  ],
  [
    'a breaker at 150 %',
    { breaker: { errorThreshold: 1.5 } },
    /option "breaker.errorThreshold" is 1.5/,
  ],
  [
    'an outlier of none',
    { outlier: { consecutiveErrors: 0 } },
    /option "outlier.consecutiveErrors" is 0/,
  ],
  ['a number as where', { where: 7 as never }, /option "where" is 7/],
  ['a selector that is none', { where: 'a in b' }, /option "where"/],
];

for (const [what, options, message] of bad) {
  test(`${what} is refused where it is given`, () => {
    assert.throws(() => createBalancer(options), { code: 'INVALID_ARGUMENT', message });
  });
}

test('a pick with 1,000 instances takes well under a microsecond on a machine of our own, and under five anywhere', () => {
  const balancer = createBalancer();
  balancer.update(
    fleet(1000, (n) => ({ weight: 1 + (n % 1000) })),
    performance.now(),
  );
  const picksOf = (count: number): number => {
    const startMs = performance.now();
    for (let n = 0; n < count; n++) balancer.pick()!.report('ok');
    return performance.now() - startMs;
  };
  picksOf(20_000);
  const best = Math.min(...Array.from({ length: 5 }, () => picksOf(20_000)));
  assert.ok(best < 100, `20,000 picks took ${best} ms`);
});
