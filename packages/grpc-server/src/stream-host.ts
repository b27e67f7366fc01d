/**
 * What a stream needs of its connection, declared here by the side that uses it.
 */
import type { PeerCertificate } from 'node:tls';

import type { DeadlineWheel } from './deadline-wheel.ts';
import type { ErrorCode } from './frame.ts';
import type { Limits } from './limits.ts';
import type { Sender } from './sender.ts';
import type { Stream } from './stream.ts';
import type { WindowGrants } from './window-grants.ts';

/** See the file comment. */
export interface StreamHost {
  readonly sender: Sender;
  readonly limits: Limits;
  readonly deadlines: DeadlineWheel;
  readonly grants: WindowGrants;
  /** Time at which the chunk being handled was read. */
  readonly nowMs: number;
  readonly peer: string;
  readonly tlsPeerCertificate: PeerCertificate | undefined;
  /** Forgets a stream that is closed on both sides. */
  release(stream: Stream): void;
  /** Sends RST_STREAM and forgets the stream. */
  resetStream(stream: Stream, code: ErrorCode): void;
  /** An application's handler threw. */
  onHandlerError(error: unknown, path: string): void;
}
