/** Where an item lives: its namespace and path, and the keys that other programs rely on (packages/sdk/DESIGN.md). */
import { ConcordError } from '@concord/client';

/** A path is part of a key; this leaves room for the rest in what etcd's tools print on one line. */
export const PATH_BYTES_MAX = 512;
/** Digits of a release in a history key, so that keys sort as releases do: ten billion releases of one item. */
const RELEASE_DIGITS = 10;

const ITEMS = '/concord/config/items/';
const HISTORY = '/concord/config/history/';
const SCHEMAS = '/concord/config/schemas/';
const DRAFTS = '/concord/config/drafts/';
const ACKNOWLEDGEMENTS = '/concord/config/acknowledgements/';

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** An item by name. `path` has no slash in front; `given` is the path as its user wrote it. */
export interface ItemAddress {
  readonly namespace: string;
  readonly path: string;
  readonly given: string;
}

/**
 * The address that `given` names in `namespace`.
 *
 * @throws ConcordError `INVALID_ARGUMENT` for an empty path or segment, `.` and `..`, control characters, or more than
 * 512 bytes
 */
export function itemAddress(operation: string, given: unknown, namespace: string): ItemAddress {
  const refuse = (problem: string): ConcordError =>
    new ConcordError('INVALID_ARGUMENT', {
      operation,
      subject: String(given),
      problem: `path ${JSON.stringify(given)} ${problem}`,
      remedy: 'name the item as in "/db/url" or "orders/db"',
    });
  if (typeof given !== 'string') throw refuse('is no string');
  const path = given.startsWith('/') ? given.slice(1) : given;
  if (path === '') throw refuse('is empty');
  if (!path.isWellFormed()) throw refuse('holds half of a surrogate pair');
  if (Buffer.byteLength(path) > PATH_BYTES_MAX)
    throw refuse(`has more than ${PATH_BYTES_MAX} bytes`);
  if (/[\u0000-\u001f\u007f]/.test(path)) throw refuse('holds a control character');
  for (const segment of path.split('/')) {
    if (segment === '') throw refuse('has an empty segment');
    if (segment === '.' || segment === '..') throw refuse(`has the segment "${segment}"`);
  }
  return { namespace: checkedNamespace(operation, namespace), path, given };
}

/** @throws ConcordError `INVALID_ARGUMENT` unless it is a name: letters, digits, `.`, `_`, `-`, at most 128 */
export function checkedNamespace(
  operation: string,
  namespace: unknown,
  option = 'namespace',
): string {
  if (typeof namespace === 'string' && namePattern.test(namespace)) return namespace;
  throw new ConcordError('INVALID_ARGUMENT', {
    operation,
    problem: `option "${option}" is ${JSON.stringify(namespace)}`,
    remedy:
      'give 1 to 128 letters, digits, dots, underscores and dashes, the first a letter or digit',
  });
}

/** How people name it: `orders/db`, with its namespace where that is not the default one. */
export const itemName = ({ namespace, path }: ItemAddress): string =>
  namespace === 'default' ? path : `${namespace}:${path}`;

/** Holds the released state. */
export const itemKey = ({ namespace, path }: ItemAddress): string => `${ITEMS}${namespace}/${path}`;

/** All items of a namespace. */
export const itemsPrefix = (namespace: string): string => `${ITEMS}${namespace}/`;

/** All drafts of a namespace. */
export const draftsPrefix = (namespace: string): string => `${DRAFTS}${namespace}/`;

/** Holds what somebody works on, apart from what is released. */
export const draftKey = ({ namespace, path }: Pick<ItemAddress, 'namespace' | 'path'>): string =>
  `${draftsPrefix(namespace)}${encodeURIComponent(path)}`;

/** What comes before the number in every history key of the item. */
export const historyPrefix = ({ namespace, path }: ItemAddress): string =>
  `${HISTORY}${namespace}/${encodeURIComponent(path)}/`;

export const historyKey = (address: ItemAddress, release: number): string =>
  historyPrefix(address) + String(release).padStart(RELEASE_DIGITS, '0');

/** What comes before the client in every acknowledgement of the item. */
export const acknowledgementsPrefix = ({ namespace, path }: ItemAddress): string =>
  `${ACKNOWLEDGEMENTS}${namespace}/${encodeURIComponent(path)}/`;

/** What comes before app and version in every schema that is declared of the item. */
export const schemasPrefix = ({ namespace, path }: ItemAddress): string =>
  `${SCHEMAS}${namespace}/${encodeURIComponent(path)}/`;

export const acknowledgementKey = (address: ItemAddress, client: string): string =>
  acknowledgementsPrefix(address) + encodeURIComponent(client);
