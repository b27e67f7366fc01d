/** Which events a watch of a path is about, in etcd's rules. */
import type { KeyEvent } from './key-event.ts';
import { isBelow, type KeyPath } from './key-path.ts';

export interface Watched {
  readonly path: KeyPath;
  readonly isRecursive: boolean;
}

/** For events that happen while somebody waits. */
export function matchesLive(event: KeyEvent, watched: Watched): boolean {
  if (event.isRefresh === true || !matches(event, watched)) return false;
  const { key } = event.node;
  return !isBelow(key, watched.path) || !isHiddenBelow(watched.path, key);
}

/** For events of the history. etcd does not look for hidden nodes there. */
export function matchesHistory(event: KeyEvent, watched: Watched): boolean {
  return event.isRefresh !== true && matches(event, watched);
}

function matches({ action, node, prevNode }: KeyEvent, { path, isRecursive }: Watched): boolean {
  if (node.key === path || (isRecursive && isBelow(node.key, path))) return true;
  // What is in a directory goes with it.
  const isRemoval = action === 'delete' || action === 'expire';
  return isRemoval && prevNode?.dir === true && isBelow(path, node.key);
}

/** A segment after the watched path begins with `_`. */
function isHiddenBelow(watchedPath: KeyPath, key: KeyPath): boolean {
  const rest = watchedPath === '/' ? key : key.slice(watchedPath.length);
  return rest.includes('/_');
}
