/**
 * Snapshots by the clock: one more in a directory, and the oldest deleted.
 *
 * Invariant: what is called `snapshot-….db` is whole, on disk, and has the digest that the server sent; and nothing is
 * deleted before the new one is.
 */
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf, openSnapshotFile } from '@concord/storage';
import { ConfigurationError } from '../config/command-line.ts';
import type { ClusterAdministrator } from './cluster-administrator.ts';

/** A snapshot of etcd's largest recommended size, over a slow network. */
const SNAPSHOT_MS_MAX = 3_600_000;
const SNAPSHOT = /^snapshot-\d{8}T\d{6}Z\.db$/;
const PART = '.part';

export interface KeptSnapshots {
  readonly directory: string;
  /** How many are left. */
  readonly keep: number;
  readonly now: Date;
}

/** Answers the new file. Throws `GrpcError`, `ConfigurationError`, and what the file system throws. */
export async function keepSnapshot(
  administrator: Pick<ClusterAdministrator, 'snapshot'>,
  { directory, keep, now }: KeptSnapshots,
): Promise<string> {
  await mkdir(directory, { recursive: true });
  const name = `snapshot-${now.toISOString().replace(/[-:]|\.\d+/g, '')}.db`;
  const path = join(directory, name);
  const part = `${path}${PART}`;
  try {
    await save(administrator.snapshot(AbortSignal.timeout(SNAPSHOT_MS_MAX)), part);
    const snapshot = await openSnapshotFile(part);
    const { digest } = snapshot;
    if (digest === undefined || !Buffer.from(await digestOf(snapshot)).equals(digest)) {
      throw new ConfigurationError(`${path}: what arrived does not fit its digest; try again`);
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  const names = (await readdir(directory)).filter((entry) => SNAPSHOT.test(entry)).sort();
  for (const old of names.slice(0, -keep)) await rm(join(directory, old));
  return path;
}

async function save(pieces: AsyncIterable<Uint8Array>, path: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    for await (const piece of pieces) await file.write(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}
