/** Where the registry's keys are: `packages/sdk/DESIGN.md` has the table that other programs rely on. */

const INSTANCES = '/concord/registry/instances/';
const OVERRIDES = '/concord/registry/overrides/';
/** No id begins so: it stands beside the overrides of instances, where consumers look anyway. */
const HOLD = '@hold';
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
  /** What an operator decides about a hold of the service. */
  hold: (service: string): string => `${OVERRIDES}${service}/${HOLD}`,
  observers: (service: string): string => `${OBSERVERS}${service}/`,
  observer: (service: string, client: string): string => `${OBSERVERS}${service}/${client}`,
} as const;

/** The id in the key of an instance or override: what follows the prefix. */
export function idAfter(prefix: string, key: string): string {
  return key.slice(prefix.length);
}
