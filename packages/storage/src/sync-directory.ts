/** Makes the names in a directory durable: what was created, renamed or removed in it stays so. */
import { closeSync, constants, fsyncSync, openSync } from 'node:fs';

export function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, constants.O_RDONLY);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
