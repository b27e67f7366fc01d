/**
 * What committed entries mean: applied in order, synchronously, each to one outcome that depends on the state
 * and the entry alone. Members that have applied the same index hold the same state, and the rolling hash tells.
 *
 * Invariant: an entry that fails changes nothing but the applied index, which every entry advances.
 */
import {
  AlarmRequest_AlarmAction as AlarmAction,
  AlarmType,
  EtcdError,
  etcdErrors,
  type EtcdErrorRow,
  type MembershipRequest,
  type RangeRequest,
  type TxnRequest,
} from '@concord/protocol';
import { assert, type Configuration, type LogPosition } from '@concord/raft';
import { readApplied, writeApplied } from './applied.ts';
import { isRefusedWhenCorrupt, needsSpace } from './alarm-rules.ts';
import { Alarms } from './alarms.ts';
import type { AskedBy } from './auth/asker.ts';
import { Auth } from './auth/auth.ts';
import { Tokens } from './auth/tokens.ts';
import type { ApplyOutcome } from './apply-outcome.ts';
import type { Command } from './command.ts';
import { Downgrade } from './downgrade.ts';
import type { HashKv, HashKvResult } from './hash/hash-kv.ts';
import { RollingHash } from './hash/rolling-hash.ts';
import { LeaseBook } from './lease/lease-book.ts';
import { Lessor } from './lease/lessor.ts';
import { Members } from './members.ts';
import { writeConfiguration } from './configuration-row.ts';
import type { Change } from './mvcc/change.ts';
import { MvccStore } from './mvcc/mvcc-store.ts';
import type { Overlay } from './mvcc/overlay.ts';
import type { RangeResult, TxnResult } from './mvcc/result.ts';
import type { ReplicaOptions } from './replica-options.ts';
import type { ResponseHeaderWriter } from './response-header.ts';
import { applyTxn, readTxn } from './txn/apply-txn.ts';
import { WatchHub } from './watch/watch-hub.ts';
import { leaseNow, type World } from './world.ts';

/** What is read from the store at the start, and again when a snapshot has taken its place. */
interface Parts {
  readonly mvcc: MvccStore;
  readonly leases: LeaseBook;
  readonly lessor: Lessor;
  readonly alarms: Alarms;
  readonly downgrade: Downgrade;
  readonly members: Members;
  readonly auth: Auth;
}

export class StateMachine {
  readonly watches: WatchHub;
  readonly #options: ReplicaOptions;
  readonly #world: World;
  readonly #tokens: Tokens;
  #parts: Parts;
  #hash: RollingHash;
  #applied: LogPosition;
  #expiredCount = 0;

  constructor(options: ReplicaOptions, world: World, header: ResponseHeaderWriter) {
    this.#options = options;
    this.#world = world;
    this.#tokens = new Tokens(options.tokenTtlMs);
    this.#parts = this.#open();
    const { position, hash } = readApplied(this.overlay);
    this.#applied = position;
    this.#hash = new RollingHash(hash);
    this.watches = new WatchHub({
      // Not the store itself: a snapshot puts another in its place.
      history: { history: (from, to, max, visit) => this.mvcc.history(from, to, max, visit) },
      header: (revision) => header.encode(revision),
      random: () => world.random(),
      revision: this.mvcc.revision,
      compactedRevision: this.mvcc.compactedRevision,
      progressIntervalMs: options.progressNotifyMs,
      fragmentBytes: options.fragmentBytes,
    });
  }

