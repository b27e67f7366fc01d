/**
 * The three tables of the key space and how one change moves through them. Every change adds a row to `revisions`,
 * which holds its record and leads to the version before; `current` names the newest version of each key that lives,
 * `tombstones` of each that does not. So reading the newest state never steps over what is old, and what is old is
 * never moved.
 *
 * Revisions are given by the caller; what may be read after compaction is the caller's business too.
 */
import type { ByteString, KeyRange } from '@concord/protocol';
import { assert } from '@concord/raft';
import { chainStart, decodeKeyVersion, encodeKeyVersion, landmarksAfter } from './key-version.ts';
import type { KeyVersion } from './key-version.ts';
import type { Overlay } from './overlay.ts';
import { RecordCache } from './record-cache.ts';
import type { RecordedVersion } from './record.ts';
import { revisionKey } from './revision-key.ts';
import {
  copyRecord,
  encodeDelete,
  encodePut,
  linkOf,
  recordLengthOf,
  recordOf,
} from './revision-row.ts';
import { Segments } from './segments.ts';
import { versionNotAfter } from './version-chain.ts';

export type VisitVersion = (key: ByteString, version: KeyVersion) => boolean | void;

interface KeyAndVersion {
  readonly key: ByteString;
  readonly version: KeyVersion;
}

/** How many keys of each table a historical scan merges at a time. */
const WINDOW_KEYS = 512;

export class KeySpace {
  readonly overlay: Overlay;
  readonly segments: Segments;
  readonly #records = new RecordCache();

  constructor(overlay: Overlay) {
    this.overlay = overlay;
    this.segments = new Segments(overlay);
  }

  /** The version of a live key. */
  current(key: ByteString): KeyVersion | undefined {
    const row = this.overlay.get('current', key);
    return row === undefined ? undefined : decodeKeyVersion(row);
  }

  /** The deletion of a key that does not live, unless that is compacted. */
  tombstone(key: ByteString): KeyVersion | undefined {
    const row = this.overlay.get('tombstones', key);
    return row === undefined ? undefined : decodeKeyVersion(row);
  }

  /** The version of a key at the end of a revision; undefined where it did not live then. */
  versionAt(key: ByteString, revision: number): KeyVersion | undefined {
    const newest = this.current(key) ?? this.tombstone(key);
    const version = versionNotAfter(this.overlay, newest, revision);
    return version?.isTombstone === true ? undefined : version;
  }

  /** The encoded key-value of a version that is not compacted: bytes that never change. */
  record(version: KeyVersion): Uint8Array {
    const { modRevision, subRevision } = version;
    const cached = this.#records.get(modRevision, subRevision);
    if (cached !== undefined) return cached;
    const row = this.overlay.get(
      'revisions',
      revisionKey(modRevision, subRevision, version.isTombstone),
    );
    assert(row !== undefined, 'a version that can be read has its record');
    return this.#records.takes(row.length)
      ? this.#records.add(modRevision, subRevision, row, recordLengthOf(row))
      : copyRecord(row);
  }

  /** The same for a version that may have been compacted away since it was looked up. */
  findRecord(version: KeyVersion): Uint8Array | undefined {
    const key = revisionKey(version.modRevision, version.subRevision, version.isTombstone);
    const row = this.overlay.get('revisions', key);
    return row === undefined ? undefined : copyRecord(row);
  }

  /** The live keys of a range in order, until `visit` answers `false`. Nothing may be read from inside. */
  scanCurrent(range: KeyRange, isReverse: boolean, visit: VisitVersion): void {
    const scan = isReverse ? { ...range, reverse: true } : range;
    this.overlay.scan('current', scan, (key, row) => visit(key, decodeKeyVersion(row)));
  }

  /**
   * The keys of a range that lived at the end of `revision`, ascending, until `visit` answers `false`. The keys that
   * live and those that do not are read a window at a time, and the chain of each back to what it was then.
   */
  scanAt(range: KeyRange, revision: number, visit: VisitVersion): void {
    let from = range.from;
    for (;;) {
      const live = this.#window('current', { from, to: range.to });
      const liveEnd = live.length < WINDOW_KEYS ? range.to : after(live);
      const dead = this.#window('tombstones', { from, to: liveEnd });
      const end = dead.length < WINDOW_KEYS ? liveEnd : after(dead);
      for (const { key, version: newest } of merge(live, dead)) {
        if (end !== undefined && key >= end) break;
        const version = versionNotAfter(this.overlay, newest, revision);
        if (version === undefined || version.isTombstone) continue;
        if (visit(key, version) === false) return;
      }
      if (end === undefined || end === range.to) return;
      from = end;
    }
  }

