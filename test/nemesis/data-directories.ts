/**
 * What members leave on their disks when they have stopped: every log reads from end to end, log and store belong
 * together, and members agree on every entry that both still have and on every state that both came to.
 */
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readApplied, readConfiguration, type Applied } from '@concord/kv';
import type { Configuration, Entry } from '@concord/raft';
import {
  DataDirectory,
  NodeFileSystem,
  closeMemberStorage,
  openMemberStorage,
  verifyWal,
} from '@concord/storage';
import { promised } from './checkers/violation.ts';

/** All that a log still has comes back, applied or not. */
const ENTRIES_KEPT = Number.MAX_SAFE_INTEGER;

/** One member's disk. */
interface Remains {
  readonly path: string;
  readonly applied: Applied;
  readonly commit: number;
  readonly entries: ReadonlyMap<number, Entry>;
  readonly configuration: Configuration | undefined;
}

/** Throws a `Violation` or a `StorageError`. The members must have stopped. Answers how many entries were compared. */
export async function verifyDataDirectories(paths: readonly string[]): Promise<number> {
  const remains: Remains[] = [];
  for (const path of paths) remains.push(await read(path));
  let compared = 0;
  remains.forEach((one, i) => {
    for (const other of remains.slice(i + 1)) compared += compare(one, other);
  });
  return compared;
}

async function read(path: string): Promise<Remains> {
  verifyWal(new NodeFileSystem(), join(path, 'member', 'wal'));
  const directory = DataDirectory.open({ path });
  const { identity } = directory;
  promised(identity !== undefined, () => `${path} does not say whose data it is`);
  const storage = openMemberStorage({
    directory,
    identity,
    readApplied: (store) => readApplied(store).position,
    onFailure: (error) => {
      throw error;
    },
    entriesKept: ENTRIES_KEPT,
  });
  const { store, hardState, entries } = storage;
  const remains = {
    path,
    applied: readApplied(store),
    commit: hardState.commit,
    entries: new Map(entries.map((entry) => [entry.index, entry])),
    configuration: readConfiguration(store),
  };
  await new Promise<void>((resolve) => closeMemberStorage(storage, directory, resolve));
  const { index } = remains.applied.position;
  promised(
    index <= remains.commit,
    () => `${path} has applied ${index}, and knows of ${remains.commit} to be committed`,
  );
  return remains;
}

/** Raft's log matching, up to what both know to be committed; and the same state where both came to the same index. */
function compare(one: Remains, other: Remains): number {
  const committed = Math.min(one.commit, other.commit);
  let compared = 0;
  for (const [index, entry] of one.entries) {
    const counterpart = other.entries.get(index);
    if (index > committed || counterpart === undefined) continue;
    compared += 1;
    promised(
      entry.term === counterpart.term && Buffer.from(entry.data).equals(counterpart.data),
      () => `${one.path} and ${other.path} hold different entries ${index}`,
    );
  }
  if (one.applied.position.index !== other.applied.position.index) return compared;
  promised(
    isDeepStrictEqual(one.applied, other.applied) &&
      isDeepStrictEqual(one.configuration, other.configuration),
    () =>
      `${one.path} and ${other.path} came to different states at index ${one.applied.position.index}`,
  );
  return compared;
}
