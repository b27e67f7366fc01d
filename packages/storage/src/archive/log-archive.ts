/**
 * Copies a member's log somewhere else while it runs, so that the state of any revision, or of about any second, can be
 * made again from an earlier snapshot. Everything here is asynchronous and off the way of a write: the log is read from
 * its files, a second after it was written, and segments stay until they have been copied.
 *
 * Invariant: a mark is written when the log up to it has been copied, as far as this member's disk had it.
 * Invariant: records are added only to an archive whose own records are those of this log.
 */
import { existsSync } from 'node:fs';
import { mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StorageError } from '../errors.ts';
import type { WalIdentity } from '../wal/payload.ts';
import { parseSegmentName, type SegmentName } from '../wal/segment.ts';
import type { Wal } from '../wal/wal.ts';
import { archiveName, marksName } from './archive-files.ts';
import { continuationOf, type Continuation } from './continuation.ts';
import { encodeMark, type Mark } from './mark.ts';
import { copyRange, copyRest } from './segment-archive-copy.ts';

/** How often it is looked for news: what is lost with the member, of an archive on another disk, is of this time. */
const intervalMs = 1000;
/** A mark without news says that nothing has happened, and not that nobody looked. */
const idleMarkMs = 60_000;
/**
 * Segments that wait for an archive which cannot be written to: 1 GiB at most. After that the log goes on without
 * them: a member that stops is worse than a gap, which is noticed.
 */
const waitingSegmentsMax = 16;
/** A file system that does not answer, as one of a server that is gone, does not keep a member from stopping. */
const closeMsMaxByDefault = 10_000;

export interface LogArchiveOptions {
  /** `--archive-dir`; created when missing. May hold the archives of other members. */
  readonly directory: string;
  readonly walDirectory: string;
  readonly identity: WalIdentity;
  readonly wal: Pick<Wal, 'position' | 'keepSegments'>;
  /** What has been applied, and the revision that it made. */
  readonly applied: () => Omit<Mark, 'timeMs'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Something that an operator should know: the archive has a gap, cannot be written to, can be again. */
  readonly warn: (message: string) => void;
  /** How long the last copy may take when the member stops. Default 10 s. */
  readonly closeMsMax?: number;
}

/** How far an archive has come, for a monitor. Counts are since the start. */
export interface ArchiveProgress {
  /** Everything up to its entry is in the archive. */
  readonly lastMark: Mark | undefined;
  /** Segments of the log that are finished, and not in the archive: 0 where it keeps up. */
  readonly waitingSegments: number;
  /** Attempts to copy that came to nothing, one a second while that lasts. */
  readonly failures: number;
  /** How often segments were gone before they had been copied. */
  readonly gaps: number;
}

interface Place {
  readonly segment: number;
  readonly offset: number;
}

export class LogArchive {
  readonly #options: LogArchiveOptions;
  readonly #directory: string;
  /** Everything before it is in the archive, durably. */
  #place: Place;
  #lastMark: Mark | undefined;
  #round: Promise<void> | undefined;
  #ticker: NodeJS.Timeout | undefined;
  #failure: string | undefined;
  #failures = 0;
  #gaps = 0;

  private constructor(
    options: LogArchiveOptions,
    directory: string,
    { gap, ...place }: Continuation,
  ) {
    this.#options = options;
    this.#directory = directory;
    this.#place = place;
    if (gap !== undefined) this.#tellGap(gap);
    options.wal.keepSegments(() => this.#neededFrom());
  }

  /**
   * Goes on where the archive ends, and begins to copy. Throws `StorageError` for the archive of another log, and where
   * the directory cannot be written to.
   */
  static async start(options: LogArchiveOptions): Promise<LogArchive> {
    const directory = join(options.directory, archiveName(options.identity));
    try {
      await mkdir(directory, { recursive: true, mode: 0o700 });
    } catch (cause) {
      throw unusable(directory, cause);
    }
    const continuation = continuationOf(directory, options.walDirectory);
    const archive = new LogArchive(options, directory, continuation);
    try {
      await archive.#advance();
    } catch (cause) {
      throw unusable(directory, cause);
    }
    archive.#ticker = setInterval(() => archive.#tick(), intervalMs);
    archive.#ticker.unref();
    return archive;
  }

  get progress(): ArchiveProgress {
    const waitingSegments = this.#options.wal.position.segment - this.#place.segment;
    return {
      lastMark: this.#lastMark,
      waitingSegments: Math.max(0, waitingSegments),
      failures: this.#failures,
      gaps: this.#gaps,
    };
  }

  /** Copies what there is, and ends. Call before the log is closed. */
  async close(): Promise<void> {
    clearInterval(this.#ticker);
    const { closeMsMax = closeMsMaxByDefault } = this.#options;
    const timeUp = new AbortController();
    const last = Promise.resolve(this.#round).then(() => this.#attempt());
    const late = delay(closeMsMax, 'late', { signal: timeUp.signal }).catch(() => 'ended');
    const isLate = (await Promise.race([last, late])) === 'late';
    timeUp.abort();
    if (!isLate) return;
    this.#options.warn(
      `the archive of the log ${this.#directory} has not answered for ${closeMsMax} ms: the member stops without it; ` +
        'check the disk, and whether it is mounted. The next start goes on where it ended',
    );
  }

  #tick(): void {
    if (this.#round !== undefined) return;
    this.#round = this.#attempt().finally(() => {
      this.#round = undefined;
    });
  }

