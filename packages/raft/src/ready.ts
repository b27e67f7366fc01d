/**
 * What a replica wants done: effects as data. The caller carries a Ready out in this order, and may
 * ask for the next one without waiting for the disk:
 *
 * 1. start writing `snapshot`, `entries` and `hardState`, behind whatever is being written already;
 * 2. send `messages`, at once and in any order;
 * 3. apply `committed`, in order, and say `applied(index)`;
 * 4. answer the reads in `readStates` as soon as their index is applied;
 * 5. when the write of step 1 is durable, and those before it are, say `persisted(number)`.
 *
 * Messages that must not leave before a write is durable do not appear here at all until it has been
 * reported: there is no order to get wrong.
 */
import type { Entry } from './entry.ts';
import type { HardState } from './hard-state.ts';
import type { MemberId } from './member-id.ts';
import type { Message } from './message.ts';
import type { Snapshot } from './snapshot.ts';
import type { RoleKind } from './role.ts';

/** From `index` on, the read `context` sees every write that was complete when it was asked for. */
export interface ReadState {
  readonly context: number;
  readonly index: number;
}

export interface RoleChange {
  readonly role: RoleKind;
  readonly term: number;
  /** `0n` when no leader is known. */
  readonly leader: MemberId;
}

export interface Ready {
  /** Readys are numbered from 1; `persisted` takes this number. */
  readonly number: number;
  /**
   * Whether there is something that must become durable and be reported: any of `hardState`,
   * `entries` and `snapshot`. They are one write: all of it is durable, or none is reported.
   */
  readonly mustPersist: boolean;
  /** To be saved; present only if it differs from the last one. */
  readonly hardState: HardState | undefined;
  /**
   * To be saved; overwrites the saved log from the first of them on. When a snapshot comes with
   * them they follow it.
   */
  readonly entries: readonly Entry[];
  /** To be installed in place of the state machine and the whole log, before `entries`. */
  readonly snapshot: Snapshot | undefined;
  /** To be sent now, in parallel with the write. */
  readonly messages: readonly Message[];
  /** To be applied: committed, and durable here. At most `committedBytesMax` at a time. */
  readonly committed: readonly Entry[];
  readonly readStates: readonly ReadState[];
  /** Reads whose answer will never come, because the leader that was asked is no longer. */
  readonly readsLost: readonly number[];
  /** Present when role, term or leader differ from what the Ready before said. */
  readonly roleChanged: RoleChange | undefined;
}
