/**
 * Counts of one RPC, as plain numbers: the request path increments them, a scrape of `/metrics` reads them.
 * Names and labels are those of etcd's gRPC metrics.
 */
import type { Histogram } from '../metrics/histogram.ts';
import type { RequestTimes } from '../metrics/request-times.ts';
import type { MethodDescriptor, ServiceDescriptor } from '@concord/protocol';

const STATUS_CODES = 17;

export class MethodMetrics {
  readonly service: string;
  readonly method: string;
  readonly type: string;
  started = 0;
  received = 0;
  sent = 0;
  receivedBytes = 0;
  sentBytes = 0;
  /** Of calls, in seconds, from their arrival to their end; under `--metrics=extensive` alone. */
  handling: Histogram | undefined;
  /** The same, for methods whose time is that of one kind of work. */
  work: Histogram | undefined;
  /** The same by success, for methods that go through the log or wait for it. */
  requests: RequestTimes | undefined;
  /** By gRPC status code. */
  readonly handled: number[] = new Array<number>(STATUS_CODES).fill(0);

  constructor(service: ServiceDescriptor, { name, kind }: MethodDescriptor) {
    this.service = service.name;
    this.method = name;
    this.type = kind === 'bidi' ? 'bidi_stream' : kind.replace('-', '_');
  }

  /** Whether durations are kept, and so worth a look at the clock. */
  get isTimed(): boolean {
    return this.handling !== undefined || this.work !== undefined;
  }

  /** An RPC ended with this status. */
  ended(code: number, microseconds: number): void {
    this.handled[code] = (this.handled[code] ?? 0) + 1;
    this.handling?.observe(microseconds / 1e6);
    this.work?.observe(microseconds / 1e6);
    const { requests } = this;
    if (requests === undefined) return;
    (code === 0 ? requests.success : requests.failure).observe(microseconds / 1e6);
  }
}
