/**
 * One watch at the cluster, and the watches of clients that are fed by it.
 *
 * Invariant: it tells of every change from `nextRevision` on. So a watch may be moved here from another broadcast of the
 * same keys whenever that one's `nextRevision` is no lower.
 */
import type { WatchResponse } from '@concord/protocol';
import type { Receiver } from './receiver.ts';
import { SharedEvents } from './shared-events.ts';

export type BroadcastState =
  | { readonly kind: 'waiting' }
  /** Asked for on the stream to the cluster. */
  | { readonly kind: 'creating' }
  | { readonly kind: 'open'; readonly watchId: bigint };

export class Broadcast {
  state: BroadcastState = { kind: 'waiting' };
  /** 0 until the member has said where it begins. */
  nextRevision: number;
  readonly receivers: Set<Receiver>;
  /** The first of its receivers, from which it has the keys. */
  readonly request: Receiver['request'];

  constructor(receiver: Receiver) {
    this.request = receiver.request;
    this.nextRevision = receiver.nextRevision;
    this.receivers = new Set([receiver]);
  }

  /** The member has begun it. */
  created({ header, watchId }: WatchResponse): void {
    this.state = { kind: 'open', watchId };
    if (this.nextRevision <= 0) this.nextRevision = (header?.revision ?? 0) + 1;
    for (const receiver of this.receivers) receiver.created(header);
  }

  /**
   * Something happened, or nothing did. Answers the receivers whose client is behind: they are not fed from here any more.
   */
  told({ header, events }: WatchResponse): readonly Receiver[] {
    if (events.length === 0) {
      this.progressed(header?.revision ?? 0);
      for (const receiver of this.receivers) receiver.progressed(header);
      return [];
    }
    const shared = new SharedEvents(events);
    this.progressed(shared.lastRevision);
    const behind: Receiver[] = [];
    for (const receiver of this.receivers) {
      if (receiver.told(header, shared)) continue;
      this.receivers.delete(receiver);
      behind.push(receiver);
    }
    return behind;
  }

  /** Everything up to this revision was told. */
  progressed(revision: number): void {
    this.nextRevision = Math.max(this.nextRevision, revision + 1);
  }

  canceled({ header, compactRevision, cancelReason }: WatchResponse): void {
    for (const receiver of [...this.receivers]) {
      receiver.canceled({ header, compactRevision, cancelReason });
    }
    this.receivers.clear();
  }

  /** Takes over the receivers of another one, which is no further back. */
  absorb(other: Broadcast): void {
    for (const receiver of other.receivers) this.receivers.add(receiver);
    other.receivers.clear();
  }
}