  /** Answers the record. */
  put(
    key: ByteString,
    revision: number,
    subRevision: number,
    value: Uint8Array,
    lease: bigint,
    previous: KeyVersion | undefined,
  ): Uint8Array {
    const createRevision = previous === undefined ? revision : previous.createRevision;
    const version = previous === undefined ? 1 : previous.version + 1;
    const change = { modRevision: revision, subRevision, createRevision, version, lease };
    return this.adopt(key, value, change, previous);
  }

  /**
   * A put with the create revision and the version that it has elsewhere, where what was before it may be compacted.
   * Answers the record.
   */
  adopt(
    key: ByteString,
    value: Uint8Array,
    change: RecordedVersion & { readonly subRevision: number },
    previous: KeyVersion | undefined,
  ): Uint8Array {
    const { modRevision, subRevision, createRevision, version, lease } = change;
    const before = previous ?? this.#takeTombstone(key);
    const next: KeyVersion = {
      modRevision,
      subRevision,
      createRevision,
      version,
      lease,
      isTombstone: false,
      depth: before === undefined ? chainStart.depth : before.depth + 1,
      landmarks: before === undefined ? chainStart.landmarks : landmarksAfter(before),
    };
    const row = encodePut(key, value, next, before);
    this.overlay.set('revisions', revisionKey(modRevision, subRevision, false), row);
    this.overlay.set('current', key, encodeKeyVersion(next));
    if (previous === undefined) this.segments.add(key);
    return recordOf(row);
  }

  /** Without a version before it where that is compacted. */
  delete(
    key: ByteString,
    revision: number,
    subRevision: number,
    previous: KeyVersion | undefined,
  ): void {
    const tombstone: KeyVersion = {
      modRevision: revision,
      subRevision,
      createRevision: 0,
      version: 0,
      lease: 0n,
      isTombstone: true,
      depth: previous === undefined ? chainStart.depth : previous.depth + 1,
      landmarks: previous === undefined ? chainStart.landmarks : landmarksAfter(previous),
    };
    const row = encodeDelete(key, previous);
    this.overlay.set('revisions', revisionKey(revision, subRevision, true), row);
    this.overlay.set('tombstones', key, encodeKeyVersion(tombstone));
    if (previous === undefined) return;
    this.overlay.set('current', key, null);
    this.segments.remove(key);
  }

  /** Takes back the latest change of a key; changes are taken back in the reverse of their order. */
  undo(key: ByteString, revision: number, subRevision: number): void {
    const wasPut = this.current(key) !== undefined;
    const row = revisionKey(revision, subRevision, !wasPut);
    const value = this.overlay.get('revisions', row);
    assert(value !== undefined, 'a change that is taken back was made');
    const before = linkOf(value);
    this.#records.forget(revision, subRevision);
    const isLive = before !== undefined && !before.isTombstone;
    this.overlay.set('revisions', row, null);
    this.overlay.set('current', key, isLive ? encodeKeyVersion(before) : null);
    if (before?.isTombstone === true) {
      this.overlay.set('tombstones', key, encodeKeyVersion(before));
    } else if (!wasPut) {
      this.overlay.set('tombstones', key, null);
    }
    if (wasPut && !isLive) this.segments.remove(key);
    if (!wasPut) this.segments.add(key);
  }

  #takeTombstone(key: ByteString): KeyVersion | undefined {
    const tombstone = this.tombstone(key);
    if (tombstone !== undefined) this.overlay.set('tombstones', key, null);
    return tombstone;
  }

  #window(table: 'current' | 'tombstones', range: KeyRange): KeyAndVersion[] {
    const window: KeyAndVersion[] = [];
    this.overlay.scan(table, range, (key, row) => {
      window.push({ key, version: decodeKeyVersion(row) });
      return window.length < WINDOW_KEYS;
    });
    return window;
  }
}

/** The smallest key behind all of a window. */
function after(window: readonly KeyAndVersion[]): ByteString {
  return `${(window[window.length - 1] as KeyAndVersion).key}\0`;
}

/** Two windows in the order of their keys. No key is in both. */
function* merge(
  a: readonly KeyAndVersion[],
  b: readonly KeyAndVersion[],
): Generator<KeyAndVersion> {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const left = a[i] as KeyAndVersion;
    const right = b[j] as KeyAndVersion;
    if (left.key < right.key) i++;
    else j++;
    yield left.key < right.key ? left : right;
  }
  yield* a.slice(i);
  yield* b.slice(j);
}
