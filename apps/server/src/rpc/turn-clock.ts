/**
 * A clock that is read once for everything that happens in one go: reading a real one costs as much as counting a
 * request does, and the requests of one chunk of a socket have come at one time.
 */

let currentMs: number | undefined;
const forget = (): void => {
  currentMs = undefined;
};

/** Monotonic milliseconds, as they were when the callback that is under way first asked. */
export function turnMs(): number {
  if (currentMs === undefined) {
    currentMs = performance.now();
    queueMicrotask(forget);
  }
  return currentMs;
}
