/** Hears of calls as they come and as they end; must change nothing. */
import type { Metadata } from '@concord/grpc-server';
import type { MethodMetrics } from './method-metrics.ts';

export interface CallObserver {
  /** A unary call that takes as long is told to `slow`. */
  readonly slowMicroseconds: number;
  /** A method is offered from now on. */
  registered?(metrics: MethodMetrics): void;
  began(metadata: Metadata, type: 'unary' | 'stream'): void;
  /** A unary call has ended, after this many milliseconds, with this status. */
  slow(path: string, code: number, milliseconds: number): void;
}

export const nobodyObserves: CallObserver = {
  slowMicroseconds: Infinity,
  began: () => undefined,
  slow: () => undefined,
};
