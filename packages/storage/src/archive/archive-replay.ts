/** What came behind a snapshot, from the archive of a member's log: up to a revision, up to a time, or all of it. */
import { LogReplay, readApplied, type EtcdImportReport, type ReplayEnd } from '@concord/kv';
import type { Entry, LogPosition } from '@concord/raft';
import { StorageError } from '../errors.ts';
import type { LmdbStore } from '../lmdb/lmdb-store.ts';
import { ArchiveReader, type ArchiveEnd } from './archive-reader.ts';
import type { Mark } from './mark.ts';

export type ReplayTarget =
  /** The last state of a revision: the entry that made the next one, and no later, is left out. */
  | { readonly kind: 'revision'; readonly revision: number }
  /** The state of the newest mark that is not after a time, in milliseconds since 1970. */
  | { readonly kind: 'time'; readonly timeMs: number }
  /** All that is there. */
  | { readonly kind: 'end' };

export interface ArchiveReplay {
  /** `--archive`. */
  readonly path: string;
  readonly target: ReplayTarget;
}

export interface ReplayReport {
  /** The archive that it came from. */
  readonly directory: string;
  /** The last entry, by the numbers of the log that was archived. */
  readonly applied: LogPosition;
  /** Where the archive ended before the target; `undefined` where there is more in it. */
  readonly archiveEnd: ArchiveEnd | undefined;
}

/** The store holds what was imported. Throws `StorageError` where the archive does not lead to the target. */
export async function replayArchive(
  store: LmdbStore,
  { path, target }: ArchiveReplay,
  end: ReplayEnd,
): Promise<EtcdImportReport & { readonly replay: ReplayReport }> {
  const archive = ArchiveReader.open(path);
  const revisionMax = target.kind === 'revision' ? target.revision : Infinity;
  const mark = target.kind === 'time' ? markOf(archive, target.timeMs) : undefined;
  const replay = new LogReplay(store, revisionMax);
  assertNotPast(archive, replay, target, mark);
  const archiveEnd = await replayUpTo(archive, replay, store, mark);
  if (archiveEnd !== undefined) assertReached(archive, replay, target, archiveEnd);
  const { applied } = replay;
  const report = await new Promise<EtcdImportReport>((stored) => replay.finish(end, stored));
  return { ...report, replay: { directory: archive.directory, applied, archiveEnd } };
}

/** Answers why it ends, where the archive did before anything else. */
async function replayUpTo(
  archive: ArchiveReader,
  replay: LogReplay,
  store: LmdbStore,
  target: Mark | undefined,
): Promise<ArchiveEnd | undefined> {
  if (target !== undefined && replay.applied.index >= target.index) return undefined;
  const checked = new MarkCheck(archive);
  const entries = archive.entries(readApplied(store).position);
  try {
    for (;;) {
      const { done, value } = entries.next();
      if (done === true) return value;
      if (!replay.apply(value)) return undefined;
      checked.applied(value, replay.revision);
      if (replay.isFull) await new Promise<void>((stored) => replay.store(stored));
      if (value.index === target?.index) return undefined;
    }
  } finally {
    entries.return({ isWhole: true, reason: '' });
  }
}

/** Compares what marks say with what comes out: a snapshot of another cluster, and a defect, show there. */
class MarkCheck {
  readonly #archive: ArchiveReader;
  readonly #marks: Generator<Mark, void>;
  #next: Mark | undefined;

  constructor(archive: ArchiveReader) {
    this.#archive = archive;
    this.#marks = archive.marks();
    this.#advance();
  }

  applied({ index, term }: Entry, revision: number): void {
    while (this.#next !== undefined && this.#next.index < index) this.#advance();
    const mark = this.#next;
    if (mark?.index !== index) return;
    if (mark.revision === revision && mark.term === term) return;
    throw new StorageError({
      code: 'wal-mismatch',
      path: this.#archive.directory,
      found: `entry ${index} of term ${term}, which makes revision ${revision}`,
      expected: `term ${mark.term} and revision ${mark.revision}, as on ${timeOf(mark)}`,
      remedy: 'The snapshot is of another cluster than the archive: use one that its members gave.',
    });
  }

  #advance(): void {
    this.#next = this.#marks.next().value ?? undefined;
  }
}

/** Nothing is known of the time behind the last mark, and of that before the first. */
function markOf(archive: ArchiveReader, timeMs: number): Mark {
  const last = archive.lastMark;
  if (last === undefined || last.timeMs < timeMs) {
    throw unreached(
      archive,
      last === undefined ? 'no mark of a time' : `a last mark of ${timeOf(last)}`,
      `one of ${new Date(timeMs).toISOString()} or later`,
      'Give an earlier --to-time, or none for all that is archived.',
    );
  }
  const mark = archive.markAt(timeMs);
  if (mark !== undefined) return mark;
  throw unreached(
    archive,
    'later marks alone',
    `one of ${new Date(timeMs).toISOString()} or earlier`,
    'Give a later --to-time: the log was not archived then.',
  );
}

function assertNotPast(
  archive: ArchiveReader,
  { applied, revision }: LogReplay,
  target: ReplayTarget,
  mark: Mark | undefined,
): void {
  const isPast =
    (target.kind === 'revision' && revision > target.revision) ||
    (mark !== undefined && applied.index > mark.index);
  if (!isPast) return;
  throw unreached(
    archive,
    `a snapshot of revision ${revision} and entry ${applied.index}`,
    mark === undefined
      ? `one of revision ${target.kind === 'revision' ? target.revision : 0} or earlier`
      : `one of entry ${mark.index} (${timeOf(mark)}) or earlier`,
    'What came before a snapshot is not in it: use one that was taken earlier.',
  );
}

function assertReached(
  archive: ArchiveReader,
  { applied, revision }: LogReplay,
  target: ReplayTarget,
  { isWhole, reason }: ArchiveEnd,
): void {
  if (
    target.kind === 'end' ? isWhole : target.kind === 'revision' && revision === target.revision
  ) {
    return;
  }
  throw unreached(
    archive,
    `revision ${revision} and entry ${applied.index} behind the snapshot, and no more: ${reason}`,
    target.kind === 'revision' ? `revision ${target.revision}` : 'what comes behind it',
    `Give --to-revision ${revision} for what can be had, or use another archive, or a later snapshot.`,
  );
}

const timeOf = ({ timeMs }: Mark): string => new Date(timeMs).toISOString();

const unreached = (
  archive: ArchiveReader,
  found: string,
  expected: string,
  remedy: string,
): StorageError =>
  new StorageError({ code: 'wal-mismatch', path: archive.directory, found, expected, remedy });
