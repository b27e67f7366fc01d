/**
 * Copies a segment of the log into an archive as it grows, asynchronously and a part at a time: the main thread makes the
 * calls, the bytes go through the thread pool.
 *
 * Invariant: the copy is never longer than what was durable in the segment, until that is finished; then it has the
 * segment's length.
 */
import { open, type FileHandle } from 'node:fs/promises';

const chunkBytes = 1024 * 1024;
const zeros = Buffer.alloc(chunkBytes);

/** Appends bytes `from` to `to` of the file `source` to the file `target`, and makes them durable. */
export async function copyRange(
  source: string,
  target: string,
  from: number,
  to: number,
): Promise<void> {
  await withFiles(source, target, from, async (reader, writer) => {
    await copyChunks(reader, writer, from, to);
    await writer.datasync();
  });
}

/** The same up to the end of a segment that nothing is written to any more. What was never written takes no room. */
export async function copyRest(source: string, target: string, from: number): Promise<void> {
  await withFiles(source, target, from, async (reader, writer) => {
    const { size } = await reader.stat();
    await copyChunks(reader, writer, from, size);
    await writer.truncate(size);
    await writer.sync();
  });
}

async function withFiles(
  source: string,
  target: string,
  from: number,
  copy: (reader: FileHandle, writer: FileHandle) => Promise<void>,
): Promise<void> {
  const reader = await open(source, 'r');
  try {
    const writer = await open(target, from === 0 ? 'w' : 'r+', 0o600);
    try {
      await copy(reader, writer);
    } finally {
      await writer.close();
    }
  } finally {
    await reader.close();
  }
}

async function copyChunks(
  reader: FileHandle,
  writer: FileHandle,
  from: number,
  to: number,
): Promise<void> {
  const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(0, to - from)));
  for (let at = from; at < to;) {
    const { bytesRead } = await reader.read(chunk, 0, Math.min(chunk.length, to - at), at);
    if (bytesRead === 0) throw new Error(`a segment of the log ends at ${at}, before ${to}`);
    const bytes = chunk.subarray(0, bytesRead);
    if (!bytes.equals(zeros.subarray(0, bytesRead))) await writer.write(bytes, 0, bytesRead, at);
    at += bytesRead;
  }
}
