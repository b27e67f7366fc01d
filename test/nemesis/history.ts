/** What clients did and were told: the material that the checkers judge when a run is over. */
import type { WatchCreateRequest, WatchResponse } from '@concord/protocol';
import type { CallKind, RequestOf, ResponseOf } from './load/calls.ts';
import type { Outcome } from './load/member-client.ts';

/** One call of one client. Times are of one monotonic clock. */
export interface Operation<Kind extends CallKind = CallKind> {
  readonly number: number;
  readonly client: string;
  /** Number of the member that was asked. */
  readonly member: number;
  readonly kind: Kind;
  readonly request: RequestOf<Kind>;
  readonly invokedAtMs: number;
  completedAtMs: number;
  /** `unknown` until something is known. */
  outcome: Outcome<ResponseOf<Kind>>;
}

export interface WatchMessage {
  readonly response: WatchResponse;
  readonly receivedAtMs: number;
}

/** One watch on one stream, from its request to its end. */
export interface WatchRecord {
  readonly watcher: string;
  readonly member: number;
  readonly request: WatchCreateRequest;
  readonly messages: WatchMessage[];
  /** How it ended; `open` until it has. */
  end: string;
}

export interface History {
  readonly operations: Operation[];
  readonly watches: WatchRecord[];
}

/** A record that grows while a run goes on. */
export class HistoryBook implements History {
  readonly operations: Operation[] = [];
  readonly watches: WatchRecord[] = [];

  /** Notes that a call begins; the caller completes it. */
  invoke<Kind extends CallKind>(
    client: string,
    member: number,
    kind: Kind,
    request: RequestOf<Kind>,
  ): Operation<Kind> {
    const operation: Operation<Kind> = {
      number: this.operations.length,
      client,
      member,
      kind,
      request,
      invokedAtMs: performance.now(),
      completedAtMs: Infinity,
      outcome: { kind: 'unknown', message: 'under way' },
    };
    this.operations.push(operation);
    return operation;
  }
}

/** Whether an operation is of this kind, for the type checker's sake. */
export function isKind<Kind extends CallKind>(
  operation: Operation,
  kind: Kind,
): operation is Operation<Kind> {
  return operation.kind === kind;
}

/** An operation, for people. */
export function nameOf({
  number,
  client,
  member,
  kind,
  outcome,
  invokedAtMs,
  completedAtMs,
}: Operation): string {
  const times = `${invokedAtMs.toFixed(0)} to ${completedAtMs.toFixed(0)} ms`;
  const end = outcome.kind === 'ok' ? 'ok' : `${outcome.kind}, ${outcome.message}`;
  return `operation ${number} (${kind} of ${client} at member ${member}, ${times}, ${end})`;
}
