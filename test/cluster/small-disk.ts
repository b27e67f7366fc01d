/** A disk that a test can fill: a file system in memory of a given size, in the mount namespace of this process alone. */
import { execFileSync } from 'node:child_process';
import { closeSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const BALLAST = 'ballast';
const BALLAST_CHUNK_BYTES = 1024 * 1024;

/** Mounts it over an empty directory; only in a process that `enterNamespace` began. */
export function mountSmallDisk(directory: string, bytes: number): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=700`, 'small-disk', directory]);
}

export function unmount(directory: string): void {
  execFileSync('umount', [directory]);
}

/** Takes all space but `bytesLeft`, until the function it answers is called. */
export function fillDisk(directory: string, bytesLeft: number): () => void {
  const file = join(directory, BALLAST);
  const descriptor = openSync(file, 'w');
  const chunk = Buffer.alloc(BALLAST_CHUNK_BYTES);
  const freeBytes = (): number => {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize - bytesLeft;
  };
  for (let free = freeBytes(); free > 0; free = freeBytes()) {
    writeSync(descriptor, chunk, 0, Math.min(free, chunk.length));
  }
  fsyncSync(descriptor);
  closeSync(descriptor);
  return () => rmSync(file);
}
