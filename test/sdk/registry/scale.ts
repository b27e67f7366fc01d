/**
 * A large service that changes all the time: how far behind a view is, and what it holds in memory. As a program it
 * runs the full size against a server:
 *
 *     node --conditions=@concord/source --expose-gc test/sdk/registry/scale.ts 127.0.0.1:2379
 *     node … scale.ts 127.0.0.1:2379 --instances 10000 --changes 1000 --seconds 10
 */
import { Client, op } from '@concord/client';
import { Registry } from '@concord/registry';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

export interface ScaleOptions {
  readonly endpoints: readonly string[];
  readonly namespace: string;
  readonly instances: number;
  readonly changesPerSecond: number;
  readonly seconds: number;
}

export interface Quantiles {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface ScaleReport {
  readonly changes: number;
  /** From the moment a change is known to be made to the view that has it: what the view adds. */
  readonly lagMs: Quantiles;
  /** From the moment a change is sent, the server's part included. */
  readonly totalMs: Quantiles;
  /** Until the view was there. */
  readonly loadMs: number;
  readonly publications: number;
  /** What the view added to the heap, before the changes and after them; only where the garbage can be collected. */
  readonly heapMb: { readonly before: number; readonly after: number };
  /** Of one processor, reading and writing together. */
  readonly cpuPart: number;
}

/** A transaction takes so many operations with every server's defaults. */
const PUTS_A_TXN = 100;
/** Changes are sent in ticks of so long, all of a tick at once. */
const TICK_MS = 10;
/** For the last changes to be seen. */
const CATCH_UP_MS_MAX = 10_000;

const key = (i: number): string => `/concord/registry/instances/large/i${i}`;

const value = (i: number, weight: number, change: number): string =>
  JSON.stringify({
    address: `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`,
    port: 8080,
    weight,
    zone: `zone-${i % 3}`,
    labels: { version: `${i % 5}`, tier: 'gold' },
    metadata: { change },
    incarnation: `of-${i}`,
    registeredAt: 1,
  });

export async function followLargeService(options: ScaleOptions): Promise<ScaleReport> {
  const { endpoints, namespace, instances, changesPerSecond, seconds } = options;
  await using writer = await Client.connect({ endpoints, namespace });
  await using reader = await Client.connect({ endpoints, namespace });
  for (let i = 0; i < instances; i += PUTS_A_TXN) {
    const count = Math.min(PUTS_A_TXN, instances - i);
    const puts = Array.from({ length: count }, (_, j) => op.put(key(i + j), value(i + j, 100, -1)));
    await writer.kv
      .txn()
      .then(...puts)
      .commit();
  }
  const empty = heapMb();
  await using registry = new Registry(reader);
  const startMs = performance.now();
  const view = await registry.discover<{ change: number }>('large', { timeout: '30s' });
  const loadMs = performance.now() - startMs;
  const before = heapMb() - empty;

  const changes = changesPerSecond * seconds;
  const [sentMs, madeMs, seenMs] = [0, 1, 2].map(() => new Float64Array(changes)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let publications = 0;
  let seen = 0;
  view.onUpdate(({ changed }) => {
    publications += 1;
    seen += changed.length;
    for (const { current } of changed) seenMs[current.metadata.change] = performance.now();
  });
  const cpu = process.cpuUsage();
  const sent: Promise<unknown>[] = [];
  const beginMs = performance.now();
  const send = async (change: number): Promise<void> => {
    // Each instance changes once in a round, so that every change is to be seen.
    const i = change % instances;
    sentMs[change] = performance.now();
    await writer.kv.put(key(i), value(i, 1 + (change % 1000), change));
    madeMs[change] = performance.now();
  };
  while (sent.length < changes) {
    const due = Math.min(changes, ((performance.now() - beginMs) / 1000) * changesPerSecond);
    while (sent.length < due) sent.push(send(sent.length));
    view.tryPick()?.report('ok');
    await sleep(TICK_MS);
  }
  await Promise.all(sent);
  while (seen < changes && performance.now() - beginMs < seconds * 1000 + CATCH_UP_MS_MAX) {
    await sleep(TICK_MS);
  }
  const { user, system } = process.cpuUsage(cpu);
  return {
    changes: seen,
    lagMs: quantiles(seenMs.map((ms, change) => Math.max(0, ms - (madeMs[change] ?? 0)))),
    totalMs: quantiles(seenMs.map((ms, change) => ms - (sentMs[change] ?? 0))),
    loadMs: Math.round(loadMs),
    publications,
    heapMb: { before, after: heapMb() - empty },
    cpuPart: (user + system) / 1000 / (performance.now() - beginMs),
  };
}

function quantiles(values: Float64Array): Quantiles {
  const sorted = values.sort();
  const at = (part: number): number =>
    Math.round(sorted[Math.floor((sorted.length - 1) * part)] ?? NaN);
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

function heapMb(): number {
  globalThis.gc?.();
  return Math.round((process.memoryUsage().heapUsed / 2 ** 20) * 10) / 10;
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      instances: { type: 'string', default: '10000' },
      changes: { type: 'string', default: '1000' },
      seconds: { type: 'string', default: '10' },
    },
  });
  const report = await followLargeService({
    endpoints: positionals,
    namespace: `/scale/${Date.now()}`,
    instances: Number(values.instances),
    changesPerSecond: Number(values.changes),
    seconds: Number(values.seconds),
  });
  console.log(JSON.stringify(report, undefined, 2));
}
