/**
 * What members say to each other: Raft's messages, and what only the leader can answer for the others. The
 * transport carries all of them alike; they may be lost, late, doubled and out of order.
 */
import type { Message } from '@concord/raft';

interface Envelope {
  readonly from: bigint;
  readonly to: bigint;
}

/** A question to the leader that is no log entry: to keep a lease alive, to change the membership. */
export interface CallMessage extends Envelope {
  readonly kind: 'call';
  /** Chosen by the asker, unique over its restarts. */
  readonly number: number;
  /** See `leader-call.ts`. */
  readonly body: Uint8Array;
}

export interface AnswerMessage extends Envelope {
  readonly kind: 'answer';
  /** Of the call. */
  readonly number: number;
  readonly body: Uint8Array;
}

/** "My state hashed to this once I had applied that index", told to the leader at agreed indexes. */
export interface StateHashMessage extends Envelope {
  readonly kind: 'state-hash';
  readonly index: number;
  readonly hash: bigint;
}

export type MemberMessage = Message | CallMessage | AnswerMessage | StateHashMessage;
