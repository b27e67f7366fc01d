/**
 * The key of a row in `revisions`: main revision and sub-revision, 8 bytes big-endian each, so that rows lie in
 * the order of changes. A tombstone's key ends in `t` besides. etcd's own key is the same with `_` between the
 * two numbers; HashKV puts it in.
 */
import type { ByteString } from '@concord/protocol';

const TOMBSTONE_MARK = 't';
const NUMBER_LENGTH = 8;
const KEY_LENGTH = 2 * NUMBER_LENGTH;
const TWO_TO_THE_32 = 2 ** 32;

/** A position in the order of all changes. `sub` counts the changes of one `main` revision from 0. */
export interface Revision {
  readonly main: number;
  readonly sub: number;
}

export function revisionKey(main: number, sub: number, isTombstone: boolean): ByteString {
  const high = Math.floor(main / TWO_TO_THE_32);
  // One call with all characters makes one flat string; concatenation would make a tree to be flattened.
  const key = String.fromCharCode(
    (high >>> 24) & 0xff,
    (high >>> 16) & 0xff,
    (high >>> 8) & 0xff,
    high & 0xff,
    (main >>> 24) & 0xff,
    (main >>> 16) & 0xff,
    (main >>> 8) & 0xff,
    main & 0xff,
    0,
    0,
    0,
    0,
    (sub >>> 24) & 0xff,
    (sub >>> 16) & 0xff,
    (sub >>> 8) & 0xff,
    sub & 0xff,
  );
  return isTombstone ? key + TOMBSTONE_MARK : key;
}

export const isTombstoneKey = (key: ByteString): boolean => key.length > KEY_LENGTH;

export function mainRevisionOf(key: ByteString): number {
  return readNumber(key, 0);
}

export function subRevisionOf(key: ByteString): number {
  return readNumber(key, NUMBER_LENGTH);
}

/** The key as etcd stores it in its `key` bucket. */
export function etcdRevisionKey(key: ByteString): ByteString {
  return `${key.slice(0, NUMBER_LENGTH)}_${key.slice(NUMBER_LENGTH)}`;
}

function readNumber(text: ByteString, offset: number): number {
  return readWord(text, offset) * TWO_TO_THE_32 + readWord(text, offset + 4);
}

function readWord(text: ByteString, offset: number): number {
  return (
    ((text.charCodeAt(offset) << 24) |
      (text.charCodeAt(offset + 1) << 16) |
      (text.charCodeAt(offset + 2) << 8) |
      text.charCodeAt(offset + 3)) >>>
    0
  );
}
