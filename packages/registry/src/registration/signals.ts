/**
 * Draining upon signals of the operating system. Node no longer ends a process by itself once somebody listens, so
 * when everything is drained and nobody else listens, the signal is raised again and does what it always did.
 *
 * Invariant: no listener outlives its disposal.
 */

/** What signals come from; `process`, or a stand-in. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  removeListener(signal: NodeJS.Signals, listener: () => void): unknown;
  listenerCount(signal: NodeJS.Signals): number;
  kill(pid: number, signal: NodeJS.Signals): unknown;
  readonly pid: number;
}

/**
 * Calls `drain` upon the first of the signals.
 *
 * @param drain - gets a signal that aborts when the same comes again: whoever presses Ctrl-C twice means it
 * @returns what ends the listening
 */
export function drainOnSignals(
  source: SignalSource,
  signals: readonly NodeJS.Signals[],
  drain: (signal: AbortSignal) => Promise<unknown>,
): Disposable {
  const hurry = new AbortController();
  let isDraining = false;
  const listeners = signals.map((signal) => {
    const listener = (): void => {
      if (isDraining) {
        hurry.abort();
        return;
      }
      isDraining = true;
      void drain(hurry.signal)
        .catch(() => undefined)
        .then(() => {
          stop();
          if (source.listenerCount(signal) === 0) source.kill(source.pid, signal);
        });
    };
    source.on(signal, listener);
    return [signal, listener] as const;
  });
  const stop = (): void => {
    for (const [signal, listener] of listeners) source.removeListener(signal, listener);
  };
  // Whoever drains disposes of this on the way; the signal that is being handled stays listened to until it is done.
  return {
    [Symbol.dispose]: () => {
      if (!isDraining) stop();
    },
  };
}
