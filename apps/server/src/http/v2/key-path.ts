/**
 * Paths of the v2 tree, as sequences of bytes: `/` is the root, all others are clean (no empty, `.` or `..` segment, no
 * slash at the end).
 */
import type { ByteString } from '@concord/protocol';

export type KeyPath = ByteString;

export const ROOT: KeyPath = '/';

/** Resolves empty, `.` and `..` segments, and drops slashes at the end: Go's `path.Clean` behind a `/`. */
export function cleanPath(path: ByteString): KeyPath {
  const kept: ByteString[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  return `/${kept.join('/')}`;
}

export function joinPath(parent: KeyPath, name: ByteString): KeyPath {
  return parent === ROOT ? `/${name}` : `${parent}/${name}`;
}

/** From the first segment down to the path itself; nothing for the root. */
export function lineageOf(path: KeyPath): readonly KeyPath[] {
  const lineage: KeyPath[] = [];
  for (let slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
    lineage.push(path.slice(0, slash));
  }
  if (path !== ROOT) lineage.push(path);
  return lineage;
}

export function parentOf(path: KeyPath): KeyPath {
  return path.slice(0, path.lastIndexOf('/')) || ROOT;
}

export function nameOf(path: KeyPath): ByteString {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Left out of listings: the last segment begins with `_`. */
export function isHidden(path: KeyPath): boolean {
  return nameOf(path).startsWith('_');
}

export function isBelow(path: KeyPath, ancestor: KeyPath): boolean {
  return path.startsWith(ancestor === ROOT ? ROOT : `${ancestor}/`) && path !== ancestor;
}
