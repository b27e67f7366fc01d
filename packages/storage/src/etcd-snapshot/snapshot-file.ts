/**
 * A snapshot as a file: the database, and behind it the SHA-256 that the server sent. Databases have whole sectors of
 * 512 bytes, so the length tells whether a digest is there; a database that was copied from a directory has none.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';

const sectorBytes = 512;
const digestBytes = 32;
const readBytes = 1 << 20;

export interface SnapshotFile {
  readonly path: string;
  /** Without the digest. */
  readonly databaseBytes: number;
  /** What the server sent; `undefined` where there is none. */
  readonly digest: Uint8Array | undefined;
}

/** Throws what the file system throws. */
export async function openSnapshotFile(path: string): Promise<SnapshotFile> {
  const { size } = await stat(path);
  if (size % sectorBytes !== digestBytes) return { path, databaseBytes: size, digest: undefined };
  const databaseBytes = size - digestBytes;
  const file = await open(path, 'r');
  try {
    const digest = new Uint8Array(digestBytes);
    await file.read(digest, 0, digestBytes, databaseBytes);
    return { path, databaseBytes, digest };
  } finally {
    await file.close();
  }
}

/** The SHA-256 of the database as it is on disk. */
export async function digestOf({ path, databaseBytes }: SnapshotFile): Promise<Uint8Array> {
  const hash = createHash('sha256');
  if (databaseBytes === 0) return hash.digest();
  const content = createReadStream(path, { end: databaseBytes - 1, highWaterMark: readBytes });
  for await (const bytes of content) hash.update(bytes as Buffer);
  return hash.digest();
}
