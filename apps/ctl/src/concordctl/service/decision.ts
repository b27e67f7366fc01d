/**
 * What an operator decides about an instance. It is kept beside what the instance says of itself, so that both survive
 * each other, and bound to the life that the instance has now: whoever takes the id over later starts without it.
 */
import { compare, missing, op, type CallOptions, type Client } from '@concord/client';
import type { InstanceState, Override } from '@concord/registry';
import { isInForce, registryKeys } from '@concord/registry/records';
import { CommandError } from '../../command-error.ts';
import { readInstance, type ListedInstance } from './instances.ts';

/** Each attempt that fails has seen a newer decision; so many in a row means that somebody fights for it. */
const ATTEMPTS_MAX = 8;

/** What is not named stays as it is decided; null takes the decision back. */
export interface Decision {
  readonly weight?: number | null;
  readonly state?: InstanceState | null;
}

export interface DecisionOrigin {
  readonly by: string;
  readonly reason: string;
  /** Milliseconds of the wall clock; for ever by default. */
  readonly until?: number | undefined;
}

export interface Decided {
  readonly before: ListedInstance;
  /** Undefined when nothing is decided any more. */
  readonly override: Override | undefined;
  readonly revision: number;
}

/** @throws CommandError when it is not registered */
export async function decide(
  client: Client,
  { service, id }: { readonly service: string; readonly id: string },
  decision: Decision,
  origin: DecisionOrigin,
  call: CallOptions,
): Promise<Decided> {
  const key = registryKeys.override(service, id);
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const before = await readInstance(client, service, id, call);
    const override = overrideAfter(before, decision, origin);
    const isAsRead =
      before.override === undefined
        ? missing(key)
        : compare(key).modRevision('=', before.override.modRevision);
    const write = override === undefined ? op.delete(key) : op.put(key, JSON.stringify(override));
    const answer = await client.kv.txn().if(isAsRead).then(write).commit(call);
    if (answer.succeeded) return { before, override, revision: answer.revision };
  }
  throw new CommandError(`somebody else keeps deciding about instance "${id}" of "${service}"`);
}

export function overrideAfter(
  { instance, override }: ListedInstance,
  decision: Decision,
  { by, reason, until }: DecisionOrigin,
): Override | undefined {
  // A decision about an earlier life, or one that is over, is nothing to add to.
  const old =
    override !== undefined && isInForce(override.value, instance.incarnation, Date.now())
      ? override.value
      : undefined;
  const weight = decision.weight === undefined ? old?.weight : (decision.weight ?? undefined);
  const state = decision.state === undefined ? old?.state : (decision.state ?? undefined);
  if (weight === undefined && state === undefined) return undefined;
  return {
    ...(weight !== undefined && { weight }),
    ...(state !== undefined && { state }),
    reason,
    by,
    ...(until !== undefined && { until }),
    incarnation: instance.incarnation,
  };
}
