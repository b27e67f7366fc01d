/** How options are checked, and how it is said that one can't be meant. Nothing has been sent by then. */
import { ConcordError, show } from '@concord/client';

/** A service, an instance: one segment of a key, and nothing that a URL or a shell would read otherwise. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const NAME_RULE =
  'give 1 to 128 letters, digits, "." "_" or "-", the first of them a letter or digit';

export const PORT_MAX = 65_535;

/** @param allowed - begins with a verb: `give an integer from 0 to 1000` */
export function invalidOption(
  operation: string,
  option: string,
  given: unknown,
  allowed: string,
): ConcordError {
  return new ConcordError('INVALID_ARGUMENT', {
    operation,
    subject: option,
    problem: `option "${option}" is ${show(given)}`,
    remedy: allowed,
  });
}

export function checkInteger(
  operation: string,
  option: string,
  value: unknown,
  min: number,
  max: number,
): number {
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) {
    return value as number;
  }
  throw invalidOption(operation, option, value, `give an integer from ${min} to ${max}`);
}

export function checkName(operation: string, option: string, value: unknown): string {
  if (typeof value === 'string' && NAME.test(value)) return value;
  throw invalidOption(operation, option, value, NAME_RULE);
}

export function isName(value: string): boolean {
  return NAME.test(value);
}

export function checkOneOf<T extends string>(
  operation: string,
  option: string,
  value: unknown,
  allowed: readonly T[],
): T {
  if (allowed.includes(value as T)) return value as T;
  const list = allowed.map((name) => `"${name}"`).join(' or ');
  throw invalidOption(operation, option, value, `give ${list}`);
}
