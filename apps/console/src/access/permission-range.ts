/** Ranges of keys as roles have them: one key, a prefix, from one key to another, everything from a key on, all keys. */

export type PermissionRange =
  | { readonly kind: 'all' }
  | { readonly kind: 'prefix'; readonly prefix: string }
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'from'; readonly from: string }
  | { readonly kind: 'between'; readonly from: string; readonly to: string };

/** The range as the cluster has it: a key and an end; an empty end is the key alone, `\0` everything from it on. */
export interface KeyAndEnd {
  readonly key: string;
  readonly rangeEnd?: string;
}

const NUL = '\u0000';

export function rangeOf({ key, rangeEnd = '' }: KeyAndEnd): PermissionRange {
  if (rangeEnd === '') return { kind: 'key', key };
  if (rangeEnd === NUL)
    return key === NUL || key === '' ? { kind: 'all' } : { kind: 'from', from: key };
  return rangeEnd === prefixEnd(key)
    ? { kind: 'prefix', prefix: key }
    : { kind: 'between', from: key, to: rangeEnd };
}

export function keyAndEndOf(range: PermissionRange): KeyAndEnd {
  switch (range.kind) {
    case 'all':
      return { key: NUL, rangeEnd: NUL };
    case 'prefix':
      return { key: range.prefix, rangeEnd: prefixEnd(range.prefix) };
    case 'key':
      return { key: range.key };
    case 'from':
      return { key: range.from, rangeEnd: NUL };
    case 'between':
      return { key: range.from, rangeEnd: range.to };
  }
}

/**
 * The first key behind all that begin with `prefix`, for prefixes that are text: the last letter counted up. Letters
 * beyond ASCII are more bytes than one; their last byte is below 0xbf or carries over, which the cluster does, not we.
 */
function prefixEnd(prefix: string): string {
  const last = prefix.at(-1);
  return last === undefined
    ? NUL
    : prefix.slice(0, -1) + String.fromCodePoint(last.codePointAt(0)! + 1);
}
