/**
 * The four tables of the key space and how one change moves through them. A put of a live key writes the change
 * to `revisions`, moves the row of `current` to `versions`, and takes its place; a deletion leaves a tombstone in
 * `versions` and nothing in `current`. So reading the newest state never steps over what is old.
 *
 * Revisions are given by the caller; what may be read after compaction is the caller's business too.
 */
import type { ByteString, KeyRange } from '@concord/protocol';
import { assert } from '@concord/raft';
import { decodeKeyVersion, encodeKeyVersion } from './key-version.ts';
import type { KeyVersion } from './key-version.ts';
import type { Overlay } from './overlay.ts';
import { encodeRecord, encodeTombstone } from './record.ts';
import type { KeyValueFields } from './record.ts';
import { revisionKey } from './revision-key.ts';
import { Segments } from './segments.ts';
import {
  SUB_REVISION_MAX,
  keyOfVersion,
  versionKey,
  versionsEnd,
  versionsStart,
} from './version-key.ts';

export type VisitVersion = (key: ByteString, version: KeyVersion) => boolean | void;

interface KeyAndVersion {
  readonly key: ByteString;
  readonly version: KeyVersion;
}

/** Rows of one key are stepped over up to here; behind it a new seek is cheaper than more steps. */
const STEPS_MAX = 8;
/** How many keys of each table a historical scan merges at a time. */
const WINDOW_KEYS = 512;

export class KeySpace {
  readonly overlay: Overlay;
  readonly segments: Segments;

  constructor(overlay: Overlay) {
    this.overlay = overlay;
    this.segments = new Segments(overlay);
  }

  /** The newest version of a live key. */
  current(key: ByteString): KeyVersion | undefined {
    const row = this.overlay.get('current', key);
    return row === undefined ? undefined : decodeKeyVersion(row);
  }

  /** The version of a key at the end of a revision; undefined where it did not live then. */
  versionAt(key: ByteString, revision: number): KeyVersion | undefined {
    const current = this.current(key);
    if (current !== undefined && current.modRevision <= revision) return current;
    const version = this.newestOldVersion(key, revision);
    return version?.isTombstone === true ? undefined : version;
  }

  /** The newest superseded version or tombstone of a key that is not newer than `revision`. */
  newestOldVersion(key: ByteString, revision: number): KeyVersion | undefined {
    assert(revision >= 0, 'versions are looked up at a revision that can have been');
    let version: KeyVersion | undefined;
    const from = versionKey(key, revision, SUB_REVISION_MAX);
    this.overlay.scan('versions', { from, to: versionsEnd(key) }, (_row, value) => {
      version = decodeKeyVersion(value);
      return false;
    });
    return version;
  }

  /** The encoded key-value of a version that is not compacted: bytes that never change. */
  record(version: KeyVersion): Uint8Array {
    const record = this.findRecord(version);
    assert(record !== undefined, 'a version that can be read has its record');
    return record;
  }

  /** The same for a version that may have been compacted away since it was looked up. */
  findRecord(version: KeyVersion): Uint8Array | undefined {
    const key = revisionKey(version.modRevision, version.subRevision, version.isTombstone);
    return this.overlay.getOwned('revisions', key);
  }

  /** The live keys of a range in order, until `visit` answers `false`. Nothing may be read from inside. */
  scanCurrent(range: KeyRange, isReverse: boolean, visit: VisitVersion): void {
    const scan = isReverse ? { ...range, reverse: true } : range;
    this.overlay.scan('current', scan, (key, row) => visit(key, decodeKeyVersion(row)));
  }

