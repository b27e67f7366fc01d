/**
 * A range read piece by piece, all of it at one revision, however long the reader takes and whatever is written
 * meanwhile. A piece is bounded in bytes as well as in keys: what a caller asks for never becomes one large answer.
 *
 * Invariant: between two pieces it holds where the newest few hundred keys are, and none of their values.
 */
import { EtcdError, decodeKeyRange, etcdErrors, isEmpty } from '@concord/protocol';
import type { ByteString, KeyRange, RangeRequest } from '@concord/protocol';
import type { KeyVersion } from './key-version.ts';
import { readRange, type ReadView } from './range.ts';
import { withoutValue } from './record.ts';

/** Keys that are looked up at a time: a fraction of a millisecond. */
const KEYS_PER_LOOK = 256;

export interface RangePiece {
  readonly records: readonly Uint8Array[];
  /** What the whole range comes to, with its last piece. */
  readonly end: RangeWalkEnd | undefined;
}

export interface RangeWalkEnd {
  /** The store's revision when the walk began. */
  readonly revision: number;
  readonly more: boolean;
  readonly count: number;
}

export class RangeWalk {
  readonly #view: ReadView;
  readonly #request: RangeRequest;
  readonly #revision: number;
  readonly #at: number;
  readonly #range: KeyRange;
  readonly #limit: number;
  /** Looked up and not answered yet; the last of all keys lies behind `#nextFrom`, if that is not undefined. */
  #versions: KeyVersion[] = [];
  #nextFrom: ByteString | undefined;
  #answered = 0;

  /** The request has neither order nor filters. Throws `ErrFutureRev` and `ErrCompacted`. */
  constructor(view: ReadView, request: RangeRequest) {
    this.#view = view;
    this.#request = request;
    this.#revision = view.revision;
    this.#at = request.revision <= 0 ? view.revision : request.revision;
    if (this.#at > view.revision) throw new EtcdError(etcdErrors.ErrFutureRev);
    this.#range = decodeKeyRange(request.key, request.rangeEnd);
    this.#limit = request.limit > 0 ? request.limit : Infinity;
    this.#nextFrom = isEmpty(this.#range) ? undefined : this.#range.from;
    this.#assertReadable();
  }

  /**
   * The next records, until they come to about `bytesMax`: at least one where there is one, and of those that are larger
   * one at a time. Throws `ErrCompacted` when the revision has been compacted meanwhile.
   */
  next(bytesMax: number): RangePiece {
    this.#assertReadable();
    if (this.#request.countOnly) return { records: [], end: this.#endOf(false, this.#countAll()) };
    const records: Uint8Array[] = [];
    let bytes = 0;
    while (bytes < bytesMax && this.#answered < this.#limit) {
      if (this.#versions.length === 0) this.#look();
      const version = this.#versions.pop();
      if (version === undefined) break;
      const record = this.#view.space.record(version);
      records.push(this.#request.keysOnly ? withoutValue(record) : record);
      bytes += records.at(-1)?.length ?? 0;
      this.#answered += 1;
    }
    return { records, end: this.#end() };
  }

  #end(): RangeWalkEnd | undefined {
    if (this.#versions.length === 0 && this.#nextFrom !== undefined) this.#look();
    const isMore = this.#versions.length > 0;
    if (!isMore) return this.#endOf(false, this.#answered);
    return this.#answered < this.#limit ? undefined : this.#endOf(true, this.#countAll());
  }

  #endOf(more: boolean, count: number): RangeWalkEnd {
    return { revision: this.#revision, more, count };
  }

  #countAll(): number {
    const request = { ...this.#request, revision: this.#at, countOnly: true };
    return readRange(this.#view, request).count;
  }

  /** Looks up the next keys, in reverse order, so that they are taken from the end. */
  #look(): void {
    if (this.#nextFrom === undefined) return;
    const found: KeyVersion[] = [];
    let from: ByteString | undefined;
    const range = { from: this.#nextFrom, to: this.#range.to };
    this.#view.space.scanAt(range, this.#at, (key, version) => {
      found.push(version);
      if (found.length < KEYS_PER_LOOK) return true;
      from = `${key}\0`;
      return false;
    });
    this.#nextFrom = from;
    this.#versions = found.reverse();
  }

  #assertReadable(): void {
    if (this.#at < this.#view.compactedRevision) throw new EtcdError(etcdErrors.ErrCompacted);
  }
}
