/**
 * Short words for what tests look at in a response.
 */
import type { Header, KeyValue } from './messages.ts';

export const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** The whole key space as a range. */
export const everything = { key: bytes('\0'), range_end: bytes('\0') };

/** The store's revision as the response's header tells it. */
export function revisionOf(response: { readonly header: Header | null }): number {
  if (response.header === null) throw new Error('the response has a header');
  return Number(response.header.revision);
}

/** What follows the corner's slash in each key. */
export function names(kvs: readonly KeyValue[]): string[] {
  return kvs.map(({ key }) => key.toString('latin1').replace(/^[^/]*\//, ''));
}

export const values = (kvs: readonly KeyValue[]): string[] =>
  kvs.map(({ value }) => value.toString('latin1'));
