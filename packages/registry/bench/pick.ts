/**
 * Picks and reports a second of processor time with 1,000 instances of random weights in three zones, for each policy.
 *
 * Usage: node --conditions=@concord/source packages/registry/bench/pick.ts
 */
import { createBalancer } from '../src/balance/balancer.ts';
import { fleet } from '../src/balance/instance.fixture.ts';
import { POLICY_NAMES } from '../src/balance/policy.ts';

const INSTANCES = 1000;
const PICKS = 2_000_000;
const KEYS = Array.from({ length: 1024 }, (_, index) => `customer-${index}`);

for (const policy of POLICY_NAMES) {
  const balancer = createBalancer({ policy, zone: { prefer: 'a' } });
  const random = (max: number): number => Math.floor(Math.random() * max);
  balancer.update(
    fleet(INSTANCES, () => ({ weight: 1 + random(1000), zone: 'abc'[random(3)] })),
    performance.now(),
  );
  const contexts = KEYS.map((hashKey) =>
    policy.includes('hash') || policy === 'maglev' ? { hashKey } : undefined,
  );
  const run = (picks: number): number => {
    // The processor's time: the machine may have other work.
    const start = process.cpuUsage();
    for (let n = 0; n < picks; n++) balancer.pick(contexts[n & 1023])!.report('ok');
    const { user, system } = process.cpuUsage(start);
    return (picks / (user + system)) * 1e6;
  };
  run(PICKS / 10);
  const heapBefore = process.memoryUsage().heapUsed;
  const perSecond = run(PICKS);
  const heapMb = (process.memoryUsage().heapUsed - heapBefore) / 1e6;
  console.log(
    `${policy.padEnd(22)} ${(perSecond / 1e6).toFixed(2)} M picks and reports/s (heap ${heapMb.toFixed(1)} MB)`,
  );
}
