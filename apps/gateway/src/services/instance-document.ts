/** Instances, overrides and services as the API shows them. */
import type { InstanceState, Override } from '@concord/registry';
import { registryKeys } from '@concord/registry/records';
import type { Entries } from '../live/entry-index.ts';
import {
  instanceOf,
  listedIn,
  type ListedInstance,
  type StoredOverride,
} from './service-directory.ts';
import type { InstanceDocument, ServiceDocument } from './service-schemas.ts';

export function instanceDocument({ instance, entry, override }: ListedInstance): InstanceDocument {
  const { service, id, address, port, ports, endpoint, weight, state, declared } = instance;
  const { zone, labels, metadata, incarnation, ttlMs, warmupMs } = instance;
  const { registeredAt, servingSince } = instance;
  const app = appOf(entry.text);
  return {
    service,
    id,
    address,
    port,
    ports,
    endpoint,
    weight,
    state,
    declared,
    ...(instance.override !== undefined &&
      override !== undefined && { override: overrideDocument(override) }),
    ...(zone !== undefined && { zone }),
    labels,
    metadata: metadata ?? null,
    incarnation,
    ttlMs,
    ...(warmupMs > 0 && { warmupMs }),
    ...(registeredAt > 0 && { registeredAt: timeText(registeredAt) }),
    ...(servingSince !== undefined && servingSince > 0 && { servingSince: timeText(servingSince) }),
    ...(app !== undefined && { app }),
    ...(entry.lease !== 0n && { lease: entry.lease.toString(16) }),
    createRevision: entry.createRevision,
    revision: entry.modRevision,
  };
}

export function overrideDocument({
  value,
  modRevision,
}: StoredOverride): NonNullable<InstanceDocument['override']> {
  const { weight, state, reason, by, until, incarnation }: Override = value;
  return {
    ...(weight !== undefined && { weight }),
    ...(state !== undefined && { state }),
    reason,
    by,
    ...(until !== undefined && { until: timeText(until) }),
    ...(incarnation !== undefined && { incarnation }),
    revision: modRevision,
  };
}

export function serviceDocument(
  name: string,
  entries: Entries,
  isWanted: (one: ListedInstance) => boolean = () => true,
): ServiceDocument {
  const instances: Record<InstanceState, number> = { starting: 0, serving: 0, draining: 0 };
  const zones = new Set<string>();
  let [weight, overrides] = [0, 0];
  for (const one of listedIn(name, entries)) {
    if (!isWanted(one)) continue;
    const { instance } = one;
    instances[instance.state] += 1;
    if (instance.state === 'serving') weight += instance.weight;
    if (instance.zone !== undefined) zones.add(instance.zone);
    if (instance.override !== undefined) overrides += 1;
  }
  return { name, instances, zones: [...zones].sort(), weight, overrides };
}

/** Whether a service has anybody that can be read. */
export function hasInstances(name: string, entries: Entries): boolean {
  const directory = registryKeys.instances(name);
  for (const entry of entries.in(directory)) {
    if (instanceOf(name, entry.key.slice(directory.length), entry) !== undefined) return true;
  }
  return false;
}

/** Somebody's clock may say anything; what is no time is the beginning of it. */
export function timeText(wallMs: number): string {
  const date = new Date(wallMs);
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}

/** Consumers do without it, so that an instance does not have it. */
function appOf(text: string): { name: string; version?: string } | undefined {
  if (!text.includes('"app"')) return undefined;
  const { app } = JSON.parse(text) as { app?: { name?: unknown; version?: unknown } };
  if (typeof app?.name !== 'string') return undefined;
  const { name, version } = app;
  return { name, ...(typeof version === 'string' && { version }) };
}
