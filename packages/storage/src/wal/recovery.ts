/**
 * Reading a whole log back: every segment, every record, in the order written. Opening, verifying and tools
 * all go through here, so that none of them accepts what another would refuse.
 *
 * What counts as a torn tail: only the record that was being written when the power went can be incomplete,
 * because a record is written only once the one before it is durable. So damage is repairable when it lies in
 * the last segment and no whole later record follows it; everything else is refused. A damaged record is
 * never skipped: what follows it cannot be trusted to follow what precedes it.
 */
import { StorageError } from '../errors.ts';
import type { FileSystem } from '../file-system.ts';
import {
  formatVersion,
  readSegmentPayload,
  type SegmentPayload,
  type WalIdentity,
} from './payload.ts';
import { headerBytes, hexadecimal, recordTypes, type RecordPlace } from './record.ts';
import { parseSegmentName, SegmentReader, type SegmentName } from './segment.ts';

export interface WalVisitor {
  /** Called at the start of each segment. */
  segment(payload: SegmentPayload, name: SegmentName): void;
  /** `record` holds header and payload, and is valid during the call. */
  record(type: number, record: Uint8Array, place: RecordPlace, path: string): void;
}

/** Where a log ends. */
export interface WalEnd {
  readonly segments: readonly SegmentName[];
  /** Where the next record goes. */
  readonly place: RecordPlace;
  /** Bytes from `place.offset` on that a torn write left behind; zero them before anything is written. */
  readonly garbageBytes: number;
  /** Length of the last segment. */
  readonly segmentBytes: number;
}

interface SegmentEnd {
  readonly path: string;
  readonly place: RecordPlace;
}

const restoreRemedy =
  'Restore this member from a snapshot, or remove its data and let it join its cluster again.';

/** The segments of a log in order; `undefined` when the directory holds none. */
export function listSegments(
  fileSystem: FileSystem,
  directory: string,
): readonly SegmentName[] | undefined {
  const segments = fileSystem
    .list(directory)
    .map(parseSegmentName)
    .filter((name) => name !== undefined)
    .sort((a, b) => a.sequence - b.sequence);
  for (const [i, segment] of segments.entries()) {
    const before = segments[i - 1];
    if (before === undefined || segment.sequence === before.sequence + 1) continue;
    throw new StorageError({
      code: 'wal-corrupt',
      path: `${directory}/${segment.name}`,
      found: `segment ${segment.sequence} right after segment ${before.sequence}`,
      expected: 'segments without gaps or duplicates',
      remedy: `A file of the log is missing or was added by hand. ${restoreRemedy}`,
    });
  }
  return segments.length === 0 ? undefined : segments;
}

/** Whose log this is, by the header of its oldest segment. Throws when that is no header of ours. */
export function readWalIdentity(
  fileSystem: FileSystem,
  directory: string,
  segments: readonly SegmentName[],
): WalIdentity {
  const [first] = segments;
  if (first === undefined) throw new RangeError('a log has at least one segment');
  const path = `${directory}/${first.name}`;
  const file = fileSystem.open(path, 'read');
  let identity: WalIdentity | undefined;
  const visitor: WalVisitor = {
    segment: (payload) => {
      identity = payload.identity;
    },
    record: () => {},
  };
  try {
    readSegmentHeader(new SegmentReader(file), path, first, undefined, visitor);
  } finally {
    file.close();
  }
  return identity as WalIdentity;
}

/** Reads all records, without changing anything on disk. Throws on damage that no torn write explains. */
export function readWal(
  fileSystem: FileSystem,
  directory: string,
  segments: readonly SegmentName[],
  visitor: WalVisitor,
): WalEnd {
  let end: WalEnd | undefined;
  let previous: SegmentEnd | undefined;
  for (const [i, segment] of segments.entries()) {
    const path = `${directory}/${segment.name}`;
    const file = fileSystem.open(path, 'read');
    try {
      const reader = new SegmentReader(file);
      const isLast = i === segments.length - 1;
      const place = readSegment(reader, path, segment, previous, isLast, visitor);
      const tail = isLast ? inspectTail(reader, place, path) : place.offset;
      end = { segments, place, garbageBytes: tail - place.offset, segmentBytes: reader.size };
      previous = { path, place };
    } finally {
      file.close();
    }
  }
  if (end === undefined) throw new RangeError('a log has at least one segment');
  return end;
}

