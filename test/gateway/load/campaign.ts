/** One run: a member, a gateway, a fleet that heartbeats, subscribers in a process of their own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { availableBackends } from '../../conformance/harness/backend.ts';
import { Server } from '../../conformance/harness/server.ts';
import { GatewayProcess } from '../harness/gateway-process.ts';
import { Fleet } from './fleet.ts';
import { LAG_P99_MS_MAX, quantile, type LoadPlan, type LoadResult } from './report.ts';
import type { FromSubscribers, ToSubscribers } from './subscribers.ts';

const MEMORY_EVERY_MS = 500;

export async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const backend = availableBackends().find(({ name }) => name === 'concord');
  if (backend === undefined) throw new Error('build first: npm run build');
  const server = await Server.start(backend, { tls: false });
  const gateway = await GatewayProcess.start([server.endpoint]);
  try {
    return await measure(plan, gateway);
  } finally {
    await gateway.stop();
    await server.stop();
  }
}

async function measure(plan: LoadPlan, gateway: GatewayProcess): Promise<LoadResult> {
  const fleet = new Fleet(gateway.url, plan);
  const residentBytesAtRest = residentBytes(gateway.pid);
  await fleet.register();
  const subscribers = new SubscriberProcess(gateway.url, plan);
  await subscribers.ready;
  const residentBytesAtStart = residentBytes(gateway.pid);
  const cpuBefore = cpuSeconds(gateway.pid);
  let residentBytesMax = 0;
  const watching = setInterval(() => {
    residentBytesMax = Math.max(residentBytesMax, residentBytes(gateway.pid));
  }, MEMORY_EVERY_MS);
  const beatsBefore = fleet.beats;
  const changes = await fleet.change(plan.seconds, plan.changesPerSecond);
  const beats = fleet.beats - beatsBefore;
  const cpu = cpuSeconds(gateway.pid) - cpuBefore;
  // What is on its way arrives.
  await sleep(2_000);
  clearInterval(watching);
  const lagsMs = await subscribers.end();
  const failedBeats = fleet.failedBeats;
  await fleet.end();
  const expected = changes * (plan.subscribers / plan.services);
  const lagP99Ms = quantile(lagsMs, 0.99);
  return {
    plan,
    changes,
    delivered: lagsMs.length,
    expected,
    lagP50Ms: quantile(lagsMs, 0.5),
    lagP99Ms,
    lagMaxMs: lagsMs.at(-1) ?? 0,
    beatsPerSecond: beats / plan.seconds,
    failedBeats,
    cpuShare: cpu / plan.seconds,
    residentBytesAtRest,
    residentBytesAtStart,
    residentBytesMax,
    isWithinBounds: lagP99Ms < LAG_P99_MS_MAX && lagsMs.length >= expected && failedBeats === 0,
  };
}

/** Thousands of streams are read elsewhere: here they would be late because of us. */
class SubscriberProcess {
  readonly ready: Promise<unknown>;
  readonly #child;

  constructor(url: string, plan: LoadPlan) {
    this.#child = fork(join(import.meta.dirname, 'subscribers.ts'), {
      execArgv: ['--conditions=@concord/source'],
      serialization: 'advanced',
    });
    this.ready = once(this.#child, 'message');
    const { subscribers, services } = plan;
    this.#child.send({ url, subscribers, services } satisfies ToSubscribers);
  }

  /** Every lag that was seen, in milliseconds, ascending. */
  async end(): Promise<Float64Array> {
    const told = once(this.#child, 'message') as Promise<[FromSubscribers]>;
    this.#child.send('end');
    const [{ lagsMs }] = await told;
    this.#child.kill();
    return lagsMs.toSorted();
  }
}

function residentBytes(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? 0) * 1024;
}

/** User and system time that a process has taken. */
function cpuSeconds(pid: number): number {
  const TICKS_PER_SECOND = 100;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