  async #attempt(): Promise<void> {
    try {
      await this.#advance();
      if (this.#failure !== undefined)
        this.#options.warn('the archive of the log is written again');
      this.#failure = undefined;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#failures += 1;
      if (this.#failure === reason) return;
      this.#failure = reason;
      this.#options.warn(
        `the archive of the log ${this.#directory} cannot be written (${reason}): segments wait for it, ` +
          `at most ${waitingSegmentsMax}; check the disk and its free space`,
      );
    }
  }

  /** A mark is of the moment before the copying: what it speaks of is in what is copied. */
  async #advance(): Promise<void> {
    const { applied, now, wal } = this.#options;
    const mark = { timeMs: now(), ...applied() };
    const end = wal.position;
    const isBehind = this.#place.segment < end.segment || this.#place.offset < end.offset;
    if (isBehind) await this.#copyTo(end);
    await this.#note(mark);
  }

  async #copyTo(end: Place): Promise<void> {
    const names = await segmentsIn(this.#options.walDirectory);
    this.#passGap(names);
    for (const segment of names) {
      if (segment.sequence < this.#place.segment || segment.sequence > end.segment) continue;
      try {
        await this.#copySegment(segment, end);
      } catch (error) {
        // A removal that was ordered before the archive began, or when it had waited too long: looked at anew.
        if (existsSync(join(this.#options.walDirectory, segment.name))) throw error;
        return this.#copyTo(end);
      }
    }
  }

  async #copySegment({ name, sequence }: SegmentName, end: Place): Promise<void> {
    const [source, target] = [join(this.#options.walDirectory, name), join(this.#directory, name)];
    const { offset } = this.#place;
    const isLast = sequence === end.segment;
    if (!isLast) await copyRest(source, target, offset);
    else if (offset < end.offset) await copyRange(source, target, offset, end.offset);
    if (offset === 0) await syncNames(this.#directory);
    this.#place = isLast
      ? { segment: sequence, offset: Math.max(offset, end.offset) }
      : { segment: sequence + 1, offset: 0 };
  }

  /** Segments that could not wait any longer are gone. */
  #passGap(names: readonly SegmentName[]): void {
    const [oldest] = names;
    if (oldest === undefined || oldest.sequence <= this.#place.segment) return;
    this.#tellGap(
      `the archive of the log ${this.#directory} has a gap: segments ${this.#place.segment} to ${oldest.sequence - 1} ` +
        'were removed before they could be copied. Take a new snapshot as a base.',
    );
    this.#place = { segment: oldest.sequence, offset: 0 };
  }

  #tellGap(gap: string): void {
    this.#gaps += 1;
    this.#options.warn(gap);
  }

  async #note(mark: Mark): Promise<void> {
    const last = this.#lastMark;
    const isNews = last === undefined || last.index !== mark.index;
    if (!isNews && mark.timeMs - last.timeMs < idleMarkMs) return;
    const names = await segmentsIn(this.#directory);
    const segment = names.findLast(({ sequence }) => sequence <= this.#place.segment);
    if (segment === undefined) return;
    const path = join(this.#directory, marksName(segment));
    const file = await open(path, 'a', 0o600);
    try {
      const { size } = await file.stat();
      await file.write(encodeMark(mark));
      await file.datasync();
      if (size === 0) await syncNames(this.#directory);
    } finally {
      await file.close();
    }
    this.#lastMark = mark;
  }

  #neededFrom(): number {
    return Math.max(this.#place.segment, this.#options.wal.position.segment - waitingSegmentsMax);
  }
}

async function segmentsIn(directory: string): Promise<SegmentName[]> {
  const names = (await readdir(directory)).map(parseSegmentName);
  return names.filter((name) => name !== undefined).sort((a, b) => a.sequence - b.sequence);
}

async function syncNames(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function unusable(directory: string, cause: unknown): StorageError {
  if (cause instanceof StorageError) return cause;
  return new StorageError({
    code: 'directory-inaccessible',
    path: directory,
    found: `a directory that cannot be used (${cause instanceof Error ? cause.message : String(cause)})`,
    expected: 'one that this user may read and write',
    remedy: 'Check owner, mode and free space, or name another --archive-dir.',
    cause,
  });
}
