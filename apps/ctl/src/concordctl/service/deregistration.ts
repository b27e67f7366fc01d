/** Takes an instance out for good: marked as draining first, so that consumers tell it from one that was lost. */
import { ConcordError, compare, op, type Client } from '@concord/client';
import { registryKeys, type InstanceRecord } from '@concord/registry/records';
import { waitForConsumers, type Seen } from './consumers.ts';
import { readInstance } from './instances.ts';

export interface Deregistered extends Seen {
  /** Undefined when somebody registered it anew meanwhile, who has the last word. */
  readonly revision: number | undefined;
}

export async function deregister(
  client: Client,
  { service, id }: { readonly service: string; readonly id: string },
  { waitMs, signal }: { readonly waitMs: number; readonly signal: AbortSignal },
): Promise<Deregistered> {
  const call = { signal };
  const { entry } = await readInstance(client, service, id, call);
  const drained = JSON.stringify({ ...entry.json<InstanceRecord>(), state: 'draining' });
  const key = registryKeys.instance(service, id);
  const marked = await client.kv
    .txn()
    .if(compare(key).modRevision('=', entry.modRevision))
    .then(op.put(key, drained, { keepLease: true }))
    .commit(call);
  if (!marked.succeeded) return deregister(client, { service, id }, { waitMs, signal });
  const { revision } = marked;
  const seen = await waitForConsumers(client, service, {
    of: 'instances',
    revision,
    waitMs,
    signal,
  });
  const removed = await client.kv
    .txn()
    .if(compare(key).modRevision('=', revision))
    .then(op.delete(key), op.delete(registryKeys.override(service, id)))
    .commit({ repeatable: true });
  if (!removed.succeeded) return { ...seen, revision: undefined };
  await letGo(client, entry.lease);
  return { ...seen, revision: removed.revision };
}

/** A lease that has nothing left to hold is ended; one that has gone already is no matter. */
export async function letGo(client: Client, lease: bigint): Promise<void> {
  if (lease === 0n) return;
  try {
    const { keys } = await client.leases.timeToLive(lease, { keys: true });
    if (keys.length === 0) await client.leases.revoke(lease);
  } catch (error) {
    if (!ConcordError.is(error)) throw error;
  }
}
