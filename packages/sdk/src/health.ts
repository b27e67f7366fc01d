/** How the connection is, for health checks. */
import { ConcordError, type Client, type ConnectionChange, type Duration } from '@concord/client';

/** A check that takes longer is a failed one to whoever asks. */
const HEALTH_TIMEOUT_DEFAULT = '1s';
/** A key that nobody has: the answer matters, not what it says. */
const PROBE_KEY = '/concord/health';

export interface HealthOptions {
  /** How long to wait for the cluster, 1 s by default. */
  readonly timeout?: Duration | undefined;
}

export interface HealthReport {
  /** Whether the cluster answered a linearizable read: it has a leader, and we reach it. */
  readonly isLive: boolean;
  /** How long that took. */
  readonly latencyMs: number;
  /** Why it did not. */
  readonly problem?: string;
  /** The last that was heard of each endpoint. */
  readonly endpoints: Readonly<Record<string, ConnectionChange['state']>>;
}

/** Remembers what is heard of the endpoints, and asks the cluster when asked. */
export class Health implements Disposable {
  readonly #client: Client;
  readonly #endpoints = new Map<string, ConnectionChange['state']>();
  readonly #listening: Disposable;

  constructor(client: Client) {
    this.#client = client;
    for (const endpoint of client.endpoints) this.#endpoints.set(endpoint, 'untried');
    this.#listening = client.events.on('connection', ({ endpoint, state }) => {
      this.#endpoints.set(endpoint, state);
    });
  }

  /** Never rejects because the cluster is away: that is what it tells. */
  async report({ timeout = HEALTH_TIMEOUT_DEFAULT }: HealthOptions): Promise<HealthReport> {
    const startMs = performance.now();
    let problem: string | undefined;
    try {
      await this.#client.kv.get(PROBE_KEY, { timeout });
    } catch (error) {
      if (ConcordError.is(error, 'INVALID_ARGUMENT')) throw error;
      // Not allowed to read is an answer, too.
      if (!ConcordError.is(error, 'FORBIDDEN')) problem = String(error);
    }
    return {
      isLive: problem === undefined,
      latencyMs: performance.now() - startMs,
      ...(problem !== undefined && { problem }),
      endpoints: Object.fromEntries(this.#endpoints),
    };
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
  }
}
