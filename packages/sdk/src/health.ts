/** Whether the cluster answers. */
import {
  ConcordError,
  type CallOptions,
  type Client,
  type ConnectionChange,
} from '@concord/client';

export interface Health {
  /** A member has answered, and has a leader. */
  readonly isLive: boolean;
  /** How long the answer took. */
  readonly latencyMs: number;
  /** Why it is not live. */
  readonly problem?: string;
  /** How each endpoint was when it was last heard of. */
  readonly endpoints: Readonly<Record<string, ConnectionChange['state']>>;
}

/** Shorter than probes usually wait. */
const TIMEOUT_DEFAULT = '2s';
/** The key that `etcdctl endpoint health` reads; it need not be there. */
const PROBE_KEY = 'health';

/** A linearizable read: what only a member in touch with a leader can answer. */
export async function askHealth(client: Client, call: CallOptions): Promise<Health> {
  const startedAtMs = performance.now();
  const problem = await problemOf(client, call);
  return {
    isLive: problem === undefined,
    latencyMs: performance.now() - startedAtMs,
    ...(problem !== undefined && { problem }),
    endpoints: Object.fromEntries(
      client.connections.map(({ endpoint, state }) => [endpoint, state]),
    ),
  };
}

async function problemOf(client: Client, call: CallOptions): Promise<string | undefined> {
  try {
    await client.kv.get(PROBE_KEY, { timeout: TIMEOUT_DEFAULT, ...call });
    return undefined;
  } catch (error) {
    // Who may not read the key was answered all the same.
    if (ConcordError.is(error, 'FORBIDDEN')) return undefined;
    return error instanceof Error ? error.message : String(error);
  }
}
