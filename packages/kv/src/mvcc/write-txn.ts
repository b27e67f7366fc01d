/**
 * The changes of one revision in the making. Reads inside it see the changes made so far; all of them become one
 * revision when it ends, or none of them ever was.
 */
import { decodeKeyRange, EtcdError, etcdErrors, toByteString } from '@concord/protocol';
import type { ByteString, DeleteRangeRequest, PutRequest, RangeRequest } from '@concord/protocol';
import type { Change } from './change.ts';
import type { KeySpace } from './key-space.ts';
import type { KeyVersion } from './key-version.ts';
import { readRange } from './range.ts';
import type { ReadView } from './range.ts';
import { encodeDeletion, valueOfRecord } from './record.ts';
import type { DeleteRangeResult, PutResult, RangeResult } from './result.ts';

const NO_LEASE = 0n;

/** What a transaction needs from the store that it changes. */
export interface WriteWorld extends ReadView {
  leaseExists(id: bigint): boolean;
  /** The record of a key at the end of a revision; undefined where it did not live or is compacted. */
  recordAt(key: ByteString, revision: number): Uint8Array | undefined;
}

/**
 * Throws what a put inside a transaction fails with: `ErrKeyNotFound` where the value or the lease of a missing key
 * is to be kept, or `ErrLeaseNotFound`. A put by itself is asked for its lease first; etcd has it so.
 */
export function assertPutApplies(world: WriteWorld, request: PutRequest): void {
  if (request.ignoreValue || request.ignoreLease) {
    const version = world.space.current(toByteString(request.key));
    if (version === undefined) throw new EtcdError(etcdErrors.ErrKeyNotFound);
  }
  if (request.lease !== NO_LEASE && !world.leaseExists(request.lease)) {
    throw new EtcdError(etcdErrors.ErrLeaseNotFound);
  }
}

export class WriteTxn {
  readonly #world: WriteWorld;
  readonly #space: KeySpace;
  readonly #changes: AppliedChange[] = [];

  constructor(world: WriteWorld) {
    this.#world = world;
    this.#space = world.space;
  }

  /** In the order in which they were made. */
  get changes(): readonly Change[] {
    return this.#changes;
  }

  /** The revision that a response shows at this point: the new one from the first change on. */
  get revision(): number {
    return this.#changes.length === 0 ? this.#world.revision : this.#world.revision + 1;
  }

  range(request: RangeRequest): RangeResult {
    const { compactedRevision } = this.#world;
    return readRange({ space: this.#space, revision: this.revision, compactedRevision }, request);
  }

  put(request: PutRequest): PutResult {
    const key = toByteString(request.key);
    const previous = this.#space.current(key);
    if (request.lease !== NO_LEASE && !this.#world.leaseExists(request.lease)) {
      throw new EtcdError(etcdErrors.ErrLeaseNotFound);
    }
    const keeps = request.ignoreValue || request.ignoreLease;
    if (keeps && previous === undefined) throw new EtcdError(etcdErrors.ErrKeyNotFound);

    const needsRecord = previous !== undefined && (request.prevKv || request.ignoreValue);
    const before = needsRecord ? this.#space.record(previous) : undefined;
    const value =
      request.ignoreValue && before !== undefined ? valueOfRecord(before) : request.value;
    const lease = request.ignoreLease && previous !== undefined ? previous.lease : request.lease;
    this.#put(key, value, lease, previous);
    return { kind: 'put', revision: this.revision, previous: request.prevKv ? before : undefined };
  }

  deleteRange(request: DeleteRangeRequest): DeleteRangeResult {
    const targets: { readonly key: ByteString; readonly version: KeyVersion }[] = [];
    if (request.rangeEnd.length === 0) {
      const key = toByteString(request.key);
      const version = this.#space.current(key);
      if (version !== undefined) targets.push({ key, version });
    } else {
      const range = decodeKeyRange(request.key, request.rangeEnd);
      this.#space.scanCurrent(range, false, (key, version) => {
        targets.push({ key, version });
      });
    }
    const previous = request.prevKv
      ? targets.map(({ version }) => this.#space.record(version))
      : [];
    for (const { key, version } of targets) this.#delete(key, version);
    return { kind: 'delete-range', revision: this.revision, deleted: targets.length, previous };
  }

  /** Deletes one key, as the revocation of its lease does. Answers whether it lived. */
  deleteKey(key: ByteString): boolean {
    const version = this.#space.current(key);
    if (version === undefined) return false;
    this.#delete(key, version);
    return true;
  }

  /** Leaves no trace of the changes made so far. */
  undo(): void {
    for (let change = this.#changes.pop(); change !== undefined; change = this.#changes.pop()) {
      this.#space.undo(change.key, change.revision, change.subRevision);
    }
  }

  #put(key: ByteString, value: Uint8Array, lease: bigint, previous: KeyVersion | undefined): void {
    const revision = this.#world.revision + 1;
    const sub = this.#changes.length;
    const record = this.#space.put(key, revision, sub, value, lease, previous);
    this.#changes.push(
      new AppliedChange(this.#world, 'put', key, revision, sub, record, lease, previous),
    );
  }

  #delete(key: ByteString, version: KeyVersion): void {
    const revision = this.#world.revision + 1;
    const sub = this.#changes.length;
    this.#space.delete(key, revision, sub, version);
    const record = encodeDeletion(key, revision);
    this.#changes.push(
      new AppliedChange(this.#world, 'delete', key, revision, sub, record, NO_LEASE, version),
    );
  }
}

class AppliedChange implements Change {
  readonly kind: 'put' | 'delete';
  readonly key: ByteString;
  readonly revision: number;
  readonly subRevision: number;
  readonly record: Uint8Array;
  readonly lease: bigint;
  readonly previousVersion: KeyVersion | undefined;
  readonly #world: WriteWorld;

  constructor(
    world: WriteWorld,
    kind: 'put' | 'delete',
    key: ByteString,
    revision: number,
    subRevision: number,
    record: Uint8Array,
    lease: bigint,
    previousVersion: KeyVersion | undefined,
  ) {
    this.#world = world;
    this.kind = kind;
    this.key = key;
    this.revision = revision;
    this.subRevision = subRevision;
    this.record = record;
    this.lease = lease;
    this.previousVersion = previousVersion;
  }

  get previousLease(): bigint {
    return this.previousVersion === undefined ? NO_LEASE : this.previousVersion.lease;
  }

  get isCreate(): boolean {
    return this.previousVersion === undefined;
  }

  previous(): Uint8Array | undefined {
    const version = this.previousVersion;
    if (version === undefined) return undefined;
    // A nested transaction may change one key twice; the revision before knows only what was before both.
    const isOfThisRevision = version.modRevision === this.revision;
    if (isOfThisRevision || this.#world.compactedRevision >= this.revision) {
      return this.#world.recordAt(this.key, this.revision - 1);
    }
    return this.#world.space.findRecord(version);
  }
}