/** Reads one segment up to where its records end, and returns the place after them. */
function readSegment(
  reader: SegmentReader,
  path: string,
  segment: SegmentName,
  previous: SegmentEnd | undefined,
  isLast: boolean,
  visitor: WalVisitor,
): RecordPlace {
  let place = readSegmentHeader(reader, path, segment, previous, visitor);
  for (;;) {
    const read = reader.read(place);
    if (read.kind === 'record') {
      visitor.record(read.header.type, read.bytes, place, path);
      place = read.next;
      continue;
    }
    if (read.kind === 'damaged' && !isLast) {
      throw corrupt(path, place, read.found, read.expected, 'A newer segment exists');
    }
    return place;
  }
}

/** The header is durable before the file gets its name, so here every fault is damage. */
function readSegmentHeader(
  reader: SegmentReader,
  path: string,
  segment: SegmentName,
  previous: SegmentEnd | undefined,
  visitor: WalVisitor,
): RecordPlace {
  const first = reader.peek(0);
  if (previous !== undefined && first !== undefined && first.number > previous.place.number) {
    throw corrupt(
      previous.path,
      previous.place,
      `the end of the segment after record ${previous.place.number - 1}`,
      `records up to ${first.number - 1}, which the next segment continues`,
      'A newer segment exists',
    );
  }
  const place: RecordPlace = {
    segment: segment.sequence,
    offset: 0,
    previous: previous?.place.previous ?? first?.previous ?? 0,
    number: previous?.place.number ?? first?.number ?? 0,
  };
  const read = reader.read(place);
  if (read.kind !== 'record' || read.header.type !== recordTypes.segment) {
    const found = read.kind === 'damaged' ? read.found : 'no segment header';
    const expected = read.kind === 'damaged' ? read.expected : 'a segment header';
    throw corrupt(path, place, found, expected, 'A header is durable before its file is named');
  }
  const view = new DataView(read.bytes.buffer, read.bytes.byteOffset, read.bytes.byteLength);
  const payload = readSegmentPayload(view, headerBytes);
  if (payload === undefined) {
    throw corrupt(path, place, 'another kind of file', 'a segment header', 'The checksum matches');
  }
  if (payload.formatVersion < 1 || payload.formatVersion > formatVersion) {
    throw new StorageError({
      code: 'format-unknown',
      path,
      offset: 0,
      found: `log format version ${payload.formatVersion}`,
      expected: `at most version ${formatVersion}`,
      remedy: 'Start the release of Concord that wrote this log, or a newer one.',
    });
  }
  if (reader.size < payload.segmentBytes) {
    throw corrupt(
      path,
      { ...place, offset: reader.size },
      'the end of the file',
      `${payload.segmentBytes} bytes, which its header says that it has`,
      'A segment never becomes shorter, so it was cut, or copied in part',
    );
  }
  visitor.segment(payload, segment);
  return read.next;
}

/** Returns the end of what a torn write left behind; throws when the damage is not at the end. */
function inspectTail(reader: SegmentReader, place: RecordPlace, path: string): number {
  const { laterRecord, garbageEnd } = reader.inspectTail(place);
  if (laterRecord === undefined) return garbageEnd;
  const read = reader.read(place);
  throw corrupt(
    path,
    place,
    read.kind === 'damaged' ? read.found : 'zeros',
    read.kind === 'damaged'
      ? read.expected
      : `record ${place.number} after checksum ${hexadecimal(place.previous)}`,
    `The record at offset ${laterRecord} was written later, so this one was acknowledged`,
  );
}

function corrupt(
  path: string,
  place: RecordPlace,
  found: string,
  expected: string,
  evidence: string,
): StorageError {
  return new StorageError({
    code: 'wal-corrupt',
    path,
    offset: place.offset,
    found,
    expected,
    remedy: `${evidence}: this is damage on disk and no interrupted write. ${restoreRemedy}`,
  });
}
