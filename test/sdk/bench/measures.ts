/**
 * What is measured of a client: one call at a time, many at once, and a change, a lock and an instance on their way from
 * one client to another.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Contestant } from './clients/contestant.ts';

const VALUE_BYTES = 256;
const KEYS = 1000;
/** It is to stand in line, or to be asking, when the lock becomes free. */
const IN_LINE_MS = 20;
const ASK_AGAIN_MS = 20;
/** Views may gather changes that follow each other closely: what is asked is how soon a single one is seen. */
const QUIET_MS = 50;

export interface Measure {
  readonly what: string;
  /** In words of the measure: microseconds or calls a second. Undefined for what the client can't do. */
  readonly result: Readonly<Record<string, number>> | undefined;
}

export interface Effort {
  /** Calls one after another, at most. */
  readonly calls: number;
  /** How long many callers call. */
  readonly seconds: number;
  /** After so long a measure of calls one after another ends with those that it has. */
  readonly secondsMax: number;
  readonly callers: number;
}

export async function measureAll(
  open: () => Promise<Contestant>,
  effort: Effort,
): Promise<readonly Measure[]> {
  const one = await open();
  const other = await open();
  const { calls, callers } = effort;
  const get = (i: number): Promise<unknown> => one.get(keyOf(i));
  const put = (i: number): Promise<unknown> => one.put(keyOf(i), valueOf(i));
  try {
    await fill(one);
    return [
      { what: 'get, one caller', result: await oneByOne(effort, calls, timed(get)) },
      { what: 'put, one caller', result: await oneByOne(effort, calls, timed(put)) },
      { what: `get, ${callers} callers`, result: await crowd(effort, get) },
      { what: `put, ${callers} callers`, result: await crowd(effort, put) },
      { what: 'watch: put to event', result: await watchLatency(one, other, effort) },
      { what: 'lock: release to acquired', result: await handOver(one, other, effort) },
      { what: 'service: register to seen', result: await discovery(one, other, effort) },
    ];
  } finally {
    await one.close();
    await other.close();
  }
}

function keyOf(i: number): string {
  return `/bench/${i % KEYS}`;
}

/** Differs from the last value of its key: some servers make less of a put that changes nothing. */
function valueOf(i: number): string {
  return String(i).padEnd(VALUE_BYTES, 'v');
}

async function fill(client: Contestant): Promise<void> {
  for (let i = 0; i < KEYS; i++) await client.put(keyOf(i), valueOf(i));
  // Not every server shows at once what it was given.
  for (let i = 0; i < KEYS; i++) {
    while ((await client.get(keyOf(i))) !== valueOf(i)) await sleep(ASK_AGAIN_MS);
  }
}

/** Takes times until there are enough or the time is over; a tenth more go before, for warming up. */
async function oneByOne(
  { secondsMax }: Effort,
  rounds: number,
  timeMs: (i: number) => Promise<number>,
): Promise<Record<string, number>> {
  const beganMs = performance.now();
  const passed = (part: number): boolean => performance.now() - beganMs > part * secondsMax * 1000;
  const warmUps = Math.floor(rounds / 10);
  let i = 0;
  while (i < warmUps && !passed(0.1)) await timeMs(i++);
  const times: number[] = [];
  do times.push(await timeMs(i++));
  while (times.length < rounds && !passed(1));
  return quantiles(times);
}

function timed(call: (i: number) => Promise<unknown>): (i: number) => Promise<number> {
  return async (i) => {
    const beganMs = performance.now();
    await call(i);
    return performance.now() - beganMs;
  };
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
  effort: Effort,
): Promise<Record<string, number>> {
  const key = '/bench/watched';
  await writer.put(key, 'first');
  let seen: ((value: string) => void) | undefined;
  const watching = await watcher.watch(key, (value) => seen?.(value));
  const result = await oneByOne(effort, effort.calls / 4, async (i) => {
    const arrived = new Promise<void>((resolve) => {
      seen = (value) => {
        if (value === String(i)) resolve();
      };
    });
    const beganMs = performance.now();
    const put = writer.put(key, String(i));
    await arrived;
    const tookMs = performance.now() - beganMs;
    await put;
    return tookMs;
  });
  await watching.stop();
  return result;
}

/** From the holder's release to the moment when the one that waits has the lock. */
async function handOver(
  one: Contestant,
  other: Contestant,
  effort: Effort,
): Promise<Record<string, number> | undefined> {
  if (one.lock === undefined) return undefined;
  let release = await one.lock('/bench/lock');
  const result = await oneByOne(effort, effort.calls / 8, async (i) => {
    const acquiring = (i % 2 === 0 ? other : one).lock?.('/bench/lock');
    await sleep(IN_LINE_MS);
    const beganMs = performance.now();
    const [acquired] = await Promise.all([acquiring, release()]);
    if (acquired !== undefined) release = acquired;
    return performance.now() - beganMs;
  });
  await release();
  return result;
}

/** From the call that registers an instance of a service to the moment when one that follows the service has it. */
async function discovery(
  registrant: Contestant,
  follower: Contestant,
  effort: Effort,
): Promise<Record<string, number>> {
  const service = `bench-${process.pid}`;
  // A service that always has an instance is what there is, and not each client tells that the last one went.
  const releaseFirst = await registrant.register(service, 1);
  let ports: ReadonlySet<number> = new Set();
  let changed: (() => void) | undefined;
  const following = await follower.follow(service, (now) => {
    ports = new Set(now);
    changed?.();
  });
  const until = (port: number, there: boolean): Promise<void> =>
    new Promise((resolve) => {
      changed = () => {
        if (ports.has(port) === there) resolve();
      };
      changed();
    });
  const result = await oneByOne(effort, effort.calls / 8, async (i) => {
    const port = 2 + i;
    await sleep(QUIET_MS);
    const beganMs = performance.now();
    const registering = registrant.register(service, port);
    await until(port, true);
    const tookMs = performance.now() - beganMs;
    const release = await registering;
    await release();
    await until(port, false);
    return tookMs;
  });
  await following.stop();
  await releaseFirst();
  return result;
}

/** Microseconds, and of how many. */
function quantiles(timesMs: number[]): Record<string, number> {
  const sorted = timesMs.sort((a, b) => a - b);
  const at = (part: number): number =>
    Math.round((sorted[Math.floor(sorted.length * part)] ?? 0) * 1000);
  return { p50: at(0.5), p99: at(0.99), of: sorted.length };
}
