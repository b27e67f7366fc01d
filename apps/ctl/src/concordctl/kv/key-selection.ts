/** Which keys a command is about: a key, the range up to another, a prefix, or all from a key on. */
import { Buffer } from 'node:buffer';
import { refuseArguments } from '../../command-error.ts';

/** What a word of a command line or of a transaction may be. */
export type Word = string | Uint8Array;

export const bytesOf = (word: Word): Uint8Array =>
  typeof word === 'string' ? Buffer.from(word) : word;

/** The key of all keys, and the end that means no end. */
const ZERO = Uint8Array.of(0);

export interface KeySelection {
  readonly key: Uint8Array;
  readonly rangeEnd: Uint8Array;
}

interface SelectionFlags {
  readonly prefix: boolean;
  readonly 'from-key': boolean;
}

/** Throws `CommandError` where flags and arguments do not go together. */
export function selectKeys(args: readonly Word[], flags: SelectionFlags): KeySelection {
  const { prefix: isPrefix, 'from-key': isFrom } = flags;
  if (isPrefix && isFrom) {
    refuseArguments('`--prefix` and `--from-key` cannot be set at the same time, choose one');
  }
  const key = bytesOf(args[0] ?? '');
  const end = args[1];
  if (end !== undefined) {
    if (isPrefix || isFrom) {
      refuseArguments(
        'too many arguments, only accept one argument when `--prefix` or `--from-key` is set',
      );
    }
    return { key, rangeEnd: bytesOf(end) };
  }
  if (!isPrefix && !isFrom) return { key, rangeEnd: new Uint8Array() };
  if (key.length === 0) return { key: ZERO, rangeEnd: ZERO };
  return { key, rangeEnd: isFrom ? ZERO : endOfPrefix(key) };
}

/** The first key behind all that begin with `prefix`; a zero byte, for no end, where there is none. */
export function endOfPrefix(prefix: Uint8Array): Uint8Array {
  const last = prefix.findLastIndex((byte) => byte < 0xff);
  if (last < 0) return ZERO;
  // Not `slice`: a Buffer's shares its memory.
  const end = Uint8Array.from(prefix.subarray(0, last + 1));
  end[last] = (end[last] ?? 0) + 1;
  return end;
}
