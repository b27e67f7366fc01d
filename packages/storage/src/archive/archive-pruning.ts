/**
 * Takes from the archive of a member's log what no restoration from a given snapshot, or a later one, will read: the
 * segments before the one that holds the snapshot's entry, and their marks.
 *
 * Invariant: what stays is what a restoration from that snapshot reads, and the newest segment, where a member that runs
 * goes on writing; so this may run beside it.
 * Invariant: files go oldest first, each durably before the next, so an interruption leaves no new gap.
 */
import { join } from 'node:path';
import type { FileSystem } from '../file-system.ts';
import { NodeFileSystem } from '../node-file-system.ts';
import type { ArchiveReader } from './archive-reader.ts';
import { allocatedBytes } from './archive-status.ts';
import { agreeOnBase } from './base-agreement.ts';
import type { BaseSnapshot } from './base-snapshot.ts';
import { readMarks } from './mark.ts';

export interface ArchivePruning {
  /** Of one member. */
  readonly directory: string;
  /** The files in it that go, in this order. */
  readonly files: readonly string[];
  /** How many of them are segments. */
  readonly segmentCount: number;
  /** What they take of the disk. */
  readonly bytes: number;
  /** The first entry of what stays. */
  readonly firstIndex: number;
}

/**
 * What may go. Throws `wal-mismatch` where snapshot and archive do not belong together, and where the archive does not lead
 * on from the snapshot.
 */
export function planArchivePruning(archive: ArchiveReader, base: BaseSnapshot): ArchivePruning {
  const { directory } = archive;
  const { holdsBase } = agreeOnBase(archive, base);
  const kept = holdsBase ? archive.segmentsFrom(base.position) : archive.segments;
  const keptFrom = kept[0]?.sequence ?? 0;
  const segments = archive.segments.filter(({ sequence }) => sequence < keptFrom);
  const marks = archive.marksFiles.filter(
    ({ name, sequence }) => sequence < keptFrom && !speaksFrom(join(directory, name), base),
  );
  const files = [
    // Before their segment: without it nobody would look for them.
    ...marks.map(({ name, sequence }) => ({ name, sequence, order: 0 })),
    ...segments.map(({ name, sequence }) => ({ name, sequence, order: 1 })),
  ]
    .sort((a, b) => a.sequence - b.sequence || a.order - b.order)
    .map(({ name }) => name);
  return {
    directory,
    files,
    segmentCount: segments.length,
    bytes: files.reduce((sum, name) => sum + allocatedBytes(join(directory, name)), 0),
    firstIndex: kept[0]?.firstIndex ?? 0,
  };
}

/** A member may have applied more than its own log held: such a mark stands beside a segment from before its entry. */
function speaksFrom(path: string, { position }: BaseSnapshot): boolean {
  for (const { index } of readMarks(path)) if (index >= position.index) return true;
  return false;
}

/** Throws what the file system throws; what has gone until then was the oldest. */
export function pruneArchive(
  { directory, files }: Pick<ArchivePruning, 'directory' | 'files'>,
  fileSystem: Pick<FileSystem, 'remove' | 'syncDirectory'> = new NodeFileSystem(),
): void {
  for (const name of files) {
    removeOnce(fileSystem, join(directory, name));
    fileSystem.syncDirectory(directory);
  }
}

/** Somebody else who prunes may have been faster. */
function removeOnce(fileSystem: Pick<FileSystem, 'remove'>, path: string): void {
  try {
    fileSystem.remove(path);
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isGone) throw error;
  }
}
