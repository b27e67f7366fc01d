/**
 * The one way this code base says "this cannot be": a broken invariant stops the member, in
 * production too. A quorum hides a stopped member; nothing hides a member that went on with wrong
 * state. Expected failures are never asserted, they are return values or typed errors.
 */

/** Thrown when an invariant is broken. Nothing may catch it but the code that stops the process. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/**
 * Stops the caller unless `condition` holds.
 *
 * @param expectation the sentence that should have been true
 * @throws AssertionError when it is not
 */
export function assert(condition: boolean, expectation: string): asserts condition {
  if (!condition) throw new AssertionError(`broken invariant: ${expectation}`);
}

/**
 * Marks a branch that the types prove unreachable.
 *
 * @throws AssertionError always, naming the value that came by
 */
export function assertNever(value: never, expectation: string): never {
  throw new AssertionError(`broken invariant: ${expectation}, but got ${String(value)}`);
}
