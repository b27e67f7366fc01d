/**
 * What can be had from the archive of a member's log: which entries it holds, when they were written and which revisions
 * they led to, and what is missing or damaged between them. Everything is read, and nothing is changed: a member may go on
 * writing to it meanwhile.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { StorageError } from '../errors.ts';
import type { WalIdentity } from '../wal/payload.ts';
import type { LoggedRecord, WalkEnd } from '../wal/record-walk.ts';
import type { SegmentName } from '../wal/segment.ts';
import { marksName } from './archive-files.ts';
import { ArchiveReader, walkEndText } from './archive-reader.ts';
import { CommittedEntries } from './committed-entries.ts';
import type { Mark } from './mark.ts';

/**
 * Committed entries without a gap: a snapshot of any of them, or of the one before, can be led up to the last. There are
 * none where `lastIndex` is `firstIndex - 1`.
 */
export interface ArchivedStretch {
  readonly firstIndex: number;
  readonly lastIndex: number;
  /** The first and the last of the marks that speak of them; times and revisions between marks are not known. */
  readonly firstMark: Mark | undefined;
  readonly lastMark: Mark | undefined;
}

export interface ArchiveStatus {
  /** Of one member. */
  readonly directory: string;
  /** Whose log it is; `undefined` where no segment has a header that can be read. */
  readonly identity: WalIdentity | undefined;
  readonly segmentCount: number;
  /** What the segments and their marks take of the disk. */
  readonly bytes: number;
  /** In the order of their entries; one where nothing is missing. */
  readonly stretches: readonly ArchivedStretch[];
  /** What is missing or damaged, a sentence each without its full stop; none where the archive is sound. */
  readonly faults: readonly string[];
}

export function archiveStatus(archive: ArchiveReader): ArchiveStatus {
  const { directory } = archive;
  const survey = new Survey(archive);
  const { segments } = survey;
  try {
    survey.run();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    survey.faults.push(error.message.replace(/\.$/, ''));
  }
  const names = segments.flatMap((segment) => [segment.name, marksName(segment)]);
  return {
    directory,
    identity: survey.identity,
    segmentCount: segments.length,
    bytes: names.reduce((sum, name) => sum + allocatedBytes(join(directory, name)), 0),
    stretches: withMarks(survey.stretches.filter(isShown), archive),
    faults: survey.faults,
  };
}

/** What a file takes of the disk, which is less than its length where nothing was ever written; 0 where there is none. */
export function allocatedBytes(path: string): number {
  const blockBytes = 512;
  return (statSync(path, { throwIfNoEntry: false })?.blocks ?? 0) * blockBytes;
}

type Stretch = { firstIndex: number; lastIndex: number };

class Survey {
  identity: WalIdentity | undefined;
  readonly stretches: Stretch[] = [];
  readonly faults: string[] = [];
  readonly #archive: ArchiveReader;
  readonly #marksFiles: ArchiveReader['marksFiles'];
  readonly #lastMark: Mark | undefined;
  /** Of all marks but the newest: a member may have applied for a moment what its own log did not hold yet. */
  readonly #settledIndex: number;
  #stretch: Stretch | undefined;
  #entries: CommittedEntries | undefined;

  constructor(archive: ArchiveReader) {
    this.#marksFiles = archive.marksFiles;
    let [last, settledIndex]: [Mark | undefined, number] = [undefined, 0];
    for (const mark of archive.marks()) {
      settledIndex = Math.max(settledIndex, last?.index ?? 0);
      last = mark;
    }
    this.#lastMark = last;
    this.#settledIndex = settledIndex;
    // Segments come before their marks: looked for behind them, those of a member that runs are all there.
    this.#archive = ArchiveReader.open(archive.directory);
  }

  get segments(): readonly SegmentName[] {
    return this.#archive.segments;
  }

  run(): void {
    let before: SegmentName | undefined;
    for (const run of consecutive(this.segments)) {
      if (before !== undefined) this.faults.push(missingText(before, run[0]));
      this.#walkRun(run);
      before = run.at(-1);
    }
    this.#lookForEnd(before?.sequence ?? 0);
  }

