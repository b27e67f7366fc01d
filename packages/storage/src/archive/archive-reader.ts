/** An archive that is read: its marks, and the committed entries from a position on. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Entry, LogPosition } from '@concord/raft';
import { StorageError } from '../errors.ts';
import { NodeFileSystem } from '../node-file-system.ts';
import { findSegments, walkRecords, type LoggedRecord, type WalkEnd } from '../wal/record-walk.ts';
import type { SegmentName } from '../wal/segment.ts';
import { isArchiveName, segmentOfMarks } from './archive-files.ts';
import { CommittedEntries } from './committed-entries.ts';
import { readMarks, type Mark } from './mark.ts';

/** Why an archive has no more entries, in words for whoever wanted more. */
export interface ArchiveEnd {
  /** Nothing is missing before the end; what an interrupted copy has left behind it does not count. */
  readonly isWhole: boolean;
  readonly reason: string;
}

export class ArchiveReader {
  /** Of one member. */
  readonly directory: string;
  /** In order, as they were when it was opened; at least one. There may be gaps between them. */
  readonly segments: readonly SegmentName[];
  readonly #fileSystem = new NodeFileSystem();

  private constructor(directory: string, segments: readonly SegmentName[]) {
    this.directory = directory;
    this.segments = segments;
  }

  /**
   * Opens the archive of a member, or an `--archive-dir` that holds one alone. Throws `directory-inaccessible` where
   * there is none, or more than one.
   */
  static open(path: string): ArchiveReader {
    const all = ArchiveReader.openAll(path);
    const [only] = all;
    if (only !== undefined && all.length === 1) return only;
    const names = all.map(({ directory }) => basename(directory)).join(', ');
    throw noArchive(path, `the archives of ${all.length} members (${names})`);
  }

  /** Opens the archive of a member, or all below an `--archive-dir`. Throws `directory-inaccessible` where there is none. */
  static openAll(path: string): readonly ArchiveReader[] {
    const fileSystem = new NodeFileSystem();
    const own = findSegments(fileSystem, path);
    if (own.length > 0) return [new ArchiveReader(path, own)];
    const below = (existsSync(path) ? readdirSync(path) : [])
      .filter(isArchiveName)
      .sort()
      .map((name) => join(path, name))
      .map((directory) => new ArchiveReader(directory, findSegments(fileSystem, directory)))
      .filter(({ segments }) => segments.length > 0);
    if (below.length === 0) throw noArchive(path, 'no segments of a log');
    return below;
  }

  /** In the order in which they were written. */
  *marks(): Generator<Mark, void> {
    for (const { name } of this.marksFiles) yield* readMarks(join(this.directory, name));
  }

  /** The files that hold marks, in order, each with the number of the segment that was the newest then. */
  get marksFiles(): readonly { readonly name: string; readonly sequence: number }[] {
    return readdirSync(this.directory)
      .sort()
      .flatMap((name) => {
        const segment = segmentOfMarks(name);
        return segment === undefined ? [] : [{ name, sequence: segment.sequence }];
      });
  }

  /** The newest mark that is not after a time; `undefined` where all are. */
  markAt(timeMs: number): Mark | undefined {
    let found: Mark | undefined;
    for (const mark of this.marks()) if (mark.timeMs <= timeMs) found = mark;
    return found;
  }

  get lastMark(): Mark | undefined {
    return this.markAt(Infinity);
  }

  /**
   * The entries behind `base` that are known to be committed, in order. Throws `StorageError` where the archive cannot
   * go on from there: it begins later, or belongs to another cluster.
   */
  *entries(base: LogPosition): Generator<Entry, ArchiveEnd> {
    const committed = new CommittedEntries(this.directory, base);
    const records = this.records(this.segmentsFrom(base));
    for (;;) {
      const { done, value } = records.next();
      if (done === true) {
        yield* committed.known(this.lastMark);
        return { isWhole: value.kind !== 'broken', reason: walkEndText(value) };
      }
      const gap = committed.add(value);
      yield* committed.take();
      if (gap !== undefined) return { isWhole: false, reason: gap.reason };
    }
  }

  /** What is written in segments of this archive, from the first on. */
  records(segments: readonly SegmentName[]): Generator<LoggedRecord, WalkEnd> {
    return walkRecords(this.#fileSystem, this.directory, segments);
  }

  /**
   * From the segment on that holds the entry at `base`, or begins right behind it. Throws `wal-mismatch` where all begin
   * later.
   */
  segmentsFrom(base: LogPosition): readonly SegmentName[] {
    const lastUpTo = (index: number): number =>
      this.segments.findLastIndex(({ firstIndex }) => firstIndex <= index);
    const at = lastUpTo(base.index);
    const from = at >= 0 ? at : lastUpTo(base.index + 1);
    if (from >= 0) return this.segments.slice(from);
    throw new StorageError({
      code: 'wal-mismatch',
      path: this.directory,
      found: `an archive that begins with entry ${this.segments[0]?.firstIndex}`,
      expected: `one that holds entry ${base.index + 1}, the first that the snapshot has not`,
      remedy: 'Use a snapshot that was taken later, when the log was archived already.',
    });
  }
}

export function walkEndText(end: WalkEnd): string {
  const place = `${end.path} at offset ${end.offset}`;
  if (end.kind === 'end') return `it ends with ${place}`;
  return `it is whole up to ${place}: found ${end.found}, expected ${end.expected}`;
}

const noArchive = (path: string, found: string): StorageError =>
  new StorageError({
    code: 'directory-inaccessible',
    path,
    found,
    expected: 'the archive of one member',
    remedy: 'Name the directory of a member below the --archive-dir that it was started with.',
  });
