/** Begins a log: its directory, and a first segment that is whole before it has its name. */
import type { HardState, LogPosition } from '@concord/raft';
import { removePrepared, segmentHeader } from './segment-header.ts';
import { preparedName, segmentName } from './segment.ts';
import { defaultSegmentBytes, Wal, type WalOptions } from './wal.ts';

/** Small, because a new member waits for its zeros; the segments after it are prepared in the background. */
const firstSegmentBytes = 1024 * 1024;

/**
 * Creates a log that begins after `snapshot`: position 0 for a new cluster, that of the snapshot for a member
 * that starts from one. The directory may exist; it must hold no segments.
 */
export function createWal(options: WalOptions, snapshot: LogPosition = { term: 0, index: 0 }): Wal {
  const { directory, fileSystem, identity, segmentBytes = defaultSegmentBytes } = options;
  const hardState: HardState = { term: snapshot.term, votedFor: 0n, commit: snapshot.index };
  const firstIndex = snapshot.index + 1;
  const fileBytes = Math.min(firstSegmentBytes, segmentBytes);
  const start = { segment: 0, offset: 0, previous: 0, number: 1 };
  const header = segmentHeader(fileSystem, start, {
    identity,
    isReset: false,
    firstIndex,
    hardState,
    snapshot,
    segmentBytes: fileBytes,
  });

  fileSystem.makeDirectory(directory);
  const name = segmentName(0, firstIndex);
  const prepared = `${directory}/${preparedName}`;
  removePrepared(fileSystem, directory);
  const file = fileSystem.open(prepared, 'create');
  file.write(new Uint8Array(fileBytes), 0);
  file.write(header.bytes, 0);
  file.sync();
  fileSystem.rename(prepared, `${directory}/${name}`);
  fileSystem.syncDirectory(directory);
  const state = {
    segments: [{ sequence: 0, firstIndex, name }],
    place: header.next,
    segmentBytes: fileBytes,
    hardState,
    snapshot,
    lastIndex: snapshot.index,
  };
  return new Wal(options, state, file);
}
