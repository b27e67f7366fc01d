/** A new cluster that begins with a snapshot: each of its first members restores the same one before it starts. */
import { digestOf, openSnapshotFile, restoreMember } from '@concord/storage';
import { newCluster } from '../bootstrap/new-cluster.ts';
import { ConfigurationError } from '../config/command-line.ts';
import type { Configuration } from '../config/configuration.ts';
import type { Log } from '../log.ts';

/**
 * Nothing is done without a file. Throws `ConfigurationError` for a file that is not there or is not what a server has
 * sent, and `StorageError`; then nothing was written.
 */
export async function foundFromSnapshot(
  { values, dataDirectory, initialCluster }: Configuration,
  path: string | undefined,
  log: Log,
): Promise<void> {
  if (path === undefined) return;
  const snapshot = await openSnapshotFile(path).catch((error: unknown) => {
    throw new ConfigurationError(`CONCORD_POD_SNAPSHOT ${path}: ${(error as Error).message}`);
  });
  const { digest } = snapshot;
  if (digest === undefined || !Buffer.from(await digestOf(snapshot)).equals(digest)) {
    throw new ConfigurationError(
      `CONCORD_POD_SNAPSHOT ${path}: its digest is missing or does not fit; take another snapshot`,
    );
  }
  const { identity, members } = newCluster(
    values.name,
    initialCluster,
    values['initial-cluster-token'],
  );
  const { revision, keyCount } = await restoreMember({
    snapshot,
    dataDirectory,
    ...(values['wal-dir'] !== '' && { walDirectory: values['wal-dir'] }),
    identity,
    members: members.map(({ id, name, peerUrls, isLearner }) => ({
      ID: id,
      name,
      peerURLs: [...peerUrls],
      clientURLs: [],
      isLearner,
    })),
    revisionBump: 0,
    isAuthDropped: false,
  });
  log.info(`restored ${path}: revision ${revision}, ${keyCount} keys`);
}
