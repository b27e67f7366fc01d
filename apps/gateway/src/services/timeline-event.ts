/** What a change of the registry means to people. Pure, so that every gateway tells it alike. */
import type { Entry } from '@concord/client';
import type { Instance } from '@concord/registry';
import {
  decodeHoldDecision,
  decodeOverride,
  registryKeys,
  type HoldDecision,
} from '@concord/registry/records';
import { instanceOf } from './service-directory.ts';
import type { TimelineEvent } from './service-schemas.ts';

/** An event without its time, which revisions do not tell. */
export interface Untimed {
  readonly service: string;
  readonly event: Omit<TimelineEvent, 'at' | 'isApproximate'>;
}

/** A key of the registry, before and after a change. */
export interface RegistryChange {
  readonly key: string;
  readonly before: Entry | undefined;
  readonly after: Entry | undefined;
  readonly revision: number;
}

/** `undefined` for what nobody needs to know: what consumers say, and what is written again as it was. */
export function eventOf(change: RegistryChange): Untimed | undefined {
  const { key, before, after } = change;
  if (before !== undefined && before.text === after?.text) return undefined;
  const { allInstances, allOverrides } = registryKeys;
  if (key.startsWith(allInstances)) return instanceEvent(change, key.slice(allInstances.length));
  if (key.startsWith(allOverrides)) return decisionEvent(change, key.slice(allOverrides.length));
  return undefined;
}

function instanceEvent(
  { before, after, revision }: RegistryChange,
  name: string,
): Untimed | undefined {
  const [service = '', id = ''] = name.split('/');
  const instanceIn = (entry: Entry | undefined): Instance | undefined =>
    entry && instanceOf(service, id, entry);
  const told = difference(instanceIn(before), instanceIn(after));
  return told && { service, event: { revision, instance: id, ...told } };
}

function decisionEvent(
  { key, before, after, revision }: RegistryChange,
  name: string,
): Untimed | undefined {
  const [service = '', instance = ''] = name.split('/');
  if (key === registryKeys.hold(service)) {
    const decision = after && decodeHoldDecision(after.text);
    return decision && { service, event: { revision, instance: '', ...holdTold(decision) } };
  }
  const decided = after && decodeOverride(after.text);
  if (decided?.ok === true) {
    const { weight, state, reason, by } = decided.value;
    const what = [
      ...(state === undefined ? [] : [`state ${state}`]),
      ...(weight === undefined ? [] : [`weight ${weight}`]),
    ];
    const detail = `${what.join(', ')}: ${reason}`;
    return { service, event: { revision, kind: 'override', instance, detail, by } };
  }
  if (before === undefined || !decodeOverride(before.text).ok) return undefined;
  const detail = 'what it says of itself counts again';
  return { service, event: { revision, kind: 'override-ended', instance, detail } };
}

function holdTold(decision: HoldDecision): Pick<TimelineEvent, 'kind' | 'detail' | 'by' | 'until'> {
  const { action, reason, by } = decision;
  if (action === 'release') return { kind: 'hold-released', detail: reason, by };
  const until = new Date(decision.until).toISOString();
  return { kind: 'hold-extended', detail: reason, by, until };
}

function difference(
  before: Instance | undefined,
  after: Instance | undefined,
): Pick<TimelineEvent, 'kind' | 'detail'> | undefined {
  if (after === undefined) {
    if (before === undefined) return undefined;
    return before.declared.state === 'draining'
      ? { kind: 'deregistered', detail: `${before.endpoint} went, drained` }
      : { kind: 'expired', detail: `${before.endpoint} was lost, or removed while it served` };
  }
  if (before === undefined) {
    return { kind: 'registered', detail: `at ${after.endpoint}, ${after.declared.state}` };
  }
  if (before.incarnation !== after.incarnation) {
    return { kind: 'replaced', detail: `another life of it, at ${after.endpoint}` };
  }
  const [was, is] = [before.declared, after.declared];
  if (was.state !== is.state) return { kind: 'state', detail: `${was.state} → ${is.state}` };
  if (was.weight !== is.weight) return { kind: 'weight', detail: `${was.weight} → ${is.weight}` };
  return { kind: 'changed', detail: 'its labels, metadata or place' };
}
