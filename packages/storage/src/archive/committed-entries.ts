/**
 * Which of the entries in a log are committed. Those that a later leader has replaced are in it, too, and the log of a
 * member that was sent a snapshot, or had applied more than its own disk held, lacks some.
 *
 * Invariant: an entry is handed out once, in order, when a hard state or a position says that it is committed.
 */
import type { Entry, LogPosition } from '@concord/raft';
import { StorageError } from '../errors.ts';
import type { WalIdentity } from '../wal/payload.ts';
import type { LoggedRecord } from '../wal/record-walk.ts';

/** What the entries of a log begin behind. */
export interface EntriesBase {
  readonly index: number;
  /** `undefined` where nobody knows it, and whatever the log says is believed. */
  readonly term: number | undefined;
}

/** Entries that a log leaves out. */
export interface EntryGap {
  readonly first: number;
  readonly last: number;
  /** In words for whoever wanted them. */
  readonly reason: string;
}

export class CommittedEntries {
  readonly #directory: string;
  readonly #base: EntriesBase;
  #identity: WalIdentity | undefined;
  /** The last entry that was handed out, or the base. */
  #handedIndex: number;
  /** Of the entry at the base, where the log holds it. */
  #termAtBase: number | undefined;
  /** Those behind `#handedIndex`, without gaps. */
  #waiting: Entry[] = [];
  #commit = 0;

  constructor(directory: string, base: EntriesBase) {
    this.#directory = directory;
    this.#base = base;
    this.#handedIndex = base.index;
  }

  /** Of the entry at the base; `undefined` as long as the log has not told it. */
  get termAtBase(): number | undefined {
    return this.#termAtBase;
  }

  /** Answers what is missing where the log leaves entries out; nothing behind that is to be used. Copies the data. */
  add({ path, content }: LoggedRecord): EntryGap | undefined {
    switch (content.kind) {
      case 'segment': {
        const { identity, isReset, snapshot, hardState } = content.payload;
        this.#assertSame(identity, path);
        this.#commit = Math.max(this.#commit, hardState.commit);
        if (!isReset) return undefined;
        this.#waiting = [];
        return this.#gapUpTo(snapshot, path);
      }
      case 'batch':
        for (const entry of content.entries) {
          const gap = this.#append(entry, path);
          if (gap !== undefined) return gap;
        }
        this.#commit = Math.max(this.#commit, content.hardState?.commit ?? 0);
        return undefined;
      case 'snapshot':
        return this.#gapUpTo(content.position, path);
      case 'seal':
        return undefined;
    }
  }

  /** Those that have become known to be committed. */
  *take(): Generator<Entry, void> {
    const count = Math.min(this.#waiting.length, this.#commit - this.#handedIndex);
    if (count <= 0) return;
    this.#assertOfBase();
    for (const entry of this.#waiting.splice(0, count)) {
      this.#handedIndex = entry.index;
      yield entry;
    }
  }

  /** The same, where something else has seen an entry applied. */
  *known(position: LogPosition | undefined): Generator<Entry, void> {
    if (position === undefined) return;
    const entry = this.#waiting[position.index - this.#handedIndex - 1];
    // With the same term there it is the same entry, and so is everything before it.
    if (entry?.term === position.term) this.#commit = Math.max(this.#commit, position.index);
    yield* this.take();
  }

  #append(entry: Entry, path: string): EntryGap | undefined {
    if (entry.index <= this.#handedIndex) {
      if (entry.index === this.#base.index) this.#termAtBase = entry.term;
      this.#waiting = [];
      return undefined;
    }
    const at = entry.index - this.#handedIndex - 1;
    if (at > this.#waiting.length) return this.#gap(entry.index - 1, path);
    this.#waiting.length = at;
    this.#waiting.push({ ...entry, data: entry.data.slice() });
    return undefined;
  }

  /** The log goes on behind `position`, whether or not it holds what was before. */
  #gapUpTo({ index, term }: LogPosition, path: string): EntryGap | undefined {
    if (index === this.#base.index) this.#termAtBase = term;
    const lastIndex = this.#handedIndex + this.#waiting.length;
    return index > lastIndex ? this.#gap(index, path) : undefined;
  }

  #gap(last: number, path: string): EntryGap {
    const first = this.#handedIndex + this.#waiting.length + 1;
    const reason =
      `it has a gap: ${path} goes on behind entries ${first} to ${last}, which this member got in another way ` +
      'than through its log; the archive of another member may have them';
    return { first, last, reason };
  }

  #assertSame(identity: WalIdentity, path: string): void {
    this.#identity ??= identity;
    const { clusterId, memberId } = this.#identity;
    if (identity.clusterId === clusterId && identity.memberId === memberId) return;
    throw new StorageError({
      code: 'wal-mismatch',
      path,
      found: "another member's segment",
      expected: `one of member ${memberId.toString(16)}, like those before`,
      remedy: 'Each member needs an archive of its own: take what does not belong there away.',
    });
  }

  #assertOfBase(): void {
    const found = this.#termAtBase;
    const { index, term } = this.#base;
    if (this.#handedIndex !== index || found === undefined) return;
    if (term === undefined || found === term) return;
    throw new StorageError({
      code: 'wal-mismatch',
      path: this.#directory,
      found: `entry ${index} of term ${found}`,
      expected: `term ${term}, which the snapshot was taken at`,
      remedy:
        'The snapshot is of another cluster: use one that a member of the archived cluster gave.',
    });
  }
}
