/**
 * What is known of one version of a key without reading its value: the rows of `current` and `tombstones`, and in
 * `revisions` the link of each change to the version before it.
 *
 * Row: a byte of flags, then main revision, sub-revision, create revision, version and depth as base-128 varints,
 * then, where the flag says so, the lease id in 8 bytes big-endian, then the landmarks, two varints each. About 10
 * bytes for a young key.
 */
import { assert } from '@concord/raft';

const TOMBSTONE_FLAG = 1;
const LEASE_FLAG = 2;
const NO_LEASE = 0n;
/** Landmarks of level n lie this many times further apart than those of the level below. */
const LANDMARK_SPACING = 16;
/** 16^13 is the last power below 2^53, the greatest depth that there can be. */
const LANDMARKS_MAX = 13;
/** Flags, five varints of at most 8 bytes (2^53), lease id, landmarks of two varints, the second of at most 33 bits. */
export const KEY_VERSION_BYTES_MAX = 1 + 5 * 8 + 8 + LANDMARKS_MAX * (8 + 5);

/** Where the row of a change is. */
export interface ChangePosition {
  readonly modRevision: number;
  readonly subRevision: number;
  readonly isTombstone: boolean;
}

export interface KeyVersion extends ChangePosition {
  /** 0 in a tombstone. */
  readonly createRevision: number;
  /** How many puts since the key was created, this one included; 0 in a tombstone. */
  readonly version: number;
  /** `0n` for none. */
  readonly lease: bigint;
  /** The length of the chain of versions that ends here: 1 for the first, tombstones included. */
  readonly depth: number;
  /**
   * Short cuts into the chain: of the changes before this one, the newest whose depth is a multiple of 16, the
   * newest whose depth is one of 256, and so on.
   */
  readonly landmarks: readonly ChangePosition[];
}

/** Shared by all that have none, which is nearly every version of nearly every key. */
const NO_LANDMARKS: readonly ChangePosition[] = [];

/** The landmarks of the change that follows upon `before`. */
export function landmarksAfter(before: KeyVersion): readonly ChangePosition[] {
  const { depth, landmarks } = before;
  if (depth % LANDMARK_SPACING !== 0) return landmarks;
  const { modRevision, subRevision, isTombstone } = before;
  const here: ChangePosition = { modRevision, subRevision, isTombstone };
  const after = [...landmarks];
  for (
    let level = 0, spacing = LANDMARK_SPACING;
    depth % spacing === 0;
    level++, spacing *= LANDMARK_SPACING
  ) {
    after[level] = here;
  }
  return after;
}

/** A version without a chain before it. */
export const chainStart = { depth: 1, landmarks: NO_LANDMARKS } as const;

const scratch = new Uint8Array(KEY_VERSION_BYTES_MAX);
/** The first bytes of `scratch`, by their number: one is lent for every put. */
const scratchViews = Array.from(
  { length: KEY_VERSION_BYTES_MAX + 1 },
  (_, length) => new Uint8Array(scratch.buffer, 0, length),
);
const leaseView = new DataView(new ArrayBuffer(8));

/** The bytes are valid until the next call. */
export function encodeKeyVersion(version: KeyVersion): Uint8Array {
  return scratchViews[writeKeyVersion(scratch, version, 0)] as Uint8Array;
}

/** Writes at most `KEY_VERSION_BYTES_MAX` bytes and answers the offset behind them. */
export function writeKeyVersion(bytes: Uint8Array, version: KeyVersion, offset: number): number {
  const { lease, landmarks } = version;
  const hasLease = lease !== NO_LEASE;
  bytes[offset] = (version.isTombstone ? TOMBSTONE_FLAG : 0) | (hasLease ? LEASE_FLAG : 0);
  let end = writeVarint(bytes, version.modRevision, offset + 1);
  end = writeVarint(bytes, version.subRevision, end);
  end = writeVarint(bytes, version.createRevision, end);
  end = writeVarint(bytes, version.version, end);
  end = writeVarint(bytes, version.depth, end);
  if (hasLease) end = writeLease(bytes, lease, end);
  for (const { modRevision, subRevision, isTombstone } of landmarks) {
    end = writeVarint(bytes, modRevision, end);
    end = writeVarint(bytes, subRevision * 2 + (isTombstone ? 1 : 0), end);
  }
  return end;
}

/** Reads the bytes from `offset` to `end`. */
export function decodeKeyVersion(row: Uint8Array, offset = 0, end = row.length): KeyVersion {
  const flags = row[offset] ?? 0;
  position = offset + 1;
  return {
    modRevision: readVarint(row),
    subRevision: readVarint(row),
    createRevision: readVarint(row),
    version: readVarint(row),
    depth: readVarint(row),
    lease: (flags & LEASE_FLAG) === 0 ? NO_LEASE : readLease(row),
    isTombstone: (flags & TOMBSTONE_FLAG) !== 0,
    landmarks: position === end ? NO_LANDMARKS : readLandmarks(row, end),
  };
}

function writeVarint(bytes: Uint8Array, value: number, offset: number): number {
  let rest = value;
  let at = offset;
  while (rest >= 0x80) {
    bytes[at++] = (rest & 0x7f) | 0x80;
    rest = rest > 0x7fffffff ? Math.floor(rest / 0x80) : rest >>> 7;
  }
  bytes[at++] = rest;
  return at;
}

function writeLease(bytes: Uint8Array, lease: bigint, offset: number): number {
  leaseView.setBigInt64(0, lease);
  for (let i = 0; i < 8; i++) bytes[offset + i] = leaseView.getUint8(i);
  return offset + 8;
}

/** Where the next varint of the row being read begins. */
let position = 0;

function readVarint(row: Uint8Array): number {
  let byte = row[position++];
  assert(byte !== undefined, 'a row of a key version is whole');
  if (byte < 0x80) return byte;
  let value = byte & 0x7f;
  let scale = 0x80;
  do {
    byte = row[position++];
    assert(byte !== undefined, 'a row of a key version is whole');
    value += (byte & 0x7f) * scale;
    scale *= 0x80;
  } while (byte >= 0x80);
  return value;
}

function readLease(row: Uint8Array): bigint {
  assert(row.length >= position + 8, 'a row of a key version is whole');
  const lease = new DataView(row.buffer, row.byteOffset + position, 8).getBigInt64(0);
  position += 8;
  return lease;
}

function readLandmarks(row: Uint8Array, end: number): ChangePosition[] {
  const landmarks: ChangePosition[] = [];
  while (position < end) {
    const modRevision = readVarint(row);
    const subAndMark = readVarint(row);
    const subRevision = Math.floor(subAndMark / 2);
    landmarks.push({ modRevision, subRevision, isTombstone: subAndMark % 2 === 1 });
  }
  assert(position === end, 'a row of a key version ends with a landmark');
  return landmarks;
}
