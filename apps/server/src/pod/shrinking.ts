/**
 * Takes members out of a cluster before their pods are deleted. A StatefulSet that is made smaller just ends pods, and
 * members that are gone go on counting for the majority: of three, two would be left to lose it by the third.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { GrpcError } from '../bootstrap/grpc-call.ts';
import { formatId } from '../identity.ts';
import type { ClusterAdministrator } from './cluster-administrator.ts';

/** The cluster refuses where too few would be left that answer: one that restarts is back within a minute. */
const ATTEMPTS_MAX = 60;
const RETRY_MS = 1000;

/**
 * Removes the members whose names are `prefix` and a number from `replicas` on, the highest first. Members of other names
 * are nobody's business here. Throws `GrpcError`.
 */
export async function shrink(
  administrator: Pick<ClusterAdministrator, 'members' | 'remove'>,
  replicas: number,
  prefix: string,
  print: (text: string) => void,
  retryMs = RETRY_MS,
): Promise<void> {
  const { members } = await persistently(() => administrator.members(), retryMs);
  const surplus = members
    .map(({ ID, name }) => ({ id: ID, name, ordinal: ordinalOf(name, prefix) }))
    .filter(({ ordinal }) => ordinal !== undefined && ordinal >= replicas)
    .sort((a, b) => (b.ordinal ?? 0) - (a.ordinal ?? 0));
  for (const { id, name } of surplus) {
    await persistently(() => administrator.remove(id), retryMs);
    print(`removed ${name}, member ${formatId(id)}\n`);
  }
  if (surplus.length === 0) print(`no member to remove: ${members.length} are there\n`);
}

function ordinalOf(name: string, prefix: string): number | undefined {
  if (!name.startsWith(prefix)) return undefined;
  const rest = name.slice(prefix.length);
  return /^\d{1,6}$/.test(rest) ? Number(rest) : undefined;
}

async function persistently<Result>(
  attempt: () => Promise<Result>,
  retryMs: number,
): Promise<Result> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof GrpcError) || attempts === ATTEMPTS_MAX) throw error;
      await sleep(retryMs);
    }
  }
}
