/** Integers as Go's `strconv` reads them, with its errors. */

const LIMITS = {
  ParseInt: [-(2n ** 63n), 2n ** 63n - 1n],
  ParseUint: [0n, 2n ** 64n - 1n],
} as const;

export type IntegerParser = keyof typeof LIMITS;

const DIGITS = new Map<number, RegExp>([
  [10, /^[0-9]+$/],
  [16, /^[0-9a-fA-F]+$/],
]);

/** What is wrong with a text that should be an integer, as Go says it. */
export class IntegerError extends Error {
  override readonly name = 'IntegerError';
}

/**
 * Reads an integer of 64 bits.
 *
 * @param base - 10, 16, or 0 for what a prefix says: `0x`, `0o`, `0b`, and ten without one
 * @throws IntegerError in Go's words
 */
export function parseInteger(text: string, parser: IntegerParser, base: 0 | 10 | 16): bigint {
  const value = base === 0 ? withPrefix(text) : inBase(text, base);
  const isNegative = value !== undefined && (value < 0n || text.startsWith('-'));
  if (value === undefined || (parser === 'ParseUint' && (isNegative || text.startsWith('+')))) {
    throw new IntegerError(`strconv.${parser}: parsing "${text}": invalid syntax`);
  }
  const [min, max] = LIMITS[parser];
  if (value < min || value > max) {
    throw new IntegerError(`strconv.${parser}: parsing "${text}": value out of range`);
  }
  return value;
}

function inBase(text: string, base: 10 | 16): bigint | undefined {
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (DIGITS.get(base)?.test(digits) !== true) return undefined;
  const value = BigInt(base === 16 ? `0x${digits}` : digits);
  return sign === '-' ? -value : value;
}

function withPrefix(text: string): bigint | undefined {
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  const plain = digits.replace(/(?<=[0-9a-fA-FxXoObB])_(?=[0-9a-fA-F])/g, '');
  const isNumber = /^(?:0[xX][0-9a-fA-F]+|0[oO]?[0-7]*|0[bB][01]+|[1-9][0-9]*)$/.test(plain);
  if (!isNumber) return undefined;
  const value = BigInt(plain.replace(/^0[oO]?(?=[0-7])/, '0o'));
  return sign === '-' ? -value : value;
}

/**
 * An integer that travels as a JavaScript number. Beyond 2^53 it is the largest that is exact: what is counted here,
 * revisions and sizes, never gets there, and a server says the same of all of them.
 */
export const asNumber = (value: bigint): number =>
  value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value);
