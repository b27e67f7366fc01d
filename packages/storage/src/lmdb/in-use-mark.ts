/**
 * A file beside the store, `in-use`, that is there while a process has the store open for writing. One that is found at
 * a start says that the process before did not end as it should: the power went, it was killed, or LMDB met a page that
 * it could not read and took the process down. The last of these would happen again, so then every page is looked at.
 *
 * Beside the store and not above: it goes where the store goes when directories are renamed.
 */
import { closeSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { syncDirectory } from '../sync-directory.ts';

const markPath = (directory: string): string => join(directory, 'in-use');

export function isMarkedInUse(directory: string): boolean {
  return existsSync(markPath(directory));
}

/** Durable when it returns. */
export function markInUse(directory: string): void {
  const descriptor = openSync(markPath(directory), 'w', 0o600);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  syncDirectory(directory);
}

/** Call once everything is closed. If the power goes before it is durable, the next start looks at every page. */
export function unmarkInUse(directory: string): void {
  rmSync(markPath(directory), { force: true });
}
