/** Where an archive goes on when its member starts again: behind the last whole record that it has of the same log. */
import { closeSync, fsyncSync, openSync, readSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { StorageError } from '../errors.ts';
import { NodeFileSystem } from '../node-file-system.ts';
import { headerBytes, readHeader } from '../wal/record.ts';
import { findSegments, walkRecords, type LoggedRecord } from '../wal/record-walk.ts';
import type { SegmentName } from '../wal/segment.ts';

const chunkBytes = 1024 * 1024;

export interface Continuation {
  readonly segment: number;
  readonly offset: number;
  /** What an operator has to know: segments went while nothing was archived. */
  readonly gap?: string;
}

/**
 * Cuts off what a crash has left of a copy in the making. Throws `directory-foreign` when the archive holds records that
 * the log in `walDirectory` has not.
 */
export function continuationOf(archive: string, walDirectory: string): Continuation {
  const fileSystem = new NodeFileSystem();
  const live = findSegments(fileSystem, walDirectory);
  const archived = findSegments(fileSystem, archive).at(-1);
  const [oldest, newest] = [live[0], live.at(-1)];
  if (oldest === undefined || newest === undefined)
    throw new RangeError('a member that runs has a log');
  if (archived === undefined) return { segment: oldest.sequence, offset: 0 };
  if (archived.sequence > newest.sequence) throw foreign(archive, archived);
  const same = live.find(({ sequence }) => sequence === archived.sequence);
  const end = wholeRecords(fileSystem, archive, archived);
  if (same !== undefined) {
    if (same.name !== archived.name || !isPrefix(archive, walDirectory, same, end.bytes)) {
      throw foreign(archive, archived);
    }
    cut(join(archive, archived.name), end.bytes);
    return { segment: archived.sequence, offset: end.bytes };
  }
  const begun = { segment: oldest.sequence, offset: 0 };
  if (archived.sequence === oldest.sequence - 1) {
    if (firstNumber(join(walDirectory, oldest.name)) === end.records + 1) return begun;
  }
  return { ...begun, gap: gapText(archive, archived, oldest) };
}

/** How far the records of an archived segment are whole, and the number of the last of them. */
function wholeRecords(
  fileSystem: NodeFileSystem,
  archive: string,
  segment: SegmentName,
): { readonly bytes: number; readonly records: number } {
  const walk = walkRecords(fileSystem, archive, [segment]);
  let last: LoggedRecord | undefined;
  for (;;) {
    const { done, value } = walk.next();
    if (done === true) return { bytes: value.offset, records: last?.number ?? 0 };
    last = value;
  }
}

function isPrefix(
  archive: string,
  walDirectory: string,
  { name }: SegmentName,
  bytes: number,
): boolean {
  const descriptors = [join(archive, name), join(walDirectory, name)].map((path) =>
    openSync(path, 'r'),
  );
  const [own = -1, live = -1] = descriptors;
  try {
    const [a, b] = [Buffer.alloc(chunkBytes), Buffer.alloc(chunkBytes)];
    for (let at = 0; at < bytes; at += chunkBytes) {
      const length = Math.min(chunkBytes, bytes - at);
      const [readOwn, readLive] = [
        readSync(own, a, 0, length, at),
        readSync(live, b, 0, length, at),
      ];
      if (readOwn !== readLive || a.compare(b, 0, readLive, 0, readOwn) !== 0) return false;
    }
    return true;
  } finally {
    for (const descriptor of descriptors) closeSync(descriptor);
  }
}

function cut(path: string, bytes: number): void {
  const descriptor = openSync(path, 'r+');
  try {
    truncateSync(path, bytes);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The number of the record that a segment begins with. */
function firstNumber(path: string): number {
  const descriptor = openSync(path, 'r');
  try {
    const head = new Uint8Array(headerBytes);
    readSync(descriptor, head);
    return readHeader(new DataView(head.buffer), 0).number;
  } finally {
    closeSync(descriptor);
  }
}

const gapText = (archive: string, archived: SegmentName, oldest: SegmentName): string =>
  `the archive of the log ${archive} has a gap: it ends with segment ${archived.sequence}, and the log begins with ` +
  `${oldest.sequence}. Take a new snapshot as a base.`;

const foreign = (archive: string, { name }: SegmentName): StorageError =>
  new StorageError({
    code: 'directory-foreign',
    path: join(archive, name),
    found: 'records of another log, of a member with the same ids',
    expected: 'those of this one',
    remedy:
      'The data directory was made anew, from a snapshot or empty. Keep the archive, and name another --archive-dir.',
  });
