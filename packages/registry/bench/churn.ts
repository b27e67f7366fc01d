/**
 * How long changes keep the event loop: 10,000 instances of which 1,000 a second change, published every 20 ms as a
 * view does it, under 5,000 picks a second, for each policy. Of the single calls that take longest, and of processor time.
 *
 * Usage: node --conditions=@concord/source packages/registry/bench/churn.ts [seconds]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createBalancer } from '../src/balance/balancer.ts';
import { instanceOf } from '../src/balance/instance.fixture.ts';
import { POLICY_NAMES, type PolicyName } from '../src/balance/policy.ts';

const INSTANCES = 10_000;
const PUBLICATION_MS = 20;
const CHANGES_A_PUBLICATION = 20;
const PICKS_A_PUBLICATION = 100;
const SECONDS = Number(process.argv[2] ?? 5);

const random = (max: number): number => Math.floor(Math.random() * max);

async function churn(policy: PolicyName): Promise<string> {
  const balancer = createBalancer({ policy });
  const ids = Array.from({ length: INSTANCES }, (_, n) => `10.0.${n >> 8}.${n & 255}-8080`);
  const made = (id: string) => instanceOf(id, { weight: 1 + random(200), port: 80 });
  balancer.update(ids.map(made), performance.now());
  const firstMs: number[] = [];
  for (;;) {
    const [ms, isPrepared] = timed(() => balancer.prepare());
    firstMs.push(ms);
    if (isPrepared) break;
  }
  const picksMs: number[] = [];
  const changesMs: number[] = [];
  const cpu = process.cpuUsage();
  const endMs = performance.now() + SECONDS * 1000;
  while (performance.now() < endMs) {
    const changed = Array.from({ length: CHANGES_A_PUBLICATION }, () => ids[random(INSTANCES)]!);
    // One of each ten changes is a new life, which another instance's end makes room for.
    const removed = changed.slice(0, CHANGES_A_PUBLICATION / 10);
    const put = changed.slice(CHANGES_A_PUBLICATION / 10).map(made);
    const back = removed.map(made);
    changesMs.push(timed(() => balancer.change(put, removed, performance.now()))[0]);
    for (let n = 0; n < PICKS_A_PUBLICATION; n++) {
      const hashKey = `customer-${random(1e6)}`;
      picksMs.push(timed(() => balancer.pick({ hashKey })!.report('ok'))[0]);
    }
    changesMs.push(timed(() => balancer.change(back, [], performance.now()))[0]);
    await sleep(PUBLICATION_MS);
  }
  const { user, system } = process.cpuUsage(cpu);
  const part = (user + system) / (SECONDS * 1e6);
  const ms = (value: number): string => `${value.toFixed(1).padStart(5)} ms`;
  return (
    `${policy.padEnd(22)} prepared in parts of up to ${ms(Math.max(...firstMs))}, longest pick ${ms(Math.max(...picksMs))}, ` +
    `longest change ${ms(Math.max(...changesMs))}, ${(100 * part).toFixed(0)} % of a processor`
  );
}

/** The thread's own time: the machine may have other work. */
function timed<T>(run: () => T): [ms: number, result: T] {
  const start = process.threadCpuUsage();
  const result = run();
  const { user, system } = process.threadCpuUsage(start);
  return [(user + system) / 1000, result];
}

for (const policy of POLICY_NAMES) console.log(await churn(policy));
