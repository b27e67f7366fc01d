/**
 * Dialogs and sheets that are open, one above the other: Escape is for the topmost alone. The library asks each of them in the
 * order in which they were rendered last, which is any.
 */
import { useEffect, useState, useSyncExternalStore } from 'react';

const open: symbol[] = [];
const listeners = new Set<() => void>();

/** Whether what calls this is above all others that do. */
export function useTopmost(): boolean {
  const [own] = useState(() => Symbol('layer'));
  useEffect(() => {
    open.push(own);
    tell();
    return () => {
      open.splice(open.indexOf(own), 1);
      tell();
    };
  }, [own]);
  return useSyncExternalStore(follow, () => open.at(-1) === own);
}

function follow(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}
