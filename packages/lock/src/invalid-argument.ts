/** The error for an option or argument that cannot be meant. */
import { ConcordError } from '@concord/client';

/** What an error shows of a value. */
const SHOWN_CHARACTERS_MAX = 80;

/** @param problem - with the value in question, as {@link show} prints it */
export function invalid(operation: string, problem: string, remedy: string): ConcordError {
  return new ConcordError('INVALID_ARGUMENT', { operation, problem, remedy });
}

/** A value in an error's text, short. */
export function show(value: unknown): string {
  const text = typeof value === 'bigint' ? `${value}n` : (json(value) ?? String(value));
  return text.length > SHOWN_CHARACTERS_MAX ? `${text.slice(0, SHOWN_CHARACTERS_MAX)}…` : text;
}

function json(value: unknown): string | undefined {
  try {
    return typeof value === 'number' ? String(value) : JSON.stringify(value);
  } catch {
    return undefined;
  }
}
