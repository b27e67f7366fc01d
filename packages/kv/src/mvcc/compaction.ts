/**
 * Forgets history. Of each key the newest version that is not newer than the compacted revision stays, and a
 * tombstone only where it lies exactly at that revision, because the event of the deletion can still be asked for.
 *
 * Everything that can go is found in `versions`: live keys have their newest version elsewhere. A pass walks that
 * table once, a slice at a time; between slices the store changes, but what was superfluous at the compacted
 * revision stays so, and a crash merely walks again.
 *
 * Invariant: nothing that can be read at or after the scheduled revision is ever deleted; and a tombstone goes behind
 * all that it shadows, in the same batch or a later one, or else a deleted key would live again.
 */
import type { ByteString } from '@concord/protocol';
import { decodeKeyVersion } from './key-version.ts';
import type { KeyVersion } from './key-version.ts';
import type { KeySpace } from './key-space.ts';
import { readMeta, writeMeta } from './meta.ts';
import { revisionKey } from './revision-key.ts';
import { keyOfVersion } from './version-key.ts';

/** What `compactedRevision` says before the first compaction, on the wire of HashKV too. */
export const NEVER_COMPACTED = -1;

interface Pass {
  readonly revision: number;
  /** The row to go on from. */
  cursor: ByteString;
  /** The key of the row before, and whether rows behind it are of no more use. */
  key: ByteString | undefined;
  isShadowed: boolean;
  /** The tombstone that shadows the older rows of `key`, to go when they are gone. */
  tombstone: VersionRow | undefined;
}

interface VersionRow {
  readonly row: ByteString;
  readonly version: KeyVersion;
}

export class Compaction {
  readonly #space: KeySpace;
  #scheduled: number;
  #finished: number;
  #pass: Pass | undefined;

  constructor(space: KeySpace) {
    this.#space = space;
    this.#finished = readMeta(space.overlay, 'finished-compaction') ?? NEVER_COMPACTED;
    const scheduled = readMeta(space.overlay, 'scheduled-compaction') ?? NEVER_COMPACTED;
    this.#scheduled = Math.max(scheduled, this.#finished);
  }

  /** Reads below this are refused, deleted already or not. */
  get scheduledRevision(): number {
    return this.#scheduled;
  }

  /** Rows that only reads below this could see are gone. */
  get finishedRevision(): number {
    return this.#finished;
  }

  schedule(revision: number): void {
    this.#scheduled = revision;
    writeMeta(this.#space.overlay, 'scheduled-compaction', revision);
  }

  /** Looks at up to `rowsMax` rows and deletes what can go. Answers whether there is more to do. */
  work(rowsMax: number): boolean {
    if (this.#finished === this.#scheduled) return false;
    // A pass ends for the revision that it began with: a new schedule cannot keep it from ever ending.
    const pass = (this.#pass ??= {
      revision: this.#scheduled,
      cursor: '',
      key: undefined,
      isShadowed: false,
      tombstone: undefined,
    });
    const rows: VersionRow[] = [];
    this.#space.overlay.scan('versions', { from: pass.cursor }, (row, value) => {
      if (rows.length === rowsMax) return false;
      rows.push({ row, version: decodeKeyVersion(value) });
      return true;
    });
    for (const row of rows) this.#judge(pass, row);
    const last = rows[rows.length - 1];
    if (last !== undefined && rows.length === rowsMax) {
      pass.cursor = `${last.row}\0`;
      return true;
    }
    if (pass.tombstone !== undefined) this.#delete(pass.tombstone);
    this.#finished = pass.revision;
    this.#pass = undefined;
    writeMeta(this.#space.overlay, 'finished-compaction', this.#finished);
    return this.#finished !== this.#scheduled;
  }

  /** Rows of one key come newest first. The first that is not newer than the compacted revision shadows the rest. */
  #judge(pass: Pass, found: VersionRow): void {
    const { row, version } = found;
    const key = keyOfVersion(row);
    if (key !== pass.key) {
      if (pass.tombstone !== undefined) this.#delete(pass.tombstone);
      const current = this.#space.current(key);
      pass.key = key;
      pass.isShadowed = current !== undefined && current.modRevision <= pass.revision;
      pass.tombstone = undefined;
    }
    if (version.modRevision > pass.revision) return;
    if (pass.isShadowed) return this.#delete(found);
    pass.isShadowed = true;
    if (version.isTombstone && version.modRevision < pass.revision) pass.tombstone = found;
  }

  #delete({ row, version }: VersionRow): void {
    const { modRevision, subRevision, isTombstone } = version;
    this.#space.overlay.set('versions', row, null);
    this.#space.overlay.set('revisions', revisionKey(modRevision, subRevision, isTombstone), null);
  }
}
