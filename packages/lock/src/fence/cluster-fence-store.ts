/**
 * Tokens in the cluster, seen by all processes. For a resource outside of it this narrows the gap and does not close it: a
 * writer may stand still between the comparison and the write. What is written in the cluster itself takes
 * `lock.guard()`.
 */
import { compare, ConcordError, missing, op, type Client } from '@concord/client';
import { checkToken, type FenceStore } from './fence-store.ts';

/** Everybody who comes in between has raised the token, so the next look mostly ends it. */
const ATTEMPTS_MAX = 16;

export class ClusterFenceStore implements FenceStore {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  async compareAndRaise(resource: string, token: number): Promise<boolean> {
    checkToken(token);
    const key = fenceKey(resource);
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      const entry = await this.#client.kv.get(key);
      const highest = entry === undefined ? 0 : Number(entry.text);
      if (highest === token) return true;
      if (!(highest < token)) return false; // What cannot be read lets nobody in.
      const unchanged =
        entry === undefined ? missing(key) : compare(key).modRevision('=', entry.modRevision);
      const { succeeded } = await this.#client.kv
        .txn()
        .if(unchanged)
        .then(op.put(key, String(token)))
        .commit();
      if (succeeded) return true;
    }
    throw new ConcordError('CONFLICT', {
      operation: 'fence.compareAndRaise',
      subject: resource,
      problem: `others wrote the token of ${JSON.stringify(resource)} ${ATTEMPTS_MAX} times meanwhile`,
      remedy: 'try again',
      retryable: true,
    });
  }
}

/** Where the highest token of a resource is kept. */
export function fenceKey(resource: string): string {
  return `/concord/lock/fences/${encodeURIComponent(resource)}`;
}