  /**
   * The keys of a range that lived at the end of `revision`, ascending, until `visit` answers `false`. Both tables
   * are read a window at a time: the live keys that have not changed since, and of all others the version of then.
   */
  scanAt(range: KeyRange, revision: number, visit: VisitVersion): void {
    assert(revision >= 0, 'a scan is of a revision that can have been');
    let from = range.from;
    for (;;) {
      const live = this.#liveWindow({ from, to: range.to });
      const liveEnd = live.length < WINDOW_KEYS ? range.to : after(live);
      const old = this.#oldWindow({ from, to: liveEnd }, revision);
      const end = old.length < WINDOW_KEYS ? liveEnd : after(old);
      if (!mergeWindows(live, old, end, revision, visit)) return;
      if (end === undefined || end === range.to) return;
      from = end;
    }
  }

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
    const fields = { key, createRevision, modRevision: revision, version, value, lease };
    return this.adopt(fields, subRevision, previous);
  }

  /**
   * A put with the create revision and the version that it has elsewhere, where what was before it may be compacted.
   * Answers the record.
   */
  adopt(fields: KeyValueFields, subRevision: number, previous: KeyVersion | undefined): Uint8Array {
    const { key, createRevision, modRevision, version, lease } = fields;
    const record = encodeRecord(fields);
    const next = { modRevision, subRevision, createRevision, version, lease, isTombstone: false };
    if (previous !== undefined) this.#supersede(key, previous);
    this.overlay.set('revisions', revisionKey(modRevision, subRevision, false), record);
    this.overlay.set('current', key, encodeKeyVersion(next));
    if (previous === undefined) this.segments.add(key);
    return record;
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
    };
    if (previous !== undefined) this.#supersede(key, previous);
    this.#supersede(key, tombstone);
    this.overlay.set('revisions', revisionKey(revision, subRevision, true), encodeTombstone(key));
    if (previous === undefined) return;
    this.overlay.set('current', key, null);
    this.segments.remove(key);
  }

  /** Takes back the latest change of a key; changes are taken back in the reverse of their order. */
  undo(
    key: ByteString,
    revision: number,
    subRevision: number,
    previous: KeyVersion | undefined,
  ): void {
    const wasLive = this.overlay.get('current', key) !== undefined;
    this.overlay.set('revisions', revisionKey(revision, subRevision, !wasLive), null);
    if (!wasLive) this.overlay.set('versions', versionKey(key, revision, subRevision), null);
    if (previous === undefined) {
      this.overlay.set('current', key, null);
      this.segments.remove(key);
      return;
    }
    const oldKey = versionKey(key, previous.modRevision, previous.subRevision);
    this.overlay.set('versions', oldKey, null);
    this.overlay.set('current', key, encodeKeyVersion(previous));
    if (!wasLive) this.segments.add(key);
  }

  #supersede(key: ByteString, version: KeyVersion): void {
    const row = versionKey(key, version.modRevision, version.subRevision);
    this.overlay.set('versions', row, encodeKeyVersion(version));
  }

  #liveWindow(range: KeyRange): KeyAndVersion[] {
    const window: KeyAndVersion[] = [];
    this.scanCurrent(range, false, (key, version) => {
      window.push({ key, version });
      return window.length < WINDOW_KEYS;
    });
    return window;
  }

  /** Of each key of the range the newest old version, tombstones included, that is not newer than `revision`. */
  #oldWindow(range: KeyRange, revision: number): KeyAndVersion[] {
    const window: KeyAndVersion[] = [];
    const to = range.to === undefined ? undefined : versionsStart(range.to);
    let seek: ByteString | undefined = versionsStart(range.from);
    while (seek !== undefined) {
      let key: ByteString | undefined;
      let end = '';
      let isFound = false;
      let steps = 0;
      const from: ByteString = seek;
      seek = undefined;
      this.overlay.scan('versions', { from, to }, (row, value) => {
        if (key === undefined || row >= end) {
          key = keyOfVersion(row);
          end = versionsEnd(key);
          isFound = false;
          steps = 0;
        }
        if (!isFound) {
          const version = decodeKeyVersion(value);
          isFound = version.modRevision <= revision;
          if (isFound) window.push({ key, version });
          if (window.length === WINDOW_KEYS) return false;
        }
        if (++steps < STEPS_MAX) return true;
        seek = isFound ? end : versionKey(key, revision, SUB_REVISION_MAX);
        return false;
      });
    }
    return window;
  }
}

/** The smallest key behind all of a window. */
function after(window: readonly KeyAndVersion[]): ByteString {
  return `${(window[window.length - 1] as KeyAndVersion).key}\0`;
}

function mergeWindows(
  live: readonly KeyAndVersion[],
  old: readonly KeyAndVersion[],
  end: ByteString | undefined,
  revision: number,
  visit: VisitVersion,
): boolean {
  let oldAt = 0;
  const visitOldBelow = (bound: ByteString | undefined): boolean => {
    for (; oldAt < old.length; oldAt++) {
      const { key, version } = old[oldAt] as KeyAndVersion;
      if (bound !== undefined && key >= bound) return true;
      if (!version.isTombstone && visit(key, version) === false) return false;
    }
    return true;
  };
  for (const { key, version } of live) {
    if (end !== undefined && key >= end) break;
    // What is older than the live version counts only where that one is too new.
    if (version.modRevision > revision) continue;
    if (!visitOldBelow(key)) return false;
    if (old[oldAt]?.key === key) oldAt++;
    if (visit(key, version) === false) return false;
  }
  return visitOldBelow(end);
}
