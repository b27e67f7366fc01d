/** Breakages of the log and the disk: bug bank 2 and 13 to 25. */
import { test, worlds, type Breakage } from './breakage.ts';

const WAL = 'packages/storage/src/wal/wal.ts';
const RECORD = 'packages/storage/src/wal/record.ts';
const RECOVERY = 'packages/storage/src/wal/recovery.ts';
const OPENING = 'packages/storage/src/wal/opening.ts';
const WAL_TEST = 'packages/storage/src/wal/wal.test.ts';
const CRASH_TEST = 'packages/storage/src/wal/wal-crash.test.ts';

export const durability: readonly Breakage[] = [
  {
    row: 2,
    broken: 'acknowledged before the log has it',
    edits: [
      {
        file: 'packages/kv/src/replica-log.ts',
        find:
          '    this.#world.log.append(hardState, entries, () => {\n' +
          '      this.memory.append(entries);\n' +
          '      durable();\n' +
          '    });\n',
        replace:
          '    this.#world.log.append(hardState, entries, () => undefined);\n' +
          '    this.memory.append(entries);\n' +
          '    durable();\n',
      },
    ],
    proofs: [worlds()],
  },
  {
    row: 13,
    broken: 'a log that begins anew is not durable before its store is exchanged',
    edits: [
      {
        file: WAL,
        find: '    this.#rotate(start, () => {\n      this.#hardState = hardState;',
        replace:
          '    for (const durable of record.callbacks.splice(0)) durable();\n' +
          '    this.#rotate(start, () => {\n      this.#hardState = hardState;',
      },
    ],
    proofs: [worlds()],
  },
  {
    row: 14,
    broken: 'segments are deleted that recovery needs',
    edits: [
      {
        file: WAL,
        find: '(segment) => segment.firstIndex <= needed',
        replace: '(segment) => segment.firstIndex <= needed + 20',
      },
    ],
    proofs: [test(WAL_TEST, 'released segments are deleted'), worlds()],
  },
  {
    row: 16,
    broken: 'a snapshot is installed over what is newer',
    edits: [
      {
        file: 'packages/raft/src/follower.ts',
        find: 'if (snapshot.index <= log.commit) return false;\n  if (!log.holds(snapshot)) return true;',
        replace: 'if (!log.holds(snapshot)) return true;',
      },
    ],
    proofs: [worlds()],
  },
  {
    row: 17,
    broken: 'a torn tail is refused',
    edits: [
      {
        file: RECOVERY,
        find: "if (read.kind === 'damaged' && !isLast) {",
        replace: "if (read.kind === 'damaged') {",
      },
    ],
    proofs: [
      test(WAL_TEST, 'the last record, cut or zeroed'),
      test(CRASH_TEST, 'no crash loses or halves'),
      worlds(),
    ],
  },
  {
    row: 19,
    broken: 'the length of a record is believed beyond the end of the file',
    edits: [
      {
        file: RECORD,
        find: 'if (header.length > bytesLeft - headerBytes) {',
        replace: 'if (header.length > 2 ** 33) {',
      },
    ],
    proofs: [test('packages/storage/src/wal/record.test.ts', 'a length beyond the file')],
  },
  {
    row: 20,
    broken: 'a reader of the log begins a segment with a checksum of its own',
    edits: [
      {
        file: RECOVERY,
        find: 'previous: previous?.place.previous ?? first?.previous ?? 0,',
        replace: 'previous: previous?.place.previous ?? 0,',
      },
    ],
    proofs: [test(WAL_TEST, 'released segments are deleted'), worlds()],
  },
  {
    row: 21,
    broken: 'the directory of a new log is not synced',
    edits: [
      {
        file: 'packages/storage/src/wal/creation.ts',
        find: '  fileSystem.syncDirectory(directory);\n',
        replace: '',
      },
    ],
    proofs: [test(CRASH_TEST, 'no crash loses or halves'), worlds()],
  },
  {
    row: 22,
    broken: 'the checksum covers the header of a record alone',
    edits: [
      {
        file: RECORD,
        find: 'new Uint8Array(view.buffer, view.byteOffset + 4, headerBytes - 4 + payloadLength),',
        replace: 'new Uint8Array(view.buffer, view.byteOffset + 4, headerBytes - 4),',
      },
      {
        file: RECORD,
        find: 'return crc32(record.subarray(4)) === header.checksum;',
        replace: 'return crc32(record.subarray(4, headerBytes)) === header.checksum;',
      },
    ],
    proofs: [
      test('packages/storage/src/wal/record.test.ts', 'the checksum covers every byte'),
      test(WAL_TEST, 'the last record, cut or zeroed'),
      test(CRASH_TEST, 'no crash loses or halves'),
      worlds(),
    ],
  },
  {
    row: 24,
    broken: 'the error of a sync is passed over',
    edits: [
      {
        file: WAL,
        find: "if (this.#phase !== 'busy') return;\n      if (error !== undefined) return this.#fail(error);",
        replace: "if (this.#phase !== 'busy') return;",
      },
    ],
    proofs: [test(WAL_TEST, 'stops the log for good'), worlds()],
  },
  {
    row: 24,
    broken: 'what a start finds in the page cache is synced, not written anew',
    edits: [
      {
        file: OPENING,
        find: 'const file = replaceLastSegment(fileSystem, directory, end);',
        replace:
          "const file = fileSystem.open(`${directory}/${end.segments.at(-1)?.name}`, 'write');\n" +
          '  file.sync();',
      },
    ],
    proofs: [
      test('packages/storage/src/wal/segment-copy.test.ts', 'is durable once it was found'),
      worlds(),
    ],
  },
  {
    row: 25,
    broken: 'damage to a record of the log goes unnoticed',
    edits: [
      {
        file: RECORD,
        find: 'return crc32(record.subarray(4)) === header.checksum;',
        replace: 'return record.length > 0;',
      },
    ],
    proofs: [test(WAL_TEST, 'any flipped bit before the last record'), worlds()],
  },
  {
    row: 25,
    broken: 'damage to a value of the store goes unnoticed',
    edits: [
      {
        file: 'packages/storage/src/lmdb/row-value.ts',
        find: 'if (checksumOf(seed, key, stored, length) !== checksum >>> 0) return undefined;',
        replace: 'if (checksum === 0.5) return undefined;',
      },
    ],
    proofs: [test('packages/storage/src/damage-sweep.test.ts', 'no value of a store')],
  },
  {
    broken: 'the copy of a segment is not synced',
    edits: [
      {
        file: 'packages/storage/src/wal/segment-copy.ts',
        find: '      copy.sync();\n',
        replace: '',
      },
    ],
    proofs: [
      test('packages/storage/src/wal/segment-copy.test.ts', 'a power cut at any point'),
      worlds(),
    ],
  },
];
