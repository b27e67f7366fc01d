/** Ranges of keys as roles have them: one key, a prefix, from one key to another, everything from a key on, all keys. */

export type PermissionRange =
  | { readonly kind: 'all' }
  | { readonly kind: 'prefix'; readonly prefix: string }
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'from'; readonly from: string }
  | { readonly kind: 'between'; readonly from: string; readonly to: string };

/** A range as the API writes it: the prefix where it is one, else the first key and the one behind the last. */
export interface WrittenRange {
  readonly key?: string | undefined;
  readonly rangeEnd?: string | undefined;
  readonly prefix?: string | undefined;
}

/** As an end: there is none. */
const NO_END = '\u0000';

export function rangeOf({ key = '', rangeEnd = '', prefix }: WrittenRange): PermissionRange {
  if (prefix !== undefined) return prefix === '' ? { kind: 'all' } : { kind: 'prefix', prefix };
  if (rangeEnd === '') return { kind: 'key', key };
  if (rangeEnd !== NO_END) return { kind: 'between', from: key, to: rangeEnd };
  return key === NO_END || key === '' ? { kind: 'all' } : { kind: 'from', from: key };
}

export function writtenOf(range: PermissionRange): WrittenRange {
  switch (range.kind) {
    case 'all':
      return { prefix: '' };
    case 'prefix':
      return { prefix: range.prefix };
    case 'key':
      return { key: range.key };
    case 'from':
      return { key: range.from, rangeEnd: NO_END };
    case 'between':
      return { key: range.from, rangeEnd: range.to };
  }
}

/** Whether a form's range can be meant. */
export function isWhole(range: PermissionRange): boolean {
  switch (range.kind) {
    case 'all':
      return true;
    case 'prefix':
      return range.prefix !== '';
    case 'key':
      return range.key !== '';
    case 'from':
      return range.from !== '';
    case 'between':
      return range.from !== '' && range.from < range.to;
  }
}
