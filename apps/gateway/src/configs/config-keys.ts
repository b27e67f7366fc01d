/** The gateway's own keys about configuration, beside those that the SDK shares. */
import type { ItemAddress } from '@concord/config/records';

const DRAFTS = '/concord/config/drafts/';

/** All drafts of a namespace. */
export const draftsPrefix = (namespace: string): string => `${DRAFTS}${namespace}/`;

export const draftKey = ({ namespace, path }: Pick<ItemAddress, 'namespace' | 'path'>): string =>
  `${draftsPrefix(namespace)}${encodeURIComponent(path)}`;

/** What comes before the name of a namespace in the keys of its items. */
export const NAMESPACES = '/concord/config/items/';
