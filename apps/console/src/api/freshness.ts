/** Whether what pages show is of now: the gateway says so when it answers from memory because the cluster is away. */
import { useSyncExternalStore } from 'react';

let staleSeconds: number | undefined;
const listeners = new Set<() => void>();

/** Takes the header `Concord-Stale` of the newest answer: seconds since the cluster was last heard of, or nothing. */
export function noteFreshness(header: string | null): void {
  const seconds = header === null ? undefined : Number(header);
  if (seconds === staleSeconds) return;
  staleSeconds = seconds;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Seconds that the newest answer was old; `undefined` while the cluster answers. */
export const useStaleSeconds = (): number | undefined =>
  useSyncExternalStore(subscribe, () => staleSeconds);
