/** Whether the cluster answers. */
import { ConcordError, type CallOptions, type Client } from '@concord/client';

export interface Health {
  /** A member has answered, and has a leader. */
  readonly isLive: boolean;
  /** How long the answer took. */
  readonly latencyMs: number;
  /** Why it is not live. */
  readonly problem?: string;
}

/** Shorter than probes usually wait. */
const TIMEOUT_DEFAULT = '2s';
/** The key that `etcdctl endpoint health` reads; it need not be there. */
const PROBE_KEY = 'health';

/** A linearizable read: what only a member in touch with a leader can answer. */
export async function askHealth(client: Client, call: CallOptions): Promise<Health> {
  const startedAtMs = performance.now();
  const latencyMs = (): number => performance.now() - startedAtMs;
  try {
    await client.kv.get(PROBE_KEY, { timeout: TIMEOUT_DEFAULT, ...call });
    return { isLive: true, latencyMs: latencyMs() };
  } catch (error) {
    // Who may not read the key was answered all the same.
    if (ConcordError.is(error, 'FORBIDDEN')) return { isLive: true, latencyMs: latencyMs() };
    const problem = error instanceof Error ? error.message : String(error);
    return { isLive: false, latencyMs: latencyMs(), problem };
  }
}
