/** What can be followed live: the instances of a service, and the services there are. */
import { registryKeys } from '@concord/registry/records';
import type { Actor } from '../access/actor.ts';
import type { Subject } from '../live/subject.ts';
import { hasInstances, instanceDocument, serviceDocument } from './instance-document.ts';
import { isVisibleTo, mayReadAllServices } from './service-access.ts';
import { listed } from './service-directory.ts';
import type { InstanceDocument, ServiceDocument } from './service-schemas.ts';

/** Summaries of a service count all of its instances: many changes at once are one to those who look at the list. */
const SUMMARY_MS = 100;

export function instancesOf(service: string): Subject<InstanceDocument> {
  const [instances, overrides] = [registryKeys.instances(service), registryKeys.overrides(service)];
  return {
    name: `instances of ${service}`,
    prefixes: [instances, overrides],
    itemKey: (key) => {
      if (key.startsWith(instances)) return key.slice(instances.length);
      return key.startsWith(overrides) ? key.slice(overrides.length) : undefined;
    },
    item: (id, entries) => {
      const one = listed(service, id, entries);
      return one === undefined ? undefined : instanceDocument(one);
    },
    *itemKeys(entries) {
      for (const { key } of entries.in(instances)) yield key.slice(instances.length);
    },
  };
}

/** Those who may see all share one feed; the others have one for each user. */
export const servicesFor = (actor: Actor): Subject<ServiceDocument> =>
  allServices(mayReadAllServices(actor) ? 'everybody' : `user ${actor.name}`, isVisibleTo(actor));

/** @param audience - names those who may see the same services */
export function allServices(
  audience: string,
  isVisible: (service: string) => boolean,
): Subject<ServiceDocument> {
  const { allInstances, allOverrides } = registryKeys;
  const serviceIn = (key: string, prefix: string): string | undefined => {
    const service = key.slice(prefix.length, key.indexOf('/', prefix.length));
    return isVisible(service) ? service : undefined;
  };
  return {
    name: `services for ${audience}`,
    prefixes: [allInstances, allOverrides],
    coalesceMs: SUMMARY_MS,
    itemKey: (key) => {
      if (key.startsWith(allInstances)) return serviceIn(key, allInstances);
      return key.startsWith(allOverrides) ? serviceIn(key, allOverrides) : undefined;
    },
    item: (name, entries) =>
      hasInstances(name, entries) ? serviceDocument(name, entries) : undefined,
    *itemKeys(entries) {
      for (const directory of entries.directories(allInstances)) {
        const service = serviceIn(directory, allInstances);
        if (service !== undefined) yield service;
      }
    },
  };
}
