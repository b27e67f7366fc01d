/**
 * Checks a log without its member: every checksum, every link from record to record, every length. Reads through
 * the same decoder as `openWal`, so that neither accepts what the other refuses, and changes nothing.
 */
import { StorageError } from '../errors.ts';
import type { FileSystem } from '../file-system.ts';
import { LogCollector } from './log-collector.ts';
import { readBatchPayload, type WalIdentity } from './payload.ts';
import { headerBytes, recordTypes } from './record.ts';
import { listSegments, readWal, readWalIdentity } from './recovery.ts';

export interface WalReport {
  readonly identity: WalIdentity;
  readonly segments: number;
  /** Without the segment headers. */
  readonly records: number;
  /** As written, those included that later ones replace. */
  readonly entries: number;
  readonly lastIndex: number;
  /** What an interrupted write left at the end; the next start clears it. */
  readonly repairableBytes: number;
}

/** Throws `StorageError` where opening would. The log must not be in use. */
export function verifyWal(fileSystem: FileSystem, directory: string): WalReport {
  const segments = listSegments(fileSystem, directory);
  if (segments === undefined) {
    throw new StorageError({
      code: 'wal-mismatch',
      path: directory,
      found: 'no log',
      expected: 'the segments of a log',
      remedy: 'Name the directory that holds the files that end in .wal.',
    });
  }
  const identity = readWalIdentity(fileSystem, directory, segments);
  const collector = new LogCollector({ directory, identity });
  let records = 0;
  let entries = 0;
  const end = readWal(fileSystem, directory, segments, {
    segment: (payload, name) => collector.segment(payload, name),
    record: (type, record, place, path) => {
      records++;
      if (type === recordTypes.batch) {
        entries += readBatchPayload(record, headerBytes)?.entries.length ?? 0;
      }
      collector.record(type, record, place, path);
    },
  });
  const { lastIndex } = collector.finish();
  return {
    identity,
    segments: segments.length,
    records,
    entries,
    lastIndex,
    repairableBytes: end.garbageBytes,
  };
}
