/** Opening the store's file so that it is there after a crash, and refusing by name what is no store. */
import { closeSync, mkdirSync, openSync, readSync, statSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tables } from '@concord/kv';
import { StorageError } from '../errors.ts';
import { descriptionsBytesMax } from '../lmdb-file/description.ts';
import { PageFault } from '../lmdb-file/page-fault.ts';
import { checkStructure, type WalkDepth } from '../lmdb-file/structure.ts';
import { syncDirectory } from '../sync-directory.ts';
import { openEnvironment, type Environment } from './environment.ts';
import { isMarkedInUse, markInUse } from './in-use-mark.ts';

export const rejoinRemedy =
  'Restore this member from a snapshot, or remove its data and let it join its cluster again.';

/**
 * How well the file is known: `built` by this process, which has just closed it; `found` at a start; `suspect`, where
 * nothing may be left out.
 */
export type StoreOrigin = 'built' | 'found' | 'suspect';

/**
 * Up to here a start walks all pages of the file it finds, in 0.2 s when they are in memory and 1 s when they are not.
 * A larger one has its branches walked, and its leaves if the process before did not close it.
 */
const walkedWholeBytesMax = 256 * 2 ** 20;

/** Creates the store when there is none. LMDB makes its file's content durable, but not its name. */
export function openDurably(
  directory: string,
  mapBytes: number,
  origin: 'built' | 'found' = 'found',
): Environment {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    assertStoreFile(directory, origin);
    markInUse(directory);
    const environment = openEnvironment(directory, tables, mapBytes);
    syncDirectory(directory);
    syncDirectory(dirname(directory));
    return environment;
  } catch (cause) {
    throw cause instanceof StorageError ? cause : unusable(directory, cause);
  }
}

/** Throws `store-corrupt`, naming the file, for what LMDB must not be shown. */
export function assertStoreFile(
  directory: string,
  origin: StoreOrigin,
  tableNames: readonly string[] = tables,
): void {
  const path = join(directory, 'data.mdb');
  if (isMissing(path) || isUnbegun(path)) return;
  const isSuspect = origin === 'suspect' || (origin === 'found' && isMarkedInUse(directory));
  const chooseDepth = (bytes: number): WalkDepth => {
    if (isSuspect) return 'whole';
    return origin === 'found' && bytes <= walkedWholeBytesMax ? 'whole' : 'branches';
  };
  try {
    checkStructure(path, tableNames, chooseDepth);
  } catch (cause) {
    throw cause instanceof PageFault ? corruptPage(path, cause.message, cause) : cause;
  }
}

export function corruptPage(path: string, found: string, cause: unknown): StorageError {
  return new StorageError({
    code: 'store-corrupt',
    path,
    found,
    expected: 'the pages that were written',
    remedy: rejoinRemedy,
    cause,
  });
}

function isMissing(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0;
}

/**
 * Whether the power ended the first start before LMDB's file had a byte in it. Nothing can have been committed to it,
 * and it is begun anew.
 */
function isUnbegun(path: string): boolean {
  if (statSync(path).size >= descriptionsBytesMax) return false;
  const bytes = new Uint8Array(descriptionsBytesMax);
  const descriptor = openSync(path, 'r');
  try {
    readSync(descriptor, bytes);
  } finally {
    closeSync(descriptor);
  }
  if (!bytes.every((byte) => byte === 0)) return false;
  unlinkSync(path);
  return true;
}

function unusable(directory: string, cause: unknown): StorageError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StorageError({
    code: 'directory-inaccessible',
    path: directory,
    found: `an error (${reason})`,
    expected: 'the store of this member, readable and writable',
    remedy: 'Check owner and mode of the directory and its files.',
    cause,
  });
}
