/**
 * How an incoming snapshot takes the place of a member's store, so that a crash between any two steps leaves the old
 * content or the new one, whole:
 *
 *     member/incoming/…   being built                          gone on with after a start, or removed
 *     member/next         whole, durable, at its position      judged by the log at start
 *     (the log begins anew behind that position)               ← decides
 *     member/db           moved to member/replaced             removed at start
 *     member/next         moved to member/db
 *
 * Invariant: once the log has begun anew the new content is in `next` or in `db`; until then the old one is in `db`.
 */
import { existsSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogPosition } from '@concord/raft';
import type { FileSystem } from '../file-system.ts';
import { readStore, type StoreAccess } from '../lmdb/closed-store.ts';
import type { StoredRows } from '../lmdb/store-view.ts';

/** Reads the last entry whose effects are in the store; index 0 for an empty store. */
export type ReadApplied = (store: StoredRows) => LogPosition;

export interface MemberFiles {
  readonly fileSystem: FileSystem;
  readonly memberDirectory: string;
  /** The store that the member works with. */
  readonly databaseDirectory: string;
}

export const incomingPath = (files: MemberFiles): string => join(files.memberDirectory, 'incoming');
export const nextPath = (files: MemberFiles): string => join(files.memberDirectory, 'next');
const replacedPath = (files: MemberFiles): string => join(files.memberDirectory, 'replaced');

/** Makes a whole store, which is durable under the path `built`, the one that waits to be installed. */
export async function makeNext(files: MemberFiles, built: string): Promise<void> {
  const next = nextPath(files);
  await rm(next, { recursive: true, force: true });
  files.fileSystem.rename(built, next);
  files.fileSystem.syncDirectory(files.memberDirectory);
}

/** Puts `next` in the place of `db`. The log must have begun anew behind its position. */
export function exchangeStores(files: MemberFiles): void {
  const { fileSystem, memberDirectory, databaseDirectory } = files;
  const replaced = replacedPath(files);
  rmSync(replaced, { recursive: true, force: true });
  if (existsSync(databaseDirectory)) {
    fileSystem.rename(databaseDirectory, replaced);
    fileSystem.syncDirectory(memberDirectory);
  }
  fileSystem.rename(nextPath(files), databaseDirectory);
  fileSystem.syncDirectory(memberDirectory);
}

/** Gives the room of the former store back, in the background; what is left goes at the next start. */
export function removeReplaced(files: MemberFiles): void {
  void rm(replacedPath(files), { recursive: true, force: true }).catch(() => undefined);
}

/**
 * Ends what a crash has interrupted. `restart` reads where the log begins anew, or where it was cut last; it is asked
 * only when there is something to decide.
 */
export function recoverInstallation(
  files: MemberFiles,
  readApplied: ReadApplied,
  restart: () => LogPosition | undefined,
): void {
  if (isInstalled(files, readApplied, restart)) exchangeStores(files);
  rmSync(nextPath(files), { recursive: true, force: true });
  rmSync(replacedPath(files), { recursive: true, force: true });
}

/**
 * Whether the log goes on behind the store in `next`, and not behind the one in `db`. A snapshot that came a second time,
 * after the first was installed, is at the position where the log begins too; by then `db` is there, or further.
 */
export function isInstalled(
  files: MemberFiles,
  readApplied: ReadApplied,
  restart: () => LogPosition | undefined,
  access: StoreAccess = 'write',
): boolean {
  const next = nextPath(files);
  // A later snapshot was about to take its place.
  if (!existsSync(join(next, 'data.mdb'))) return false;
  // There is something to decide only after a start that was not clean, so nothing is left out.
  const origin = 'suspect';
  const own = readStore({ directory: next, access, origin }, readApplied);
  const current = files.databaseDirectory;
  const hasCurrent = existsSync(join(current, 'data.mdb'));
  if (hasCurrent) {
    const { index } = readStore({ directory: current, access, origin }, readApplied);
    if (index >= own.index) return false;
  }
  const begun = restart();
  return begun !== undefined && begun.index === own.index && begun.term === own.term;
}
