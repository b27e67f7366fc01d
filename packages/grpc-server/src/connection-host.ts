/**
 * What a connection needs of its server, declared by the side that uses it.
 */
import type { Server as HttpServer } from 'node:http';

import type { Method } from './call.ts';
import type { Clock } from './clock.ts';
import type { Connection } from './connection.ts';
import type { DeadlineWheel } from './deadline-wheel.ts';
import type { KeepaliveOptions } from './keepalive.ts';
import type { Limits } from './limits.ts';
import type { OutputPool } from './output.ts';

/** See the file comment. */
export interface ConnectionHost {
  readonly clock: Clock;
  readonly limits: Limits;
  readonly keepalive: KeepaliveOptions;
  readonly methods: ReadonlyMap<string, Method>;
  readonly deadlines: DeadlineWheel;
  readonly outputPool: OutputPool;
  /** Calls `connection.flush` at the end of this turn of the event loop. */
  flushLater(connection: Connection): void;
  /** Serves requests that are not gRPC, if there is one. */
  readonly http: HttpServer | undefined;
  /** An application's handler threw. */
  onHandlerError(error: unknown, path: string): void;
  /** The connection is gone. */
  onClosed(connection: Connection): void;
}