  #open(): Parts {
    const mvcc = MvccStore.open(this.#world.store, {
      leaseExists: (id) => this.leases.exists(id),
      onChange: (changes, revision) => this.#changed(changes, revision),
    });
    const leases = new LeaseBook(mvcc.overlay);
    const { electionTimeoutMs } = this.#options;
    return {
      mvcc,
      leases,
      lessor: new Lessor(leases, { electionTimeoutMs }),
      alarms: new Alarms(mvcc.overlay),
      downgrade: new Downgrade(mvcc.overlay),
      members: new Members(mvcc.overlay),
      auth: new Auth({
        rows: mvcc.overlay,
        leases,
        tokens: this.#tokens,
        now: () => this.leaseNow,
        written: (row) => this.#hash.row(row),
        changed: () => this.watches.permissionsChanged(),
      }),
    };
  }

  get mvcc(): MvccStore {
    return this.#parts.mvcc;
  }
  get leases(): LeaseBook {
    return this.#parts.leases;
  }
  get lessor(): Lessor {
    return this.#parts.lessor;
  }
  get alarms(): Alarms {
    return this.#parts.alarms;
  }
  get downgrade(): Downgrade {
    return this.#parts.downgrade;
  }
  get members(): Members {
    return this.#parts.members;
  }
  get auth(): Auth {
    return this.#parts.auth;
  }
  /** The last entry that the state holds. */
  get applied(): LogPosition {
    return this.#applied;
  }
  get revision(): number {
    return this.mvcc.revision;
  }
  get overlay(): Overlay {
    return this.mvcc.overlay;
  }
  /** Of everything applied so far; equal on all members at the same applied index. */
  get hash(): bigint {
    return this.#hash.value;
  }
  /** The halves of the hash, high before low. */
  get hashHalves(): Pick<RollingHash, 'high' | 'low'> {
    return this.#hash;
  }
  /** Leases that ended by themselves since the start. */
  get expiredLeaseCount(): number {
    return this.#expiredCount;
  }

  range(request: RangeRequest, askedBy?: AskedBy): RangeResult | EtcdErrorRow {
    const refused = this.auth.isEnabled
      ? this.auth.access.refuseRange(askedBy, request)
      : undefined;
    return refused ?? outcomeOf(() => this.mvcc.range(request));
  }

  /** A transaction that writes nothing, answered without the log. */
  readTxn(request: TxnRequest, askedBy?: AskedBy): TxnResult | EtcdErrorRow {
    const refused = this.auth.isEnabled ? this.auth.access.refuseTxn(askedBy, request) : undefined;
    return refused ?? outcomeOf(() => readTxn(this.mvcc, request));
  }

  /** Begins to hash the history up to a revision; 0 is the newest. */
  startHash(revision: number): HashKv | EtcdErrorRow {
    return outcomeOf(() => this.mvcc.hashKv(revision));
  }

  /** Undefined while there is more to hash. */
  continueHash(hash: HashKv, rowsMax: number): HashKvResult | EtcdErrorRow | undefined {
    return outcomeOf(() => hash.step(rowsMax));
  }

  /** An entry that carries no command: the first of a leader's term, or a change of membership. */
  skip(index: number, term: number): void {
    this.#advance(index, term);
  }

  /** `askedBy` counts while authentication is on. */
  apply(
    index: number,
    term: number,
    command: Command,
    askedBy?: AskedBy,
  ): ApplyOutcome | EtcdErrorRow {
    this.#advance(index, term);
    const refused =
      this.#refusedByAlarm(command) ??
      (this.auth.isEnabled ? this.auth.access.refuseCommand(askedBy, command) : undefined);
    return refused ?? outcomeOf(() => this.#perform(command, term));
  }

  /** Saves who belongs to the cluster, with the entry that changed it. */
  saveConfiguration(configuration: Configuration): void {
    writeConfiguration(this.overlay, configuration);
  }

  /** A leader's snapshot has taken the place of the store. The watches go on, from its history. */
  restored(): void {
    const authRevision = this.auth.revision;
    this.#parts = this.#open();
    // What the snapshot jumped over may have revoked any of them.
    if (this.auth.revision !== authRevision) this.#tokens.revokeAll();
    const { position, hash } = readApplied(this.overlay);
    assert(position.index > this.#applied.index, 'a snapshot brings news');
    this.#applied = position;
    this.#hash = new RollingHash(hash);
    this.watches.restored(this.revision, this.mvcc.compactedRevision);
    if (this.auth.revision !== authRevision) this.watches.permissionsChanged();
  }

  /** The time by which leases and tokens count, in milliseconds. */
  get leaseNow(): number {
    return leaseNow(this.#world);
  }

  leadershipChanged(isLeader: boolean): void {
    if (isLeader) this.lessor.promote(this.leaseNow);
    else this.lessor.demote();
  }

  /** Whether revisions that compaction made unreadable are still to be deleted. */
  get hasCompactionWork(): boolean {
    return this.mvcc.finishedCompaction < this.mvcc.compactedRevision;
  }

  /** Whether `workInBackground` has anything to do. */
  get hasBackgroundWork(): boolean {
    return this.hasCompactionWork || this.watches.needsCatchUp || this.watches.needsRecheck;
  }

  /** Does a slice of the work that nobody waits for, about `rowsMax` rows of each kind. */
  workInBackground(rowsMax: number): void {
    if (this.hasCompactionWork) this.mvcc.compactionWork(rowsMax);
    this.watches.recheck(rowsMax);
    this.watches.catchUp(rowsMax);
  }

  tick(nowMs: number): void {
    this.watches.tick(nowMs);
    this.#tokens.tick(nowMs);
  }

  /** Hands everything applied so far to the store; false while the batch before is on its way. */
  flush(committed: () => void): boolean {
    if (this.overlay.isCommitting) return false;
    writeApplied(this.overlay, this.#applied, this.#hash.value);
    return this.mvcc.flush(committed);
  }

  #advance(index: number, term: number): void {
    assert(index === this.#applied.index + 1, 'entries are applied one by one, in order');
    this.#applied = { index, term };
    this.#hash.entry(index, term);
  }

  /** What a raised alarm forbids, decided alike on every member because alarms are replicated. */
  #refusedByAlarm(command: Command): EtcdErrorRow | undefined {
    if (this.#isCorrupt && isRefusedWhenCorrupt(command)) return etcdErrors.ErrCorrupt;
    if (this.alarms.isRaised(AlarmType.NOSPACE) && needsSpace(command))
      return etcdErrors.ErrNoSpace;
    return undefined;
  }

  /**
   * Whether too few members are left whose state can be relied on. etcd stops the cluster at the first alarm; here
   * only the member that differs stops serving, as long as a majority is sound.
   */
  get #isCorrupt(): boolean {
    if (!this.alarms.isRaised(AlarmType.CORRUPT)) return false;
    const corrupt = new Set(this.alarms.list(AlarmType.CORRUPT).map(({ memberId }) => memberId));
    const voters = this.members.list().filter(({ isLearner }) => !isLearner);
    const isOfNobody = [...corrupt].some((id) => this.members.get(id) === undefined);
    const sound = voters.filter(({ ID }) => !corrupt.has(ID)).length;
    return isOfNobody || sound <= voters.length / 2;
  }

  #perform(command: Command, term: number): ApplyOutcome | EtcdErrorRow {
    switch (command.kind) {
      case 'put':
        return this.mvcc.put(command.request);
      case 'delete-range':
        return this.mvcc.deleteRange(command.request);
      case 'txn':
        return applyTxn(this.mvcc, command.request);
      case 'compact':
        this.mvcc.compact(command.request.revision);
        this.watches.compacted(command.request.revision);
        return { kind: 'compact' };
      case 'lease-grant':
        return this.#grant(command.request.ID, command.request.TTL);
      case 'lease-revoke':
        return this.#revoke(command.request.ID);
      case 'lease-expiry':
        // Proposed by a leader that has been deposed since: its successor may have renewed the lease.
        if (command.request.term !== term) return etcdErrors.ErrLeaseNotFound;
        this.#expiredCount += 1;
        return this.#revoke(command.request.ID);
      case 'lease-checkpoint':
        for (const { ID, remainingTTL } of command.request.checkpoints) {
          this.leases.checkpoint(ID, remainingTTL);
        }
        return { kind: 'lease-checkpoint' };
      case 'alarm':
        return this.#alarm(command.request);
      case 'downgrade':
        if (command.request.enabled) this.downgrade.begin(command.request.targetVersion);
        else this.downgrade.cancel();
        return { kind: 'downgrade' };
      case 'publish-member':
        this.members.publish(command.request);
        return { kind: 'publish-member' };
      case 'change-member':
        return this.#changeMember(command.request);
      case 'token-issue':
        return this.auth.issueToken(command.request, this.#applied.index);
      default:
        return this.auth.administer(command);
    }
  }

  #changeMember(request: MembershipRequest): ApplyOutcome | EtcdErrorRow {
    const refused = this.members.refuse(request);
    if (refused !== undefined) return refused;
    this.members.change(request);
    return { kind: 'change-member' };
  }

  #grant(id: bigint, ttlSeconds: number): ApplyOutcome | EtcdErrorRow {
    const lease = this.leases.grant(id, ttlSeconds);
    if ('code' in lease) return lease;
    this.lessor.granted(lease, this.leaseNow);
    return { kind: 'lease-grant', id, ttlSeconds };
  }

  #revoke(id: bigint): ApplyOutcome | EtcdErrorRow {
    const lease = this.leases.get(id);
    const keys = this.leases.revoke(id);
    if (lease === undefined || keys === undefined) return etcdErrors.ErrLeaseNotFound;
    this.lessor.revoked(lease);
    if (keys.length > 0) this.mvcc.write((txn) => keys.forEach((key) => txn.deleteKey(key)));
    return { kind: 'lease-revoke' };
  }

  #alarm({
    action,
    memberID,
    alarm,
  }: Extract<Command, { kind: 'alarm' }>['request']): ApplyOutcome {
    const subject = { memberId: memberID, type: alarm };
    if (action === AlarmAction.ACTIVATE) {
      // As in etcd; it would be listed for ever, and without a member its row in a snapshot would have no key.
      if (alarm === AlarmType.NONE) return { kind: 'alarm', alarms: [] };
      return { kind: 'alarm', alarms: this.alarms.raise(subject) };
    }
    if (action === AlarmAction.DEACTIVATE) {
      return { kind: 'alarm', alarms: this.alarms.disarm(subject) };
    }
    return { kind: 'alarm', alarms: this.alarms.list(alarm) };
  }

  #changed(changes: readonly Change[], revision: number): void {
    for (const change of changes) {
      this.leases.move(change.key, change.previousLease, change.lease);
      this.#hash.change(change);
    }
    this.watches.applied(revision, changes);
  }
}

/** Turns an expected failure that was thrown, to undo what was done, into an outcome. */
function outcomeOf<T>(perform: () => T): T | EtcdErrorRow {
  try {
    return perform();
  } catch (error) {
    if (error instanceof EtcdError) return error;
    throw error;
  }
}
