/** What clients did and were told: the history that the checkers judge when a run is over. */
import type { WatchCreateRequest, WatchResponse } from '@concord/protocol';
import type { RequestOf, ResponseOf } from './calls.ts';
import type { CallKind } from './temper.ts';

export type CallOutcome<Kind extends CallKind> =
  | { readonly kind: 'ok'; readonly response: ResponseOf<Kind> }
  | { readonly kind: 'error'; readonly message: string }
  /** The member was not there: nothing has happened. */
  | { readonly kind: 'refused' }
  /** The member died, or did not answer in time: it may have happened or not. */
  | { readonly kind: 'lost' };

/** One call of one client. */
export interface Operation<Kind extends CallKind = CallKind> {
  readonly number: number;
  readonly client: number;
  /** The life that it was sent to, by its label; empty until it has arrived. */
  life: string;
  readonly kind: Kind;
  readonly request: RequestOf<Kind>;
  /** The request as it went over the wire, with a mark that no other request has. */
  readonly bytes: Uint8Array;
  readonly invokedAtMs: number;
  /** The highest log index that was applied anywhere when this call began. */
  readonly indexBefore: number;
  /** When the member got it. */
  arrivedAtMs: number;
  /** Log index that was applied in the member when it answered. */
  answeredIndex: number;
  /** The highest log index that was applied anywhere by then. */
  indexAfter: number;
  completedAtMs: number;
  outcome: CallOutcome<Kind> | undefined;
}

export interface WatchMessage {
  readonly response: WatchResponse;
  /** Log index that was applied in the member when it wrote this. */
  readonly writtenIndex: number;
}

/** One watch on one stream, from its request to its end. */
export interface WatchRecord {
  readonly stream: number;
  readonly request: WatchCreateRequest;
  /** Everything from `created` on that was received. */
  readonly messages: WatchMessage[];
  /** How it ended for the client; `open` when it had not at the end of the run. */
  end: 'open' | 'canceled' | 'compacted' | 'rejected' | 'cut';
}

export interface History {
  readonly operations: Operation[];
  readonly watches: WatchRecord[];
}
