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

/** Asks the cluster; never rejects because it is away, that is what it tells. */
export async function healthOf(
  client: Client,
  { timeout = HEALTH_TIMEOUT_DEFAULT }: HealthOptions,
): Promise<HealthReport> {
  const startMs = performance.now();
  let problem: string | undefined;
  try {
    await client.kv.get(PROBE_KEY, { timeout });
  } catch (error) {
    if (ConcordError.is(error, 'INVALID_ARGUMENT')) throw error;
    // Not allowed to read is an answer, too.
    if (!ConcordError.is(error, 'FORBIDDEN')) problem = String(error);
  }
  return {
    isLive: problem === undefined,
    latencyMs: performance.now() - startMs,
    ...(problem !== undefined && { problem }),
    endpoints: Object.fromEntries(
      client.connections.map(({ endpoint, state }) => [endpoint, state]),
    ),
  };
}
