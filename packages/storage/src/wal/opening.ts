/**
 * Continues a log after a stop or a crash: reads it back, makes durable what was found, without a torn tail, and
 * takes up writing there. A log that is refused is left as it was.
 */
import type { Entry, HardState, LogPosition } from '@concord/raft';
import { StorageError } from '../errors.ts';
import type { FileSystem, OpenFile } from '../file-system.ts';
import { PendingRecord } from './batch.ts';
import { LogCollector, type RecoveredLog } from './log-collector.ts';
import type { RecordPlace } from './record.ts';
import { listSegments, readWal } from './recovery.ts';
import { replaceLastSegment } from './segment-copy.ts';
import { removePrepared } from './segment-header.ts';
import { Wal, type WalOptions } from './wal.ts';

export interface OpenWalOptions extends WalOptions {
  /**
   * The last entry whose effects the store holds durably: the log is replayed from the one after it.
   * Recovery refuses when log and store do not connect. Without it the newest snapshot position counts.
   */
  readonly applied?: LogPosition;
  /** How many entries up to `applied` are returned as well, for members that lag behind. Default 0. */
  readonly entriesKept?: number;
}

export interface OpenedWal {
  readonly wal: Wal;
  readonly hardState: HardState;
  /** The position that the first of `entries` follows. */
  readonly base: LogPosition;
  /** Consecutive, from `base.index + 1` on. */
  readonly entries: readonly Entry[];
  /** Bytes of an interrupted, never acknowledged write that were cut off. */
  readonly repairedBytes: number;
}

/** Whose log it is, and what the store has applied of it if that is to be checked. */
export type LogToRead = Pick<OpenWalOptions, 'directory' | 'fileSystem' | 'identity' | 'applied'>;

/** Whether there is a log to open; creation that was interrupted leaves none. */
export function hasWal(fileSystem: FileSystem, directory: string): boolean {
  return listSegments(fileSystem, directory) !== undefined;
}

/** The position that the log was begun anew behind, or cut at last; `undefined` when there is no log. */
export function readSnapshotPosition(options: LogToRead): LogPosition | undefined {
  return hasWal(options.fileSystem, options.directory) ? readLog(options).snapshot : undefined;
}

/** Reads a log as `openWal` does, and leaves it as it is. Throws `StorageError` where that would. */
export function readLog(options: LogToRead): RecoveredLog {
  const { directory, fileSystem } = options;
  const segments = listSegments(fileSystem, directory);
  if (segments === undefined) throw missing(directory);
  const collector = new LogCollector(options);
  readWal(fileSystem, directory, segments, collector);
  return collector.finish();
}

/** Throws `StorageError` when the log is damaged, belongs to another member, or does not fit the store. */
export function openWal(options: OpenWalOptions): OpenedWal {
  const { directory, fileSystem, applied } = options;
  const segments = listSegments(fileSystem, directory);
  if (segments === undefined) throw missing(directory);
  const collector = new LogCollector(options);
  const end = readWal(fileSystem, directory, segments, collector);
  const log = collector.finish();

  removePrepared(fileSystem, directory);
  // What is returned here counts as durable, and what was read may be in the page cache alone.
  const file = replaceLastSegment(fileSystem, directory, end);
  const isBehindStore = applied !== undefined && applied.index > log.lastIndex;
  const place = isBehindStore ? bridge(fileSystem, file, end.place, applied) : end.place;
  const state = {
    segments,
    place,
    segmentBytes: end.segmentBytes,
    hardState: log.hardState,
    snapshot: isBehindStore ? applied : log.snapshot,
    lastIndex: isBehindStore ? applied.index : log.lastIndex,
  };
  const wal = new Wal(options, state, file);
  return {
    wal,
    ...logFrom(log, isBehindStore ? applied : undefined),
    repairedBytes: end.garbageBytes,
  };
}

function logFrom(
  log: RecoveredLog,
  bridged: LogPosition | undefined,
): Pick<OpenedWal, 'hardState' | 'base' | 'entries'> {
  if (bridged !== undefined) return { hardState: log.hardState, base: bridged, entries: [] };
  return { hardState: log.hardState, base: log.base, entries: log.entries };
}

/**
 * A member may apply what a quorum has made durable before its own disk has. After a crash its store is then
 * ahead of its log, and the log goes on from where the store is.
 */
function bridge(
  fileSystem: FileSystem,
  file: OpenFile,
  place: RecordPlace,
  applied: LogPosition,
): RecordPlace {
  const record = PendingRecord.snapshot((bytes) => fileSystem.allocate(bytes), applied);
  const { bytes, checksum } = record.seal(place);
  file.write(bytes, place.offset);
  file.sync();
  return {
    segment: place.segment,
    offset: place.offset + bytes.length,
    previous: checksum,
    number: place.number + 1,
  };
}

function missing(directory: string): StorageError {
  return new StorageError({
    code: 'wal-mismatch',
    path: directory,
    found: 'no log',
    expected: 'the log of this member, which has run before',
    remedy: 'Check --wal-dir: it must name the directory that the member was started with.',
  });
}
