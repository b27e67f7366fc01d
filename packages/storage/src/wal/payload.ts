/**
 * What the records of the write-ahead log say: the payloads behind the framing of `record.ts`. All numbers
 * are little-endian; terms and indexes are unsigned 64-bit, within JavaScript's safe integers.
 *
 *     segment   0 magic "CONCWAL\0"   8 u32 format version  12 u32 flags (1: begins the log anew)
 *              16 u64 cluster id
 *              24 u64 member id      32 u64 first index     40 hard state    64 snapshot position
 *              80 u64 bytes of the file
 *     batch     0 u32 flags (1: hard state present)          4 u32 entries    8 hard state   32 entries …
 *     snapshot  0 u64 term            8 u64 index
 *     seal      (empty)
 *
 *     hard state   0 u64 term   8 u64 voted for   16 u64 commit
 *     position     0 u64 term   8 u64 index
 *     entry        0 u64 term   8 u64 index       16 u32 data length   20 u8 kind   21 3 zeros   24 data
 */
import type { Entry, EntryKind, HardState, LogPosition } from '@concord/raft';
import { readUint53, writeUint53 } from './record.ts';

/** The newest format; raised when an older release could misread what this one writes. */
export const formatVersion = 2;
/** What a segment that continues the log has, which every release reads. */
const plainFormatVersion = 1;

export const segmentPayloadBytes = 88;
/** Without the length of the file, as earlier releases wrote it. */
const segmentPayloadBytesMin = 80;
export const snapshotPayloadBytes = 16;
/** A batch before its first entry. */
export const batchPreambleBytes = 32;
/** An entry before its data. */
export const entryPreambleBytes = 24;

const magic = 'CONCWAL\0';
const hasHardState = 1;
const beginsAnew = 1;
const kinds: readonly EntryKind[] = ['normal', 'membership'];

/** Whose log this is; it never changes. */
export interface WalIdentity {
  readonly clusterId: bigint;
  readonly memberId: bigint;
}

/** What the first record of every segment repeats, so that older segments can go. */
export interface SegmentPayload {
  readonly formatVersion: number;
  readonly identity: WalIdentity;
  /**
   * Whether the log begins anew here, behind `snapshot`: everything in the segments before is void, entries with
   * higher indexes too.
   */
  readonly isReset: boolean;
  /** The index that the next entry had when the segment was begun. */
  readonly firstIndex: number;
  readonly hardState: HardState;
  readonly snapshot: LogPosition;
  /**
   * Length of the file before it got its name; a single record that is larger than all of it makes it longer, and
   * nothing makes it shorter. 0 where it was not written.
   */
  readonly segmentBytes: number;
}

export interface BatchPayload {
  readonly hardState: HardState | undefined;
  readonly entries: readonly Entry[];
}

export function writeSegmentPayload(
  view: DataView,
  at: number,
  payload: Omit<SegmentPayload, 'formatVersion'>,
): void {
  for (let i = 0; i < magic.length; i++) view.setUint8(at + i, magic.charCodeAt(i));
  view.setUint32(at + 8, payload.isReset ? formatVersion : plainFormatVersion, true);
  view.setUint32(at + 12, payload.isReset ? beginsAnew : 0, true);
  view.setBigUint64(at + 16, payload.identity.clusterId, true);
  view.setBigUint64(at + 24, payload.identity.memberId, true);
  writeUint53(view, at + 32, payload.firstIndex);
  writeHardState(view, at + 40, payload.hardState);
  writePosition(view, at + 64, payload.snapshot);
  writeUint53(view, at + segmentPayloadBytesMin, payload.segmentBytes);
}

/** `undefined` when the bytes are no segment header of any version. */
export function readSegmentPayload(view: DataView, at: number): SegmentPayload | undefined {
  if (view.byteLength - at < segmentPayloadBytesMin) return undefined;
  const hasLength = view.byteLength - at >= segmentPayloadBytes;
  for (let i = 0; i < magic.length; i++) {
    if (view.getUint8(at + i) !== magic.charCodeAt(i)) return undefined;
  }
  return {
    formatVersion: view.getUint32(at + 8, true),
    identity: {
      clusterId: view.getBigUint64(at + 16, true),
      memberId: view.getBigUint64(at + 24, true),
    },
    isReset: view.getUint32(at + 12, true) === beginsAnew,
    firstIndex: readUint53(view, at + 32),
    hardState: readHardState(view, at + 40),
    snapshot: readPosition(view, at + 64),
    segmentBytes: hasLength ? readUint53(view, at + segmentPayloadBytesMin) : 0,
  };
}

export function writeBatchPreamble(
  view: DataView,
  at: number,
  hardState: HardState | undefined,
  entryCount: number,
): void {
  view.setUint32(at, hardState === undefined ? 0 : hasHardState, true);
  view.setUint32(at + 4, entryCount, true);
  writeHardState(view, at + 8, hardState ?? { term: 0, votedFor: 0n, commit: 0 });
}

/** Writes everything of an entry but its data, and returns where the data goes. */
export function writeEntryPreamble(view: DataView, at: number, entry: Entry): number {
  writeUint53(view, at, entry.term);
  writeUint53(view, at + 8, entry.index);
  view.setUint32(at + 16, entry.data.length, true);
  view.setUint32(at + 20, kinds.indexOf(entry.kind), true);
  return at + entryPreambleBytes;
}

/** `undefined` when the counts and lengths inside do not add up. The data are views of `record`. */
export function readBatchPayload(record: Uint8Array, at: number): BatchPayload | undefined {
  if (record.length - at < batchPreambleBytes) return undefined;
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  const count = view.getUint32(at + 4, true);
  const hardState =
    view.getUint32(at, true) === hasHardState ? readHardState(view, at + 8) : undefined;
  const entries: Entry[] = [];
  let position = at + batchPreambleBytes;
  for (let i = 0; i < count; i++) {
    if (record.length - position < entryPreambleBytes) return undefined;
    const length = view.getUint32(position + 16, true);
    const kind = kinds[view.getUint32(position + 20, true)];
    const dataStart = position + entryPreambleBytes;
    if (kind === undefined || record.length - dataStart < length) return undefined;
    entries.push({
      term: readUint53(view, position),
      index: readUint53(view, position + 8),
      kind,
      data: record.subarray(dataStart, dataStart + length),
    });
    position = dataStart + length;
  }
  return position === record.length ? { hardState, entries } : undefined;
}

export function writePosition(view: DataView, at: number, position: LogPosition): void {
  writeUint53(view, at, position.term);
  writeUint53(view, at + 8, position.index);
}

export function readPosition(view: DataView, at: number): LogPosition {
  return { term: readUint53(view, at), index: readUint53(view, at + 8) };
}

function writeHardState(view: DataView, at: number, hardState: HardState): void {
  writeUint53(view, at, hardState.term);
  view.setBigUint64(at + 8, hardState.votedFor, true);
  writeUint53(view, at + 16, hardState.commit);
}

function readHardState(view: DataView, at: number): HardState {
  return {
    term: readUint53(view, at),
    votedFor: view.getBigUint64(at + 8, true),
    commit: readUint53(view, at + 16),
  };
}
