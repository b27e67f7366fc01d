/** An archive that is read: its marks, and the committed entries from a position on. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry, LogPosition } from '@concord/raft';
import { StorageError } from '../errors.ts';
import { NodeFileSystem } from '../node-file-system.ts';
import { findSegments, walkRecords, type WalkEnd } from '../wal/record-walk.ts';
import type { SegmentName } from '../wal/segment.ts';
import { isArchiveName } from './archive-files.ts';
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
  readonly #fileSystem = new NodeFileSystem();
  readonly #segments: readonly SegmentName[];

  private constructor(directory: string, segments: readonly SegmentName[]) {
    this.directory = directory;
    this.#segments = segments;
  }

  /**
   * Opens the archive of a member, or an `--archive-dir` that holds one alone. Throws `directory-inaccessible` where
   * there is none, or more than one.
   */
  static open(path: string): ArchiveReader {
    const fileSystem = new NodeFileSystem();
    const own = findSegments(fileSystem, path);
    if (own.length > 0) return new ArchiveReader(path, own);
    const below = (existsSync(path) ? readdirSync(path) : [])
      .filter(isArchiveName)
      .map((name) => ({ name, segments: findSegments(fileSystem, join(path, name)) }))
      .filter(({ segments }) => segments.length > 0);
    const [only, another] = below;
    if (only === undefined) throw noArchive(path, 'no segments of a log');
    if (another !== undefined) {
      const names = below.map(({ name }) => name).join(', ');
      throw noArchive(path, `the archives of ${below.length} members (${names})`);
    }
    return new ArchiveReader(join(path, only.name), only.segments);
  }

  /** In the order in which they were written. */
  *marks(): Generator<Mark, void> {
    const names = readdirSync(this.directory).filter((name) => name.endsWith('.marks'));
    for (const name of names.sort()) yield* readMarks(join(this.directory, name));
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
    const records = walkRecords(this.#fileSystem, this.directory, this.#segmentsFrom(base));
    for (;;) {
      const { done, value } = records.next();
      if (done === true) {
        yield* committed.known(this.lastMark);
        return { isWhole: value.kind !== 'broken', reason: endText(value) };
      }
      const gap = committed.add(value);
      yield* committed.take();
      if (gap !== undefined) return { isWhole: false, reason: gap };
    }
  }

  /** From the segment on that holds the entry at `base`, or begins right behind it. */
  #segmentsFrom(base: LogPosition): SegmentName[] {
    const lastUpTo = (index: number): number =>
      this.#segments.findLastIndex(({ firstIndex }) => firstIndex <= index);
    const at = lastUpTo(base.index);
    const from = at >= 0 ? at : lastUpTo(base.index + 1);
    if (from >= 0) return this.#segments.slice(from);
    throw new StorageError({
      code: 'wal-mismatch',
      path: this.directory,
      found: `an archive that begins with entry ${this.#segments[0]?.firstIndex}`,
      expected: `one that holds entry ${base.index + 1}, the first that the snapshot has not`,
      remedy: 'Use a snapshot that was taken later, when the log was archived already.',
    });
  }
}

function endText(end: WalkEnd): string {
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
