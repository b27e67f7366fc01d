/** What a test expects of a failure: its code, and words of its text. */
import assert from 'node:assert/strict';
import { ConcordError, type ConcordErrorCode } from '@concord/client';

export function isError(code: ConcordErrorCode, text = /./): (error: unknown) => boolean {
  return (error) => {
    assert.ok(ConcordError.is(error), String(error));
    assert.equal(error.code, code, String(error));
    assert.match(error.message, text);
    return true;
  };
}

/** Resolves when the signal aborts, to its reason. */
export function aborted(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(signal.reason);
    signal.addEventListener('abort', () => resolve(signal.reason), { once: true });
  });
}
