/**
 * How a call ended, as a value: tests compare errors as often as answers.
 */
import assert from 'node:assert/strict';

export interface Failure {
  /** gRPC status code. */
  readonly code: number;
  /** The status message, which clients match byte for byte. */
  readonly message: string;
}

export type Outcome<R> = { readonly response: R } | Failure;

export function failed<R>(outcome: Outcome<R>): outcome is Failure {
  return 'code' in outcome;
}

/** The response of a call that is expected to succeed. */
export function responseOf<R>(outcome: Outcome<R>, what: string): R {
  if (!failed(outcome)) return outcome.response;
  throw new Error(`${what} failed with code ${outcome.code}: ${outcome.message}`);
}

/** Asserts that a call failed with exactly this code and text. */
export function assertFails<R>(outcome: Outcome<R>, expected: Failure): void {
  assert.deepEqual(outcome, { code: expected.code, message: expected.message });
}
