/**
 * What a process that has ended leaves of a snapshot that it was taking in. At most one is kept, the one begun last, and
 * only while its pages are sound; its rows are checked when it is gone on with.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { defaultMapBytes, openEnvironment, type Environment } from '../lmdb/environment.ts';
import { assertStoreFile } from '../lmdb/opening.ts';
import { incomingTables, readProgress } from './incoming-progress.ts';
import type { InterruptedSnapshot } from './transfer.ts';

export interface InterruptedTransfer extends InterruptedSnapshot {
  /** Where it is, below `incoming`. */
  readonly directory: string;
  /** Later than those of all that were removed. */
  readonly number: number;
  readonly nextChunk: number;
}

/** Removes everything else from `incoming`, and what cannot be gone on with. */
export function recoverIncoming(incoming: string): InterruptedTransfer | undefined {
  const numbers = namesIn(incoming).map(Number).filter(Number.isSafeInteger);
  const number = numbers.sort((a, b) => a - b).at(-1);
  const found = number === undefined ? undefined : read(join(incoming, String(number)), number);
  for (const name of namesIn(incoming)) {
    if (found === undefined || name !== String(found.number))
      rmSync(join(incoming, name), { recursive: true, force: true });
  }
  if (found === undefined) rmSync(incoming, { recursive: true, force: true });
  return found;
}

function read(directory: string, number: number): InterruptedTransfer | undefined {
  let environment: Environment | undefined;
  try {
    assertStoreFile(directory, 'suspect', incomingTables);
    environment = openEnvironment(directory, incomingTables, defaultMapBytes);
    const table = environment.tables.at(-1);
    const progress = table && readProgress(table);
    if (progress === undefined) return undefined;
    return {
      directory,
      number,
      nextChunk: progress.number,
      name: new Uint8Array(Buffer.from(progress.name, 'hex')),
      origin: new Uint8Array(Buffer.from(progress.origin, 'base64')),
    };
  } catch {
    // The sender has another one: nothing is lost with it.
    return undefined;
  } finally {
    void environment?.root.close();
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
