/**
 * Registers an instance and leaves: what keeps it alive is somebody else's, or nobody's, and then it is gone when its time
 * is over. For programs that cannot keep a session, and for trying things out.
 */
import { randomUUID } from 'node:crypto';
import { compare, missing, op, type CallOptions, type Client } from '@concord/client';
import {
  RECORD_BYTES_MAX,
  decodeInstance,
  encodeRecord,
  registryKeys,
  type InstanceRecord,
} from '@concord/registry/records';
import { CommandError } from '../../command-error.ts';
import { letGo } from './deregistration.ts';

export type DetachedRecord = Omit<
  InstanceRecord,
  'incarnation' | 'registeredAt' | 'servingSince' | 'ttlMs'
>;

export interface Detached {
  readonly id: string;
  readonly lease: bigint;
  /** As the cluster granted it. */
  readonly ttlMs: number;
  readonly revision: number;
}

/** @param isReplacing - whether the id may be taken over from another address */
export async function registerDetached(
  client: Client,
  record: DetachedRecord,
  { ttlMs, isReplacing }: { readonly ttlMs: number; readonly isReplacing: boolean },
  call: CallOptions,
): Promise<Detached> {
  const { service, id } = record;
  const key = registryKeys.instance(service, id);
  const entry = await client.kv.get(key, call);
  const holder = entry && decodeInstance(service, id, entry);
  const known = holder?.ok === true ? holder.value : undefined;
  const isSame = known?.address === record.address && known.port === record.port;
  if (known !== undefined && !isSame && !isReplacing) {
    throw new CommandError(
      `instance "${id}" of "${service}" is registered at ${known.endpoint}: choose another --id, or take it over with --replace`,
    );
  }
  const now = Date.now();
  // The same address is the same instance: its life goes on.
  const text = encodeRecord({
    ...record,
    incarnation: isSame ? known.incarnation : randomUUID(),
    ttlMs,
    registeredAt: isSame ? known.registeredAt : now,
    ...(record.state === 'serving' && {
      servingSince: (isSame ? known.servingSince : undefined) ?? now,
    }),
  });
  const bytes = Buffer.byteLength(text);
  if (bytes > RECORD_BYTES_MAX) {
    throw new CommandError(`the instance has ${bytes} bytes, and ${RECORD_BYTES_MAX} are the most`);
  }
  const granted = await client.leases.grant(ttlMs, call);
  const isAsRead =
    entry === undefined ? missing(key) : compare(key).modRevision('=', entry.modRevision);
  const answer = await client.kv
    .txn()
    .if(isAsRead)
    .then(op.put(key, text, { lease: granted.lease }))
    .commit({ ...call, repeatable: true });
  if (!answer.succeeded) {
    await letGo(client, granted.lease);
    throw new CommandError(
      `somebody else wrote instance "${id}" of "${service}" meanwhile: try again`,
    );
  }
  if (entry !== undefined) await letGo(client, entry.lease);
  return { id, ...granted, revision: answer.revision };
}
