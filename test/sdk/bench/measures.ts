/** What is measured of a client: one call at a time, many at once, a change on its way, a lock on its way. */
import type { Contestant } from './contestants.ts';

const VALUE = 'v'.repeat(256);
const KEYS = 1000;

export interface Measure {
  readonly what: string;
  /** In words of the measure: microseconds or calls a second. */
  readonly result: Readonly<Record<string, number>>;
}

export interface Effort {
  /** Calls one after another. */
  readonly calls: number;
  /** How long many callers call. */
  readonly seconds: number;
  readonly callers: number;
}

export async function measureAll(
  open: () => Promise<Contestant>,
  effort: Effort,
): Promise<readonly Measure[]> {
  const one = await open();
  const other = await open();
  const key = (i: number): string => `/bench/${i % KEYS}`;
  try {
    for (let i = 0; i < KEYS; i++) await one.put(key(i), VALUE);
    return [
      { what: 'get, one caller', result: await oneByOne(effort.calls, (i) => one.get(key(i))) },
      {
        what: 'put, one caller',
        result: await oneByOne(effort.calls, (i) => one.put(key(i), VALUE)),
      },
      {
        what: `get, ${effort.callers} callers`,
        result: await crowd(effort, (i) => one.get(key(i))),
      },
      {
        what: `put, ${effort.callers} callers`,
        result: await crowd(effort, (i) => one.put(key(i), VALUE)),
      },
      { what: 'watch: put to event', result: await watchLatency(one, other, effort.calls / 4) },
      { what: 'lock: release to acquired', result: await handOver(one, other, effort.calls / 8) },
    ];
  } finally {
    await one.close();
    await other.close();
  }
}

async function oneByOne(
  calls: number,
  call: (i: number) => Promise<unknown>,
): Promise<Record<string, number>> {
  for (let i = 0; i < calls / 10; i++) await call(i);
  const times: number[] = [];
  for (let i = 0; i < calls; i++) {
    const beganMs = performance.now();
    await call(i);
    times.push(performance.now() - beganMs);
  }
  return quantiles(times);
}

/** `cpu`: microseconds of this process for each call. */
async function crowd(
  { seconds, callers }: Effort,
  call: (i: number) => Promise<unknown>,
): Promise<Record<string, number>> {
  const beganMs = performance.now();
  const untilMs = beganMs + seconds * 1000;
  const cpu = process.cpuUsage();
  let count = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() < untilMs) await call(count++);
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const { user, system } = process.cpuUsage(cpu);
  const tookSeconds = (performance.now() - beganMs) / 1000;
  return { perSecond: Math.round(count / tookSeconds), cpu: Math.round((user + system) / count) };
}

/** From the call of a put by one client to the event at the other. */
async function watchLatency(
  writer: Contestant,
  watcher: Contestant,
  rounds: number,
): Promise<Record<string, number>> {
  let seen: ((value: string) => void) | undefined;
  const watching = await watcher.watch('/bench/watched', (value) => seen?.(value));
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const arrived = new Promise<void>((resolve) => {
      seen = (value) => {
        if (value === String(i)) resolve();
      };
    });
    const beganMs = performance.now();
    const put = writer.put('/bench/watched', String(i));
    await arrived;
    times.push(performance.now() - beganMs);
    await put;
  }
  await watching.stop();
  return quantiles(times);
}

/** From the holder's release to the moment when the one that waits has the lock. */
async function handOver(
  one: Contestant,
  other: Contestant,
  rounds: number,
): Promise<Record<string, number>> {
  const times: number[] = [];
  let release = await one.lock('/bench/lock');
  for (let i = 0; i < rounds; i++) {
    const next = i % 2 === 0 ? other : one;
    const acquiring = next.lock('/bench/lock');
    // It is to stand in line, or to be asking, when the lock becomes free.
    await new Promise((resolve) => setTimeout(resolve, 20));
    const beganMs = performance.now();
    const [acquired] = await Promise.all([acquiring, release()]);
    times.push(performance.now() - beganMs);
    release = acquired;
  }
  await release();
  return quantiles(times);
}

/** Microseconds. */
function quantiles(timesMs: number[]): Record<string, number> {
  const sorted = timesMs.sort((a, b) => a - b);
  const at = (part: number): number =>
    Math.round((sorted[Math.floor(sorted.length * part)] ?? 0) * 1000);
  return { p50: at(0.5), p99: at(0.99) };
}
