/** Where the registry's keys are: `packages/sdk/DESIGN.md` has the table that other programs rely on. */

const INSTANCES = '/concord/registry/instances/';
const OVERRIDES = '/concord/registry/overrides/';
const OBSERVERS = '/concord/registry/observers/';

export const registryKeys = {
  /** Under which everything of the registry is. */
  all: '/concord/registry/',
  /** Under which all instances of all services are. */
  allInstances: INSTANCES,
  allOverrides: OVERRIDES,
  instances: (service: string): string => `${INSTANCES}${service}/`,
  instance: (service: string, id: string): string => `${INSTANCES}${service}/${id}`,
  overrides: (service: string): string => `${OVERRIDES}${service}/`,
  override: (service: string, id: string): string => `${OVERRIDES}${service}/${id}`,
  observers: (service: string): string => `${OBSERVERS}${service}/`,
  observer: (service: string, client: string): string => `${OBSERVERS}${service}/${client}`,
} as const;

/** The id in the key of an instance or override: what follows the prefix. */
export function idAfter(prefix: string, key: string): string {
  return key.slice(prefix.length);
}
