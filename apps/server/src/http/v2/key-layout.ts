/**
 * Where the v2 tree lies in the v3 store. All of it is below one prefix, which no v2 key can name and no v3 client
 * meets by chance; whoever reads the whole key space sees it.
 *
 *     index                         the v2 index: how many writes there were
 *     node<directory>\0<name>       a node; the children of a directory are one range, all that is deeper another
 *     event/<index>                 the history, for `waitIndex`
 *     expiry/<milliseconds><path>   what expires, soonest first
 *     turn                          who has lost too often: see `KeyStore`
 */
import { fromByteString, prefixEnd, toByteString, type ByteString } from '@concord/protocol';
import { nameOf, parentOf, ROOT, type KeyPath } from './key-path.ts';

export const PREFIX: ByteString = '\0concord/v2/';

export const INDEX_KEY: ByteString = `${PREFIX}index`;
export const TURN_KEY: ByteString = `${PREFIX}turn`;

/** A range of v3 keys. */
export interface KeyRange {
  readonly key: Uint8Array;
  readonly rangeEnd: Uint8Array;
}

export const single = (key: ByteString): KeyRange => ({
  key: fromByteString(key),
  rangeEnd: new Uint8Array(),
});

const prefixed = (prefix: ByteString): KeyRange => {
  const key = fromByteString(prefix);
  // Every prefix here begins with PREFIX, so there is a key behind it.
  return { key, rangeEnd: fromByteString(prefixEnd(prefix) ?? '') };
};

export function nodeKey(path: KeyPath): ByteString {
  return `${nodePrefix(parentOf(path))}\0${escape(nameOf(path))}`;
}

/** All children of a directory, and nothing else. */
export const childrenOf = (directory: KeyPath): KeyRange => prefixed(`${nodePrefix(directory)}\0`);

/** All that is below the children of a directory. */
export const deeperThan = (directory: KeyPath): KeyRange => prefixed(`${nodePrefix(directory)}/`);

/** The path of a node, from its v3 key. */
export function pathOfNode(key: Uint8Array): KeyPath {
  const [directory = '', name = ''] = toByteString(key).slice(NODES.length).split('\0');
  return `${unescape(directory)}/${unescape(name)}`;
}

const NODES = `${PREFIX}node`;

const nodePrefix = (directory: KeyPath): ByteString =>
  directory === ROOT ? NODES : NODES + escape(directory);

/** A zero byte separates the name, and may be part of a v2 key. */
const escape = (path: ByteString): ByteString =>
  path.replace(/[\0\x01]/g, (c) => (c === '\0' ? '\x01\x01' : '\x01\x02'));
const unescape = (path: ByteString): ByteString =>
  path.replace(/\x01[\x01\x02]/g, (c) => (c === '\x01\x01' ? '\0' : '\x01'));

/** Digits of a number in a key, so that keys are in the order of numbers: enough for 2^53. */
const DIGITS = 16;
const digits = (number: number): ByteString => String(number).padStart(DIGITS, '0');

export const EVENTS: KeyRange = prefixed(`${PREFIX}event/`);
export const eventKey = (index: number): ByteString => `${PREFIX}event/${digits(index)}`;

const EXPIRIES = `${PREFIX}expiry/`;

export const expiryKey = (path: KeyPath, expiryMs: number): ByteString =>
  EXPIRIES + digits(expiryMs) + path;

/** What has expired by `nowMs`. */
export const expiredBy = (nowMs: number): KeyRange => ({
  key: fromByteString(EXPIRIES),
  rangeEnd: fromByteString(EXPIRIES + digits(nowMs + 1)),
});

/** Undefined for a key that is not of this form. */
export function readExpiryKey(
  key: Uint8Array,
): { readonly path: KeyPath; readonly expiryMs: number } | undefined {
  const text = toByteString(key).slice(EXPIRIES.length);
  const [, number, path] = /^(\d{16})(\/[^]*)$/.exec(text) ?? [];
  if (number === undefined || path === undefined) return undefined;
  return { path, expiryMs: Number(number) };
}
