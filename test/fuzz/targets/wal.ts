/**
 * Logs whose files were changed at rest, on a simulated disk, opened by the production code. It finds what was written,
 * leaves out the end of a log whose seal is not in its place, or refuses with a StorageError that names file and remedy; no
 * log brings back what nobody wrote.
 */
import assert from 'node:assert/strict';
import type { Entry, LogPosition } from '@concord/raft';
import { SimulatedDisk, uniformCrash, type Random } from '@concord/testing';
import { StorageError } from '../../../packages/storage/src/errors.ts';
import { entriesOf } from '../../../packages/storage/src/harness/test-member.ts';
import { createWal } from '../../../packages/storage/src/wal/creation.ts';
import { hasWal, openWal, readLog } from '../../../packages/storage/src/wal/opening.ts';
import { mutate } from '../mutation.ts';
import {
  GROWTH_BYTES_MAX_DEFAULT,
  HANG_MS_DEFAULT,
  type FuzzSession,
  type FuzzTarget,
} from '../target.ts';

const DIRECTORY = '/data/member/wal';
const IDENTITY = { clusterId: 0xc1n, memberId: 0xa1n };
const SEGMENT_BYTES = 2560;
const SECTOR_BYTES = 512;
const HEADER_BYTES = 3;

interface Original {
  readonly disk: SimulatedDisk;
  readonly files: readonly string[];
  /** The last record of a log that was closed, which makes everything before it refusable; where it stands. */
  readonly seal: { readonly bytes: Buffer; readonly offset: number } | undefined;
  readonly applied: LogPosition;
  readonly entries: readonly Entry[];
}

const onFailure = (error: Error): void => {
  throw error;
};

/** Nine entries in several segments; the log was closed, or not, and begun anew, or not. */
function original(isClosed: boolean, isReset: boolean): Original {
  const disk = new SimulatedDisk();
  const options = { directory: DIRECTORY, fileSystem: disk, identity: IDENTITY };
  const wal = createWal({ ...options, onFailure, segmentBytes: SEGMENT_BYTES });
  const append = (term: number, from: number, to: number): void => {
    for (const entry of entriesOf(term, from, to)) {
      wal.append({ term, votedFor: 3n, commit: entry.index - 1 }, [entry], () => undefined);
      disk.run();
    }
  };
  append(1, 1, 5);
  const applied = isReset ? { term: 2, index: 4 } : { term: 0, index: 0 };
  if (isReset) wal.reset(applied, () => undefined);
  append(2, isReset ? 5 : 6, 9);
  if (isClosed) wal.close(() => undefined);
  disk.run();
  const files = disk.list(DIRECTORY).toSorted();
  const { entries } = readLog({ ...options, applied });
  const last = Buffer.from(disk.content(`${DIRECTORY}/${lastSegment(files)}`));
  return { disk, files, seal: isClosed ? lastSector(last) : undefined, applied, entries };
}

const lastSegment = (files: readonly string[]): string =>
  files.findLast((name) => name.endsWith('.wal')) ?? '';

function lastSector(segment: Buffer): { readonly bytes: Buffer; readonly offset: number } {
  let offset = segment.length - SECTOR_BYTES;
  while (segment.subarray(offset, offset + SECTOR_BYTES).every((byte) => byte === 0)) {
    offset -= SECTOR_BYTES;
  }
  return { bytes: segment.subarray(offset, offset + SECTOR_BYTES), offset };
}

const originals = [true, false].flatMap((isClosed) =>
  [true, false].map((isReset) => original(isClosed, isReset)),
);

/** Input: which log, which of its files, what is done with it, and its new content. */
class WalSession implements FuzzSession {
  next(random: Random): Uint8Array {
    const log = random.integer(0, originals.length - 1);
    const { disk, files } = originals[log]!;
    const file = random.integer(0, files.length - 1);
    const operation = random.chance(0.03) ? 1 : 0;
    const other = disk.content(`${DIRECTORY}/${random.pick(files)}`);
    const content = mutate(random, disk.content(`${DIRECTORY}/${files[file]!}`), { other });
    return Buffer.concat([Buffer.from([log, file, operation]), content]);
  }

  run(input: Uint8Array): string {
    const log = originals[(input[0] ?? 0) % originals.length]!;
    const file = log.files[(input[1] ?? 0) % log.files.length]!;
    const disk = log.disk.afterCrash(uniformCrash('kept', true));
    const path = `${DIRECTORY}/${file}`;
    disk.remove(path);
    const content = Buffer.from(input.subarray(HEADER_BYTES));
    if (input[2] !== 1) {
      const created = disk.open(path, 'create');
      created.write(content, 0);
      created.sync();
    }
    const { seal } = log;
    const sealed = content.subarray(seal?.offset, (seal?.offset ?? 0) + SECTOR_BYTES);
    return verdict(
      log,
      file,
      disk,
      input[2] !== 1 && seal !== undefined && seal.bytes.equals(sealed),
    );
  }

  close(): void {
    // Nothing outlives an input.
  }
}

function verdict(log: Original, file: string, disk: SimulatedDisk, isSealed: boolean): string {
  const options = {
    directory: DIRECTORY,
    fileSystem: disk,
    identity: IDENTITY,
    applied: log.applied,
  };
  try {
    if (!hasWal(disk, DIRECTORY)) return 'no log';
    const found = openWal({ ...options, onFailure, segmentBytes: SEGMENT_BYTES });
    const expected = log.entries.slice(0, found.entries.length);
    assert.deepEqual(found.entries, expected, 'nothing is there that nobody wrote');
    disk.run();
    const again = readLog(options);
    assert.deepEqual(again.entries, found.entries, 'what was opened stays');
    if (found.entries.length === log.entries.length) return 'whole';
    const path = `${DIRECTORY}/${file}`;
    const isCut = disk.list(DIRECTORY).includes(file) && disk.content(path).length < SEGMENT_BYTES;
    assert.ok(!isCut, 'a file that was cut is refused');
    assert.ok(
      file === lastSegment(log.files) && !isSealed,
      `${file}: ${found.entries.length} entries`,
    );
    return 'shortened';
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    assert.ok(error.path.startsWith(DIRECTORY) && error.remedy !== '', error.message);
    return 'refused';
  }
}

export const wal: FuzzTarget = {
  hangMs: HANG_MS_DEFAULT,
  growthBytesMax: GROWTH_BYTES_MAX_DEFAULT,
  open: () => new WalSession(),
};
