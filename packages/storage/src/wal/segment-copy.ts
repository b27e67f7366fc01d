/**
 * A fresh copy of the last segment, which takes its place whenever a log is opened.
 *
 * What a program reads need not be on the disk: after a failed `fdatasync` Linux marks the lost pages clean and keeps
 * them readable, and syncing them again writes nothing. The last record of a log may be such a one, the seal of a
 * closed log too. Its bytes are durable once they have been written anew, and they are written to another file
 * because a torn write over a record that was acknowledged after all would destroy it.
 */
import { StorageError } from '../errors.ts';
import type { FileSystem, OpenFile } from '../file-system.ts';
import type { RecordPlace } from './record.ts';
import { readWal, type WalEnd, type WalVisitor } from './recovery.ts';
import { preparedName, type SegmentName } from './segment.ts';

const chunkBytes = 1024 * 1024;

/**
 * Puts a copy of the records of a log's last segment, followed by zeros to its former length, in the place of the
 * file, so that remains of a torn write go with the file. Returns the copy, durable under the name of the segment
 * and open for writing. No `next.tmp` may exist. A crash at any point leaves the one file or the other.
 */
export function replaceLastSegment(
  fileSystem: FileSystem,
  directory: string,
  end: WalEnd,
): OpenFile {
  const last = end.segments.at(-1);
  if (last === undefined) throw new RangeError('a log has at least one segment');
  const path = `${directory}/${last.name}`;
  const prepared = `${directory}/${preparedName}`;
  const source = fileSystem.open(path, 'read');
  try {
    const copy = fileSystem.open(prepared, 'create');
    try {
      copyRecords(source, copy, end);
      assertCopied(fileSystem, directory, last, end.place);
      copy.sync();
      fileSystem.rename(prepared, path);
      fileSystem.syncDirectory(directory);
      return copy;
    } catch (error) {
      copy.close();
      throw error;
    }
  } finally {
    source.close();
  }
}

function copyRecords(source: OpenFile, copy: OpenFile, end: WalEnd): void {
  const usedBytes = end.place.offset;
  // A file that was cut inside the padding of its last record is shorter than its records.
  const copyBytes = Math.max(end.segmentBytes, usedBytes);
  const chunk = new Uint8Array(Math.min(chunkBytes, copyBytes));
  for (let offset = 0; offset < copyBytes; offset += chunk.length) {
    const wanted = Math.min(chunk.length, Math.max(0, usedBytes - offset));
    const read = wanted === 0 ? 0 : source.read(chunk.subarray(0, wanted), offset);
    chunk.fill(0, read);
    copy.write(chunk.subarray(0, Math.min(chunk.length, copyBytes - offset)), offset);
  }
}

/**
 * The kernel may drop a clean page between the reading of the log and that of the copy, and then read what the disk
 * has instead. Each record holds the checksum of the one before, so equal ends mean equal records.
 */
function assertCopied(
  fileSystem: FileSystem,
  directory: string,
  segment: SegmentName,
  expected: RecordPlace,
): void {
  const own = { ...segment, name: preparedName };
  const { place } = readWal(fileSystem, directory, [own], ignoringVisitor);
  if (place.number === expected.number && place.previous === expected.previous) return;
  throw new StorageError({
    code: 'device-failed',
    path: `${directory}/${segment.name}`,
    offset: Math.min(place.offset, expected.offset),
    found: `records up to ${place.number - 1} when they were read again`,
    expected: `records up to ${expected.number - 1}, as a moment before`,
    remedy:
      'What was never acknowledged was lost with a page of memory after a failed write: ' +
      'start the member again, and check the drive.',
  });
}

const ignoringVisitor: WalVisitor = { segment: () => {}, record: () => {} };
