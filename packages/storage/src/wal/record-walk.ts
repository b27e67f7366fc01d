/**
 * Reading segments record by record for people and for replays, where a log may end before its files do: a copy that is
 * still growing, one that was cut, one with damage. What is whole is handed out, and the end says why it is one. Opening
 * and verifying a member's own log is stricter: `recovery.ts`.
 *
 * Invariant: a record is handed out only if it is whole and follows the one that was handed out before it.
 */
import type { Entry, HardState, LogPosition } from '@concord/raft';
import type { FileSystem } from '../file-system.ts';
import {
  formatVersion,
  readBatchPayload,
  readPosition,
  readSegmentPayload,
  type SegmentPayload,
} from './payload.ts';
import { headerBytes, recordTypes, type RecordPlace } from './record.ts';
import { parseSegmentName, SegmentReader, type RecordRead, type SegmentName } from './segment.ts';

export type LoggedContent =
  | { readonly kind: 'segment'; readonly payload: SegmentPayload }
  /** The entries' data are valid until the next record. */
  | {
      readonly kind: 'batch';
      readonly hardState: HardState | undefined;
      readonly entries: readonly Entry[];
    }
  | { readonly kind: 'snapshot'; readonly position: LogPosition }
  | { readonly kind: 'seal' };

export interface LoggedRecord {
  readonly path: string;
  readonly segment: SegmentName;
  /** Of the record in its file, in bytes. */
  readonly offset: number;
  /** Of the record in the log, from 1. */
  readonly number: number;
  readonly content: LoggedContent;
}

/** Why nothing more is read. */
export type WalkEnd =
  /** The last segment has no more. */
  | { readonly kind: 'end'; readonly path: string; readonly offset: number }
  /** What comes next is not what belongs there, or is missing. */
  | {
      /** `torn` where nothing whole follows it, as an interrupted write or copy leaves it; `broken` otherwise. */
      readonly kind: 'torn' | 'broken';
      readonly path: string;
      readonly offset: number;
      readonly found: string;
      readonly expected: string;
    };

/** The segments in a directory, in order; there may be gaps between them. */
export function findSegments(fileSystem: FileSystem, directory: string): SegmentName[] {
  return fileSystem
    .list(directory)
    .map(parseSegmentName)
    .filter((name) => name !== undefined)
    .sort((a, b) => a.sequence - b.sequence);
}

/** Reads the given segments, the first of which is believed to be the start. At least one. */
export function* walkRecords(
  fileSystem: FileSystem,
  directory: string,
  segments: readonly SegmentName[],
): Generator<LoggedRecord, WalkEnd> {
  let end: WalkEnd = { kind: 'end', path: directory, offset: 0 };
  let before: RecordPlace | undefined;
  for (const segment of segments) {
    const path = `${directory}/${segment.name}`;
    if (end.kind !== 'end') return { ...end, kind: 'broken' };
    if (before !== undefined && segment.sequence !== before.segment + 1) {
      const expected = `segment ${before.segment + 1}, which is missing`;
      return broken(path, 0, `segment ${segment.sequence}`, expected);
    }
    const file = fileSystem.open(path, 'read');
    try {
      const walked: Walked = yield* walkSegment(new SegmentReader(file), path, segment, before);
      ({ end, place: before } = walked);
    } finally {
      file.close();
    }
  }
  return end;
}

interface Walked {
  readonly end: WalkEnd;
  readonly place: RecordPlace;
}

function* walkSegment(
  reader: SegmentReader,
  path: string,
  segment: SegmentName,
  before: RecordPlace | undefined,
): Generator<LoggedRecord, Walked> {
  const first = reader.peek(0);
  let place: RecordPlace = {
    segment: segment.sequence,
    offset: 0,
    previous: before?.previous ?? first?.previous ?? 0,
    number: before?.number ?? first?.number ?? 0,
  };
  for (;;) {
    const read = reader.read(place);
    if (read.kind !== 'record') return { end: endAt(reader, path, place, read), place };
    const { offset, number } = place;
    const content = contentOf(read.header.type, read.bytes);
    if (content === undefined || (offset === 0) !== (content.kind === 'segment')) {
      const expected = 'what this release knows how to read';
      return { end: broken(path, offset, `a record of type ${read.header.type}`, expected), place };
    }
    yield { path, segment, offset, number, content };
    place = read.next;
  }
}

/** A record is written when the one before it is durable, so one that is followed by another was whole once. */
function endAt(
  reader: SegmentReader,
  path: string,
  place: RecordPlace,
  read: Exclude<RecordRead, { readonly kind: 'record' }>,
): WalkEnd {
  const { offset } = place;
  const isFollowed = reader.inspectTail(place).laterRecord !== undefined;
  if (read.kind === 'end' && offset > 0 && !isFollowed) return { kind: 'end', path, offset };
  const found = read.kind === 'damaged' ? read.found : 'zeros';
  const expected = read.kind === 'damaged' ? read.expected : `record ${place.number}`;
  const kind = isFollowed || (offset === 0 && read.kind === 'damaged') ? 'broken' : 'torn';
  return { kind, path, offset, found, expected };
}

function contentOf(type: number, record: Uint8Array): LoggedContent | undefined {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  switch (type) {
    case recordTypes.segment: {
      const payload = readSegmentPayload(view, headerBytes);
      const isKnown = payload !== undefined && payload.formatVersion <= formatVersion;
      return isKnown ? { kind: 'segment', payload } : undefined;
    }
    case recordTypes.batch: {
      const batch = readBatchPayload(record, headerBytes);
      return batch && { kind: 'batch', ...batch };
    }
    case recordTypes.snapshot:
      return { kind: 'snapshot', position: readPosition(view, headerBytes) };
    default:
      return { kind: 'seal' };
  }
}

const broken = (path: string, offset: number, found: string, expected: string): WalkEnd => ({
  kind: 'broken',
  path,
  offset,
  found,
  expected,
});
