/** Where a service's records are in the cluster: who may write there may do what is kept there. */

export const instanceKey = (service: string, id: string): string =>
  `/concord/registry/instances/${service}/${id}`;

/** What is decided about an instance, over what it says of itself. */
export const overrideKey = (service: string, id: string): string =>
  `/concord/registry/overrides/${service}/${id}`;

/** What is decided about a hold of the service. */
export const holdKey = (service: string): string => overrideKey(service, '@hold');
