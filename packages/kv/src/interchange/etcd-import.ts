/**
 * Rows of etcd's database become the content of an empty store: keys with all their revisions, the state of compaction,
 * leases, alarms, users and roles. Who was a member of the cluster is not taken over: what is restored is a new one.
 *
 * Rows come in the order of a file, where leases come behind the keys that hang on them; so keys are attached at the
 * end. The caller stores what has gathered whenever `isFull` says so.
 */
import {
  ALL_KEYS,
  AlarmMember,
  KeyValue,
  LeaseRecord,
  Member,
  ProtocolDecodeError,
  encode,
  fromByteString,
  toByteString,
  type ByteString,
} from '@concord/protocol';
import type { LogPosition } from '@concord/raft';
import { Alarms } from '../alarms.ts';
import { writeApplied } from '../applied.ts';
import { RollingHash } from '../hash/rolling-hash.ts';
import { encodeLease, idPrefix, noValue } from '../lease/lease-row.ts';
import { Lease } from '../lease/lease.ts';
import { NEVER_COMPACTED } from '../mvcc/compaction.ts';
import { KeySpace } from '../mvcc/key-space.ts';
import { writeMeta } from '../mvcc/meta.ts';
import { Overlay } from '../mvcc/overlay.ts';
import { encodeDeletion } from '../mvcc/record.ts';
import type { OrderedStore } from '../ordered-store.ts';
import { memberKey } from '../members.ts';
import { AuthRows } from './etcd-auth.ts';
import {
  etcdBuckets,
  metaKeys,
  readEtcdMember,
  readEtcdNumber,
  type EtcdBucket,
} from './etcd-bucket.ts';
import { EtcdRowError, parseRevisionKey } from './etcd-row.ts';

/** Of an empty store. */
const FIRST_REVISION = 1;
/** What is gathered before it is stored: some 10,000 small keys. */
const BATCH_BYTES = 16 << 20;

/** What was found, and not only taken over. */
export interface EtcdImportReport {
  /** Of the newest change, raised by what was asked for. */
  readonly revision: number;
  /** `NEVER_COMPACTED` for none. */
  readonly compactedRevision: number;
  readonly keyCount: number;
  readonly leaseCount: number;
  readonly alarmCount: number;
  /** Users and roles that were seen, and whether they were taken over. */
  readonly auth: {
    readonly isEnabled: boolean;
    readonly users: number;
    readonly roles: number;
    readonly isTaken: boolean;
  };
  /** Names of buckets that no release of etcd up to 3.6 writes; not taken over. */
  readonly unknownBuckets: readonly string[];
}

export interface EtcdImportOptions {
  /** Whether users and roles are taken over, and not only counted; without them authentication is off. Default true. */
  readonly takesAuth?: boolean;
  /** Whether a log is to be replayed behind it: that needs the members, and the position. Default false. */
  readonly isReplayed?: boolean;
}

export interface EtcdImportEnd {
  /** Where the log of the new cluster begins. */
  readonly position: LogPosition;
  /** By how much the revision is raised, and everything below marked as compacted; 0 for neither. */
  readonly revisionBump: number;
}

export class EtcdImport {
  readonly #overlay: Overlay;
  readonly #space: KeySpace;
  readonly #alarms: Alarms;
  readonly #leases = new Set<bigint>();
  readonly #hash = new RollingHash();
  readonly #unknownBuckets = new Set<string>();
  #revision = FIRST_REVISION;
  #scheduled = NEVER_COMPACTED;
  #finished = NEVER_COMPACTED;
  readonly #auth = new AuthRows();
  readonly #takesAuth: boolean;
  readonly #isReplayed: boolean;
  #index = 0;
  #term = 0;

  /** @param store empty */
  constructor(
    store: OrderedStore,
    { takesAuth = true, isReplayed = false }: EtcdImportOptions = {},
  ) {
    this.#takesAuth = takesAuth;
    this.#isReplayed = isReplayed;
    this.#overlay = new Overlay(store);
    this.#space = new KeySpace(this.#overlay);
    this.#alarms = new Alarms(this.#overlay);
  }

  /** The last entry whose effects are in the rows, where a log is to be replayed. */
  get position(): LogPosition {
    return { index: this.#index, term: this.#term };
  }

  /** Whether `store` should be called before more rows are taken. */
  get isFull(): boolean {
    return this.#overlay.bytes >= BATCH_BYTES;
  }

  /** Throws `EtcdRowError` for a row that etcd cannot have written. The value is copied. */
  take(bucket: ByteString, key: ByteString, value: Uint8Array): void {
    try {
      if (!isEtcdBucket(bucket)) this.#unknownBuckets.add(bucket);
      else this.#takeKnown(bucket, key, value);
    } catch (error) {
      if (!(error instanceof ProtocolDecodeError)) throw error;
      throw new EtcdRowError(
        `a row of the bucket ${bucket} that cannot be read (${error.message})`,
        'its message',
      );
    }
  }

  /** Hands what has gathered to the store. One call at a time: wait for `stored`. */
  store(stored: () => void): void {
    this.#space.segments.save();
    this.#overlay.flush(stored);
  }

  /** When all rows are taken and stored: attaches the keys to their leases, some at a time. Answers where to go on. */
  attachKeys(from: ByteString, keysMax: number): ByteString | undefined {
    const attached: { readonly key: ByteString; readonly lease: bigint }[] = [];
    const reached = { count: 0, next: undefined as ByteString | undefined };
    this.#space.scanCurrent({ ...ALL_KEYS, from }, false, (key, { lease }) => {
      if (reached.count++ === keysMax) {
        reached.next = key;
        return false;
      }
      if (this.#leases.has(lease)) attached.push({ key, lease });
      return true;
    });
    for (const { key, lease } of attached) {
      this.#overlay.set('lease-keys', idPrefix(lease) + key, noValue);
    }
    return reached.next;
  }

