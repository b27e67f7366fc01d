/**
 * Gives the focus back to where it was before a dialog was mounted. A dialog here is mounted to be opened, so that nothing
 * of it outlives it; the library's own return of the focus wants one that stays mounted.
 */
import { useEffect, useState } from 'react';

export function useFocusBack(): void {
  const [origin] = useState(focused);
  useEffect(() => () => (origin?.isConnected === true ? origin : content())?.focus(), [origin]);
}

/** What has the focus. A line of a menu goes with its menu: what opened that stays. */
function focused(): HTMLElement | null {
  const { activeElement } = document;
  const menu = activeElement?.closest('[role="menu"]');
  const opener = menu?.getAttribute('aria-labelledby') ?? undefined;
  const origin = opener === undefined ? activeElement : document.getElementById(opener);
  return origin instanceof HTMLElement && origin !== document.body ? origin : null;
}

/** Where one goes on when what had the focus is gone, as a member that was removed is. */
const content = (): HTMLElement | null => document.getElementById('content');
