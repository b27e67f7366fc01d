/**
 * How long a server takes from its start as a process to its first linearizable answer, and how much
 * memory it holds: empty, and with a large key space (a million keys by default).
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KeySpace } from './key-space.ts';
import { preload } from './preload.ts';
import { processUsage } from './process-usage.ts';
import type { ProcessUsage } from './process-usage.ts';
import { ServerUnderTest } from './server-under-test.ts';
import type { ServerKind } from './server-under-test.ts';

/** Time for background writing to settle before memory is read. */
const SETTLE_SECONDS = 3;

/** One server's start-ups in one round. */
export interface StartUp {
  readonly keys: number;
  readonly keyBytes: number;
  readonly valueBytes: number;
  readonly emptyMilliseconds: number;
  readonly emptyResidentBytes: number;
  readonly loadSeconds: number;
  /** After all keys were written, in the process that took them. */
  readonly loadedResidentBytes: number;
  readonly loadedAnonymousBytes: number;
  /** From a clean stop to the first answer with all keys there. */
  readonly fullMilliseconds: number;
  /** In the restarted process, after it has settled. */
  readonly fullResidentBytes: number;
  readonly fullAnonymousBytes: number;
}

/** Starts a server on a new directory, fills it, stops it, starts it again. The directory is removed. */
export async function measureStartUp(
  kind: ServerKind,
  folder: string,
  space: KeySpace,
): Promise<StartUp> {
  const dataDir = join(folder, `${kind.name}-start-up`);
  const start = async (): Promise<readonly [ServerUnderTest, number]> => {
    const before = performance.now();
    const server = await ServerUnderTest.start({ kind, dataDir, logFile: `${dataDir}.log` });
    return [server, performance.now() - before];
  };
  const [empty, emptyMilliseconds] = await start();
  const emptyUsage = await settledUsage(empty);
  const loadBegan = performance.now();
  await preload('127.0.0.1', empty.ports.client, space);
  const loadSeconds = (performance.now() - loadBegan) / 1000;
  const loadedUsage = await settledUsage(empty);
  await empty.stop();
  const [full, fullMilliseconds] = await start();
  const fullUsage = await settledUsage(full);
  await full.stop();
  rmSync(dataDir, { recursive: true, force: true });
  return {
    ...space,
    emptyMilliseconds,
    emptyResidentBytes: emptyUsage.residentBytes,
    loadSeconds,
    loadedResidentBytes: loadedUsage.residentBytes,
    loadedAnonymousBytes: loadedUsage.anonymousBytes,
    fullMilliseconds,
    fullResidentBytes: fullUsage.residentBytes,
    fullAnonymousBytes: fullUsage.anonymousBytes,
  };
}

async function settledUsage(server: ServerUnderTest): Promise<ProcessUsage> {
  await sleep(SETTLE_SECONDS * 1000);
  return processUsage(server.pid);
}