  /** Marks are written behind what they speak of, so they tell of an end that was lost. */
  #lookForEnd(lastSequence: number): void {
    const behind = this.#marksFiles.find(({ sequence }) => sequence > lastSequence);
    if (behind !== undefined) this.faults.push(`segment ${behind.sequence} is missing`);
    const lastIndex = this.stretches.at(-1)?.lastIndex ?? 0;
    if (behind !== undefined || this.#settledIndex <= lastIndex) return;
    this.faults.push(
      `it ends with entry ${lastIndex}, and its marks speak of entries up to ${this.#settledIndex}`,
    );
  }

  /** Damage ends what can be read of a segment, and the next one is a new beginning. */
  #walkRun(segments: readonly SegmentName[]): void {
    for (let rest = segments; rest.length > 0;) {
      const end = this.#walk(rest);
      if (end.kind !== 'broken') return;
      this.faults.push(walkEndText(end));
      const at = rest.findIndex(({ name }) => end.path.endsWith(name));
      rest = rest.slice(Math.max(0, at) + 1);
    }
  }

  #walk(segments: readonly SegmentName[]): WalkEnd {
    const records = this.#archive.records(segments);
    for (;;) {
      const { done, value } = records.next();
      if (done === true) {
        this.#take(this.#entries?.known(this.#lastMark) ?? []);
        this.#end();
        return value;
      }
      this.#add(value);
    }
  }

  #add(record: LoggedRecord): void {
    const { content } = record;
    if (content.kind === 'segment') {
      this.identity ??= content.payload.identity;
      if (this.#entries === undefined) this.#begin(content.payload.firstIndex);
    }
    const gap = this.#entries?.add(record);
    this.#take(this.#entries?.take() ?? []);
    if (gap === undefined) return;
    // A member that joined late was sent what came before: its log has no gap, it begins there.
    const isBeginning = this.stretches.length === 0 && !hasEntries(this.#stretch);
    if (!isBeginning) this.faults.push(gap.reason);
    if (hasEntries(this.#stretch)) this.#end();
    this.#begin(gap.last + 1);
    this.#add(record);
  }

  #begin(firstIndex: number): void {
    this.#entries = new CommittedEntries(this.#archive.directory, {
      index: firstIndex - 1,
      term: undefined,
    });
    this.#stretch = { firstIndex, lastIndex: firstIndex - 1 };
  }

  #take(entries: Iterable<{ readonly index: number }>): void {
    for (const { index } of entries)
      if (this.#stretch !== undefined) this.#stretch.lastIndex = index;
  }

  #end(): void {
    if (this.#stretch !== undefined) this.stretches.push(this.#stretch);
    this.#stretch = undefined;
    this.#entries = undefined;
  }
}

/** What goes on behind damage, or has just begun, without an entry yet. */
const isShown = (stretch: Stretch, i: number, all: readonly Stretch[]): boolean =>
  hasEntries(stretch) || i === all.length - 1;

const hasEntries = (stretch: Stretch | undefined): boolean =>
  stretch !== undefined && stretch.lastIndex >= stretch.firstIndex;

/** Segments that follow each other by their numbers. */
function consecutive(segments: readonly SegmentName[]): SegmentName[][] {
  const runs: SegmentName[][] = [];
  for (const segment of segments) {
    const run = runs.at(-1);
    if (run?.at(-1)?.sequence === segment.sequence - 1) run.push(segment);
    else runs.push([segment]);
  }
  return runs;
}

function missingText(before: SegmentName, behind: SegmentName | undefined): string {
  const [first, last] = [before.sequence + 1, (behind?.sequence ?? 0) - 1];
  return first === last
    ? `segment ${first} is missing`
    : `segments ${first} to ${last} are missing`;
}

function withMarks(stretches: readonly Stretch[], archive: ArchiveReader): ArchivedStretch[] {
  const marked = stretches.map((stretch) => ({
    ...stretch,
    firstMark: undefined as Mark | undefined,
    lastMark: undefined as Mark | undefined,
  }));
  for (const mark of archive.marks()) {
    const { index } = mark;
    const of = marked.find(
      ({ firstIndex, lastIndex }) => index >= firstIndex - 1 && index <= lastIndex,
    );
    if (of === undefined) continue;
    of.firstMark ??= mark;
    of.lastMark = mark;
  }
  return marked;
}
