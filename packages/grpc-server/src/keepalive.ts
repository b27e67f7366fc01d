/**
 * Keep-alive in both directions: what pings a client may send (the policy of gRPC servers, with etcd's
 * defaults) and when this server pings a silent client. Plain state machines over a handed-in time.
 */

/** Keep-alive policy; etcd's flags `--grpc-keepalive-*`. */
export interface KeepaliveOptions {
  /** Least time between a client's pings. Default 5,000 ms. */
  readonly minTimeMs: number;
  /** Whether `minTimeMs` also holds without open streams; else pings need two hours. Default false. */
  readonly permitWithoutStream: boolean;
  /** Silence after which this server pings; 0 switches it off. Default 7,200,000 ms. */
  readonly intervalMs: number;
  /** Time for the answer before the connection is cut. Default 20,000 ms; 0 switches it off. */
  readonly timeoutMs: number;
}

/** The defaults of {@link KeepaliveOptions}. */
export const DEFAULT_KEEPALIVE: KeepaliveOptions = {
  minTimeMs: 5_000,
  permitWithoutStream: false,
  intervalMs: 7_200_000,
  timeoutMs: 20_000,
};

/** Least time between pings while no stream is open and that is not permitted. */
const IDLE_PING_MS = 7_200_000;

/** Pings that came too early and are forgiven. */
const STRIKES_MAX = 2;

/** Counts the strikes of a client whose pings come too early. */
export class PingPolicy {
  readonly #options: KeepaliveOptions;
  #lastPingAtMs = Number.NEGATIVE_INFINITY;
  #strikes = 0;

  constructor(options: KeepaliveOptions) {
    this.#options = options;
  }

  /**
   * Judges one ping.
   * @param progress whether headers or data were sent since the last ping, which clears the strikes.
   * @returns false when the client is to be sent away with `too_many_pings`.
   */
  onPing(nowMs: number, openStreams: number, progress: boolean): boolean {
    const sinceLastMs = nowMs - this.#lastPingAtMs;
    this.#lastPingAtMs = nowMs;
    if (progress) {
      this.#strikes = 0;
      return true;
    }
    const { minTimeMs, permitWithoutStream } = this.#options;
    const leastMs = openStreams === 0 && !permitWithoutStream ? IDLE_PING_MS : minTimeMs;
    if (sinceLastMs < leastMs) this.#strikes++;
    return this.#strikes <= STRIKES_MAX;
  }
}

/** What {@link ClientProbe.tick} wants done. */
export type ProbeAction = 'nothing' | 'ping' | 'give-up';

/** Decides when to ping a silent client and when to give it up. */
export class ClientProbe {
  readonly #options: KeepaliveOptions;
  #lastReadAtMs: number;
  #pingSentAtMs: number | undefined;

  constructor(options: KeepaliveOptions, nowMs: number) {
    this.#options = options;
    this.#lastReadAtMs = nowMs;
  }

  /** Bytes came from the client: it is alive. */
  onRead(nowMs: number): void {
    this.#lastReadAtMs = nowMs;
    this.#pingSentAtMs = undefined;
  }

  tick(nowMs: number): ProbeAction {
    const { intervalMs, timeoutMs } = this.#options;
    if (this.#pingSentAtMs !== undefined) {
      const overdue = timeoutMs > 0 && nowMs - this.#pingSentAtMs >= timeoutMs;
      return overdue ? 'give-up' : 'nothing';
    }
    if (intervalMs === 0 || nowMs - this.#lastReadAtMs < intervalMs) return 'nothing';
    this.#pingSentAtMs = nowMs;
    return 'ping';
  }
}
