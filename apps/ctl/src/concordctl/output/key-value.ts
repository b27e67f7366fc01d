/** Keys with their values, as the formats for people show them. */
import { Buffer } from 'node:buffer';
import type { KeyValue } from '@concord/protocol';
import { quote } from '../../go-format/quote.ts';

const NEWLINE = Buffer.from('\n');

/** `\x66\x6f`: every byte, where `--hex` is on. */
const hexOf = (bytes: Uint8Array): Buffer =>
  Buffer.from(Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''));

export interface SimpleOptions {
  readonly isHex: boolean;
  readonly isValueOnly?: boolean;
}

/** A line for the key and a line for the value of each. */
export function simplePairs(
  pairs: readonly KeyValue[],
  { isHex, isValueOnly = false }: SimpleOptions,
): Buffer {
  const parts: Uint8Array[] = [];
  for (const { key, value } of pairs) {
    if (!isValueOnly) parts.push(isHex ? hexOf(key) : key, NEWLINE);
    parts.push(isHex ? hexOf(value) : value, NEWLINE);
  }
  return Buffer.concat(parts);
}

/** @param prefix - `Prev` for what was there before */
export function pairFields(prefix: '' | 'Prev', pair: KeyValue, isHex: boolean): string {
  const { key, value, createRevision, modRevision, version, lease } = pair;
  return (
    `"${prefix}Key" : ${quote(key)}\n"${prefix}CreateRevision" : ${createRevision}\n` +
    `"${prefix}ModRevision" : ${modRevision}\n"${prefix}Version" : ${version}\n` +
    `"${prefix}Value" : ${quote(value)}\n` +
    `"${prefix}Lease" : ${isHex ? hexId(lease) : lease}\n`
  );
}

/** An id in 16 hexadecimal digits. */
export const hexId = (id: bigint): string => {
  const digits = (id < 0n ? -id : id).toString(16);
  return id < 0n ? `-${digits.padStart(15, '0')}` : digits.padStart(16, '0');
};
