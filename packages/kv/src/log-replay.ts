/**
 * Entries of a log applied to a store outside of any cluster, to make a state again that there was: that of an entry, or
 * the last one of a revision. Through the state machine that applied them the first time, so what comes out is the same.
 *
 * Invariant: the store never holds the effects of an entry behind the wanted state.
 */
import { MembershipRequest } from '@concord/protocol';
import { assert, decodeMembershipChange, type Entry, type LogPosition } from '@concord/raft';
import { writeApplied } from './applied.ts';
import { BY_MEMBER } from './auth/asker.ts';
import { askedByOf, decodeCommand } from './command.ts';
import type { EtcdImportReport } from './interchange/etcd-import.ts';
import { NEVER_COMPACTED } from './mvcc/compaction.ts';
import { writeMeta } from './mvcc/meta.ts';
import { Overlay } from './mvcc/overlay.ts';
import type { OrderedStore } from './ordered-store.ts';
import type { ReplicaOptions } from './replica-options.ts';
import { ResponseHeaderWriter } from './response-header.ts';
import { StateMachine } from './state-machine.ts';
import type { World } from './world.ts';

/** What is gathered before it is stored. */
const BATCH_BYTES = 16 << 20;

export interface ReplayEnd {
  /** Where the log of the new cluster begins. */
  readonly position: LogPosition;
  /** By how much the revision is raised, and everything below marked as compacted; 0 for neither. */
  readonly revisionBump: number;
  /** Whether users and roles are left out: then authentication is off. */
  readonly isAuthDropped: boolean;
}

export class LogReplay {
  readonly #store: OrderedStore;
  readonly #revisionMax: number;
  #machine: StateMachine;
  /** Whether the store holds a state of the wanted revision: what is applied from there on may have to be undone. */
  #isEndStored: boolean;
  /** The entries since then, in order. */
  #sinceStored: Entry[] = [];
  #isPast = false;

  /**
   * @param store what an import left, with the position that it was taken at
   * @param revisionMax `apply` refuses the entry that makes a later revision; default: none
   */
  constructor(store: OrderedStore, revisionMax = Infinity) {
    this.#store = store;
    this.#revisionMax = revisionMax;
    this.#machine = openMachine(store);
    this.#isEndStored = this.revision === revisionMax;
  }

  get applied(): LogPosition {
    return this.#machine.applied;
  }

  get revision(): number {
    return this.#machine.revision;
  }

  /** Whether `store` is to be called before more entries are applied. */
  get isFull(): boolean {
    const isEndReached = this.revision === this.#revisionMax && !this.#isEndStored;
    return isEndReached || this.#machine.overlay.bytes >= BATCH_BYTES;
  }

  /** Applies the next entry. Answers `false`, and leaves it out, if it makes a revision behind the wanted one. */
  apply(entry: Entry): boolean {
    assert(!this.#isPast, 'nothing is applied behind the wanted state');
    applyTo(this.#machine, entry);
    if (this.revision > this.#revisionMax) {
      assert(this.#isEndStored, 'the wanted state is stored before it is left');
      this.#undo();
      return false;
    }
    if (this.#isEndStored) this.#sinceStored.push(entry);
    return true;
  }

  /** One call at a time: wait for `stored`. */
  store(stored: () => void): void {
    this.#sinceStored = [];
    this.#isEndStored = this.revision === this.#revisionMax;
    const isTaken = this.#machine.flush(stored);
    assert(isTaken, 'one batch is stored at a time');
  }

  /** Makes it the content of a new cluster, whose members are still to be written. `stored` is told what there is. */
  finish(end: ReplayEnd, stored: (report: EtcdImportReport) => void): void {
    this.store(() => {
      const overlay = new Overlay(this.#store);
      const report = this.#report(end);
      empty(overlay, 'members');
      empty(overlay, 'removed-members');
      if (end.isAuthDropped) dropAuth(overlay);
      if (end.revisionBump > 0) {
        writeMeta(overlay, 'revision', report.revision);
        writeMeta(overlay, 'scheduled-compaction', report.revision);
      }
      writeApplied(overlay, end.position, this.#machine.hash);
      overlay.flush(() => stored(report));
    });
  }

  /** The machine is made anew from the store, and what it had applied since then is applied again. */
  #undo(): void {
    this.#machine = openMachine(this.#store);
    for (const entry of this.#sinceStored) applyTo(this.#machine, entry);
    this.#isPast = true;
  }

  #report({ revisionBump, isAuthDropped }: ReplayEnd): EtcdImportReport {
    const { mvcc, leases, alarms, auth } = this.#machine;
    const revision = this.revision + revisionBump;
    return {
      revision,
      compactedRevision:
        revisionBump > 0 ? revision : Math.max(NEVER_COMPACTED, mvcc.compactedRevision),
      keyCount: mvcc.keyCount,
      leaseCount: leases.size,
      alarmCount: alarms.list(0).length,
      auth: {
        isEnabled: auth.isEnabled,
        users: auth.book.userCount,
        roles: auth.book.roleCount,
        isTaken: !isAuthDropped,
      },
      unknownBuckets: [],
    };
  }
}

function dropAuth(overlay: Overlay): void {
  empty(overlay, 'users');
  empty(overlay, 'roles');
  overlay.set('meta', 'auth-enabled', null);
  overlay.set('meta', 'auth-revision', null);
}

function empty(overlay: Overlay, table: Parameters<Overlay['scan']>[0]): void {
  const keys: string[] = [];
  overlay.scan(table, { from: '' }, (key) => {
    keys.push(key);
  });
  for (const key of keys) overlay.set(table, key, null);
}

/** As `Applier` does it on a member, where nobody waits. Who votes is decided anew at the end. */
function applyTo(machine: StateMachine, { index, term, kind, data }: Entry): void {
  if (kind === 'membership') {
    const context = decodeMembershipChange(data)?.context;
    if (context === undefined || context.length === 0) return machine.skip(index, term);
    const request = MembershipRequest.decode(context);
    machine.apply(index, term, { kind: 'change-member', request }, BY_MEMBER);
    return;
  }
  if (data.length === 0) return machine.skip(index, term);
  machine.apply(
    index,
    term,
    decodeCommand(data),
    machine.auth.isEnabled ? askedByOf(data) : undefined,
  );
}

function openMachine(store: OrderedStore): StateMachine {
  return new StateMachine(options, worldOf(store), new ResponseHeaderWriter(0n, 0n, () => 0));
}

/** Of a replica that there is not: nothing here is sent, timed or elected. */
const options: ReplicaOptions = {
  clusterId: 0n,
  memberId: 0n,
  raft: {},
  requestTimeoutMs: 0,
  electionTimeoutMs: 0,
  logEntriesKept: 0,
  membership: { isStrict: false, learnersMax: 0 },
  progressNotifyMs: 0,
  fragmentBytes: 0,
};

function worldOf(store: OrderedStore): World {
  return {
    store,
    log: { append: () => undefined, release: () => undefined },
    transport: { send: () => undefined, connectedSinceMs: () => undefined },
    snapshots: { hold: () => undefined, install: () => undefined },
    now: () => 0,
    random: () => 0,
    membershipChanged: () => undefined,
    roleChanged: () => undefined,
    schedule: () => undefined,
  };
}
