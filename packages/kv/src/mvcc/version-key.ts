/**
 * The key of a row in `versions`: a user key, then the revision at which it got this version, newest first.
 *
 * The user key ends in 00 00, and a 00 inside it is written 00 FF: a key that is a prefix of another sorts before
 * it, as the bare keys do. The revision is complemented, so that from (key, R) on the first row of the key is the
 * newest version that is not newer than R.
 */
import type { ByteString } from '@concord/protocol';

const END = '\0\0';
const REVISION_LENGTH = 12;
const TWO_TO_THE_32 = 2 ** 32;
/** Sub-revisions have 32 bits here: a transaction of more changes does not fit a request. */
export const SUB_REVISION_MAX = TWO_TO_THE_32 - 1;

/** Everything that is stored of `key` lies from this on, and below it lies everything of smaller keys. */
export function versionsStart(key: ByteString): ByteString {
  return (key.includes('\0') ? key.replaceAll('\0', '\0\xff') : key) + END;
}

/** Behind all versions of `key`, and before those of any greater key. */
export function versionsEnd(key: ByteString): ByteString {
  return (key.includes('\0') ? key.replaceAll('\0', '\0\xff') : key) + '\0\x01';
}

export function versionKey(key: ByteString, main: number, sub: number): ByteString {
  const high = ~Math.floor(main / TWO_TO_THE_32);
  const low = ~main;
  const subLow = ~sub;
  return (
    versionsStart(key) +
    String.fromCharCode(
      (high >>> 24) & 0xff,
      (high >>> 16) & 0xff,
      (high >>> 8) & 0xff,
      high & 0xff,
      (low >>> 24) & 0xff,
      (low >>> 16) & 0xff,
      (low >>> 8) & 0xff,
      low & 0xff,
      (subLow >>> 24) & 0xff,
      (subLow >>> 16) & 0xff,
      (subLow >>> 8) & 0xff,
      subLow & 0xff,
    )
  );
}

/** The user key inside the key of a row. */
export function keyOfVersion(row: ByteString): ByteString {
  const escaped = row.slice(0, row.length - REVISION_LENGTH - END.length);
  return escaped.includes('\0') ? escaped.replaceAll('\0\xff', '\0') : escaped;
}
