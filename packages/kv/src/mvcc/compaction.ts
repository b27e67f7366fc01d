/**
 * Forgets history. Of each key the newest version that is not newer than the compacted revision stays, and a
 * tombstone only where it lies exactly at that revision, because the event of the deletion can still be asked for.
 *
 * A pass walks the changes in their order, a slice at a time, from where the last one ended: each change of the life
 * of a store is looked at once. It takes what the change superseded, which its link names. Between slices the store
 * changes, but what was superfluous at the compacted revision stays so, and a crash merely walks again.
 *
 * Invariant: nothing that can be read at or after the scheduled revision is ever deleted.
 */
import type { ByteString } from '@concord/protocol';
import type { UpcomingCompaction } from '../hash/compaction-hashes.ts';
import type { ChangePosition } from './key-version.ts';
import type { KeySpace } from './key-space.ts';
import { readMeta, writeMeta } from './meta.ts';
import { keyOfRecord } from './record.ts';
import { isTombstoneKey, mainRevisionOf, revisionKey, subRevisionOf } from './revision-key.ts';
import { linkOf } from './revision-row.ts';

/** What `compactedRevision` says before the first compaction, on the wire of HashKV too. */
export const NEVER_COMPACTED = -1;

/** So many compactions are carried out one by one; of more that wait, the oldest go together with the next. */
const WAITING_MAX = 10;

interface Pass {
  readonly revision: number;
  /** The row to go on from. */
  cursor: ByteString;
}

interface PassedChange extends ChangePosition {
  readonly row: ByteString;
  /** Of a deletion, the key. */
  readonly deletedKey: ByteString | undefined;
  readonly before: ChangePosition | undefined;
}

export class Compaction {
  readonly #space: KeySpace;
  #scheduled: number;
  #finished: number;
  /** Scheduled and not finished, in their order. */
  readonly #waiting: number[] = [];
  #pass: Pass | undefined;
  #deletedCount = 0;

  constructor(space: KeySpace) {
    this.#space = space;
    this.#finished = readMeta(space.overlay, 'finished-compaction') ?? NEVER_COMPACTED;
    const scheduled = readMeta(space.overlay, 'scheduled-compaction') ?? NEVER_COMPACTED;
    this.#scheduled = Math.max(scheduled, this.#finished);
    // It may have begun before a restart: half of it may be gone.
    if (this.#scheduled > this.#finished) this.#begin(this.#scheduled);
  }

  /** Reads below this are refused, deleted already or not. */
  get scheduledRevision(): number {
    return this.#scheduled;
  }

  /** Rows that only reads below this could see are gone. */
  get finishedRevision(): number {
    return this.#finished;
  }

  /** Rows deleted since the start. */
  get deletedCount(): number {
    return this.#deletedCount;
  }

  /** The next one that has deleted nothing yet, while none is under way. */
  get upcoming(): UpcomingCompaction | undefined {
    const [revision] = this.#waiting;
    if (this.#pass !== undefined || revision === undefined) return undefined;
    return { revision, compactedRevision: this.#finished };
  }

  schedule(revision: number): void {
    this.#scheduled = revision;
    this.#waiting.push(revision);
    if (this.#waiting.length > WAITING_MAX) this.#waiting.shift();
    writeMeta(this.#space.overlay, 'scheduled-compaction', revision);
  }

  /** Looks at up to `rowsMax` changes and deletes what they made superfluous. Answers whether there is more to do. */
  work(rowsMax: number): boolean {
    const next = this.#pass === undefined ? this.#waiting.shift() : undefined;
    // A pass ends for the revision that it began with: a new schedule cannot keep it from ever ending.
    const pass = this.#pass ?? (next === undefined ? undefined : this.#begin(next));
    if (pass === undefined) return false;
    const changes: PassedChange[] = [];
    const range = { from: pass.cursor, to: revisionKey(pass.revision + 1, 0, false) };
    this.#space.overlay.scan('revisions', range, (row, value) => {
      if (changes.length === rowsMax) return false;
      changes.push(passedChange(row, value));
      return true;
    });
    for (const change of changes) this.#judge(pass.revision, change);
    const last = changes[changes.length - 1];
    if (last !== undefined && changes.length === rowsMax) {
      pass.cursor = `${last.row}\0`;
      return true;
    }
    this.#finished = pass.revision;
    this.#pass = undefined;
    writeMeta(this.#space.overlay, 'finished-compaction', this.#finished);
    return this.#finished !== this.#scheduled;
  }

  #begin(revision: number): Pass {
    // Tombstones exactly at the last compacted revision were left for this pass.
    const cursor = revisionKey(Math.max(0, this.#finished), 0, false);
    return (this.#pass = { revision, cursor });
  }

  #judge(compacted: number, change: PassedChange): void {
    const { before, deletedKey } = change;
    // A tombstone further back was taken in its own turn.
    if (before !== undefined && (!before.isTombstone || before.modRevision === compacted)) {
      this.#delete(before);
    }
    if (deletedKey === undefined || change.modRevision === compacted) return;
    this.#delete(change);
    const newest = this.#space.tombstone(deletedKey);
    const isNewest =
      newest?.modRevision === change.modRevision && newest.subRevision === change.subRevision;
    if (isNewest) this.#space.overlay.set('tombstones', deletedKey, null);
  }

  #delete({ modRevision, subRevision, isTombstone }: ChangePosition): void {
    this.#deletedCount += 1;
    this.#space.overlay.set('revisions', revisionKey(modRevision, subRevision, isTombstone), null);
  }
}

function passedChange(row: ByteString, value: Uint8Array): PassedChange {
  const isTombstone = isTombstoneKey(row);
  return {
    row,
    modRevision: mainRevisionOf(row),
    subRevision: subRevisionOf(row),
    isTombstone,
    deletedKey: isTombstone ? keyOfRecord(value) : undefined,
    before: linkOf(value),
  };
}
