/** How a call to the cluster failed, as gRPC tells it. */
import { goStatusText, StatusCode, type EtcdErrorRow } from '@concord/protocol';

/**
 * How far the call came: there was no connection for it, however long it waited; the member did not look at it; the
 * member may have acted on it; the failure is the member's own answer.
 */
export type Reach = 'unreachable' | 'refused' | 'maybe-sent' | 'answered';

export class CallFailure extends Error {
  override readonly name = 'CallFailure';
  /** One of `StatusCode`, or what a later version has. */
  readonly code: number;
  readonly reach: Reach;

  /** @param message etcd's own where the cluster answered */
  constructor(code: number, message: string, reach: Reach = 'maybe-sent') {
    super(message);
    this.code = code;
    this.reach = reach;
  }

  /** Whether it is this error of etcd's. */
  is(row: EtcdErrorRow): boolean {
    return this.reach === 'answered' && this.code === row.code && this.message === row.message;
  }

  /** `rpc error: code = Unavailable desc = …`, as Go prints it. */
  get goText(): string {
    return goStatusText({ code: this.code as StatusCode, message: this.message });
  }
}

/** The proxy's client gave up, or the proxy ends. */
export const cancelled = (): CallFailure =>
  new CallFailure(StatusCode.CANCELLED, 'context canceled');
