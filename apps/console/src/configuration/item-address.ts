/** Where an item is: in the API, and in the console. */
import { pathWith } from '../api/documents.ts';

export interface ItemAddress {
  readonly namespace: string;
  readonly path: string;
}

export const itemPath = ({ namespace, path }: ItemAddress): string =>
  `v1/configs/${encodeURIComponent(namespace)}/${encodeURIComponent(path)}`;

export const itemPageOf = ({ namespace, path }: ItemAddress, tab?: string): string =>
  `/${pathWith('configuration/item', { namespace, path, tab })}`;

/** Names and paths that the gateway takes: letters, digits, dots, underscores and dashes, in pieces parted by slashes. */
export const isItemPath = (path: string): boolean =>
  /^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)*$/.test(path);

/** Under which all items are, and those of a namespace: who may write none of it can begin no item. */
export const ITEM_KEYS = '/concord/config/items/';
export const itemKeysOf = (namespace: string): string => `${ITEM_KEYS}${namespace}/`;

/** The item's key in the cluster: who may write it may change the item. */
export const itemKey = ({ namespace, path }: ItemAddress): string => itemKeysOf(namespace) + path;