  /** What must be known of the whole. Call `store` once more behind it. */
  finish({ position, revisionBump }: EtcdImportEnd): EtcdImportReport {
    const newest = Math.max(this.#revision, this.#scheduled);
    const revision = newest + revisionBump;
    if (revisionBump > 0) this.#scheduled = revision;
    writeMeta(this.#overlay, 'revision', revision);
    if (this.#scheduled !== NEVER_COMPACTED) {
      writeMeta(this.#overlay, 'scheduled-compaction', this.#scheduled);
    }
    if (this.#finished !== NEVER_COMPACTED) {
      writeMeta(this.#overlay, 'finished-compaction', this.#finished);
    }
    if (this.#takesAuth) this.#auth.write(this.#overlay, (row) => this.#hash.row(row));
    writeApplied(this.#overlay, position, this.#hash.value);
    return {
      revision,
      compactedRevision: Math.max(this.#scheduled, this.#finished),
      keyCount: this.#space.segments.total,
      leaseCount: this.#leases.size,
      alarmCount: this.#alarms.list(0).length,
      auth: {
        isEnabled: this.#auth.isEnabled,
        users: this.#auth.userCount,
        roles: this.#auth.roleCount,
        isTaken: this.#takesAuth,
      },
      unknownBuckets: [...this.#unknownBuckets],
    };
  }

  #takeKnown(bucket: EtcdBucket, key: ByteString, value: Uint8Array): void {
    switch (bucket) {
      case 'key':
        return this.#takeRevision(key, value);
      case 'lease':
        return this.#takeLease(value);
      case 'alarm':
        return this.#takeAlarm(key);
      case 'meta':
        return this.#takeMeta(key, value);
      case 'auth':
        return this.#auth.takeState(key, value);
      case 'authUsers':
        return this.#auth.takeUser(value);
      case 'authRoles':
        return this.#auth.takeRole(value);
      case 'members':
      case 'members_removed':
        return this.#takeMember(bucket, key, value);
      case 'cluster':
        return;
    }
  }

  #takeRevision(row: ByteString, value: Uint8Array): void {
    const { main, sub, isTombstone } = parseRevisionKey(row);
    this.#revision = main;
    // What `--bump-revision` of etcdutl leaves behind: a revision without a change.
    if (value.length === 0) return;
    const { key: bytes, ...put } = KeyValue.decode(value);
    if (bytes.length === 0)
      throw new EtcdRowError(`revision ${main} of an empty key`, 'the key of a change');
    const key = toByteString(bytes);
    const previous = this.#space.current(key);
    const change = { key, revision: main, subRevision: sub, ...unlinked };
    if (isTombstone) {
      this.#space.delete(key, main, sub, previous);
      this.#hash.change({ kind: 'delete', ...change, record: encodeDeletion(key, main) });
      return;
    }
    assertPut(main, put);
    const record = this.#space.adopt(key, put.value, { ...put, subRevision: sub }, previous);
    this.#hash.change({ kind: 'put', ...change, record });
  }

  #takeLease(value: Uint8Array): void {
    const { ID, TTL, RemainingTTL } = LeaseRecord.decode(value);
    if (ID === 0n || TTL <= 0)
      throw new EtcdRowError(`lease ${ID} of ${TTL} s`, 'an id and a time');
    this.#leases.add(ID);
    const lease = new Lease(ID, TTL, Math.max(0, RemainingTTL));
    this.#overlay.set('leases', idPrefix(ID), encodeLease(lease));
  }

  #takeAlarm(key: ByteString): void {
    const { memberID, alarm } = AlarmMember.decode(fromByteString(key));
    this.#alarms.raise({ memberId: memberID, type: alarm });
  }

  #takeMember(bucket: 'members' | 'members_removed', key: ByteString, value: Uint8Array): void {
    if (!this.#isReplayed) return;
    const member = readEtcdMember(key, bucket === 'members' ? value : undefined);
    const row = bucket === 'members' ? encode(Member, member) : noValue;
    const table = bucket === 'members' ? 'members' : 'removed-members';
    this.#overlay.set(table, memberKey(member.ID), row);
  }

  #takeMeta(key: ByteString, value: Uint8Array): void {
    if (this.#isReplayed && key === metaKeys.consistentIndex) this.#index = readEtcdNumber(value);
    if (this.#isReplayed && key === metaKeys.term) this.#term = readEtcdNumber(value);
    const isScheduled = key === metaKeys.scheduledCompaction;
    if (!isScheduled && key !== metaKeys.finishedCompaction) return;
    const { main } = parseRevisionKey(toByteString(value));
    if (isScheduled) this.#scheduled = main;
    else this.#finished = main;
  }
}

/** The numbers of a put, which are encoded anew. */
function assertPut(
  revision: number,
  {
    modRevision,
    createRevision,
    version,
  }: Pick<KeyValue, 'modRevision' | 'createRevision' | 'version'>,
): void {
  if (modRevision !== revision) {
    const found = `a change that calls itself revision ${modRevision} in the row of revision ${revision}`;
    throw new EtcdRowError(found, 'its own revision');
  }
  if (createRevision > 0 && createRevision <= modRevision && version > 0) return;
  throw new EtcdRowError(
    `version ${version} of a key created at revision ${createRevision} in the row of revision ${revision}`,
    'a key created then or before, and a version from 1 on',
  );
}

/** The rest of a change: the hash does not look at it. */
const unlinked = { lease: 0n, previousLease: 0n, isCreate: false, previous: () => undefined };

function isEtcdBucket(name: string): name is EtcdBucket {
  return (etcdBuckets as readonly string[]).includes(name);
}
