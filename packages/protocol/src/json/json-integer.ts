/**
 * Integers in JSON: any way of writing a number is taken, as long as it is an integer (`1e2`, `10.0`) and fits.
 */

export type IntegerType = 'int32' | 'uint32' | 'int64' | 'uint64';

const RANGES: Readonly<Record<IntegerType, readonly [min: bigint, max: bigint]>> = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

/** No integer of 64 bits has more digits. An exponent could ask for any number of them. */
const DIGITS_MAX = 20;

/** The number that the text begins with, up to a character that is no part of a word. */
const NUMBER = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?(?![-+._a-zA-Z0-9])/;

/** As many digits are exact in a double. */
const SMALL = /^(?:0|[1-9]\d{0,14})$/;

/** The integer of a type that `text` writes out, or undefined where it is none or does not fit. */
export function integerOfText(text: string, type: IntegerType): bigint | undefined {
  const [min, max] = RANGES[type];
  const value = SMALL.test(text) ? BigInt(Number(text)) : anyInteger(text);
  return value === undefined || value < min || value > max ? undefined : value;
}

function anyInteger(text: string): bigint | undefined {
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = shifted(whole === '0' ? '' : whole, fraction.replace(/0+$/, ''), Number(exponent));
  if (digits === undefined) return undefined;
  return BigInt(digits === '' ? 0 : digits) * (sign === '-' ? -1n : 1n);
}

/** The digits of `whole.fraction` times ten to the power of `exponent`, or undefined if that is no integer. */
function shifted(whole: string, fraction: string, exponent: number): string | undefined {
  if (whole === '' && fraction === '') return '';
  if (exponent >= 0) {
    if (fraction.length > exponent || whole.length + exponent > DIGITS_MAX) return undefined;
    return whole + fraction.padEnd(exponent, '0');
  }
  const kept = whole.length + exponent;
  if (fraction !== '' || kept < 0 || /[^0]/.test(whole.slice(kept))) return undefined;
  return whole.slice(0, kept);
}
