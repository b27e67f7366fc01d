/** Breakages of what entries mean and how their effects are kept: bug bank 1, 4, 5, 7, 8, 10 and 12. */
import { test, worlds, type Breakage } from './breakage.ts';

const STATE_MACHINE = 'packages/kv/src/state-machine.ts';
const MVCC_STORE = 'packages/kv/src/mvcc/mvcc-store.ts';
const OVERLAY = 'packages/kv/src/mvcc/overlay.ts';
const MVCC_TEST = 'packages/kv/src/mvcc/mvcc-store.test.ts';

export const store: readonly Breakage[] = [
  {
    row: 1,
    broken: 'the applied index is in the batch after its effects',
    edits: [
      {
        file: STATE_MACHINE,
        find:
          '    writeApplied(this.overlay, this.#applied, this.#hash.value);\n' +
          '    return this.mvcc.flush(committed);\n',
        replace:
          '    const isFlushed = this.mvcc.flush(committed);\n' +
          '    writeApplied(this.overlay, this.#applied, this.#hash.value);\n' +
          '    return isFlushed;\n',
      },
    ],
    proofs: [worlds()],
  },
  {
    row: 4,
    broken: 'what an alarm refuses does not advance the applied index',
    edits: [
      {
        file: STATE_MACHINE,
        find: '    this.#advance(index, term);\n    const refused =\n',
        replace:
          '    if (this.#refusedByAlarm(command) === undefined) this.#advance(index, term);\n' +
          '    const refused =\n',
      },
    ],
    proofs: [test('packages/kv/src/state-machine.test.ts', '4 (etcd 13937)')],
  },
  {
    row: 5,
    broken: 'leases of before a snapshot stay in memory',
    edits: [
      {
        file: STATE_MACHINE,
        find: '    const authRevision = this.auth.revision;\n    this.#parts = this.#open();\n',
        replace:
          '    const authRevision = this.auth.revision;\n' +
          '    const { leases, lessor } = this.#parts;\n' +
          '    this.#parts = { ...this.#open(), leases, lessor };\n',
      },
    ],
    proofs: [worlds()],
  },
  {
    row: 5,
    broken: 'members of before a snapshot stay in memory',
    edits: [
      {
        file: STATE_MACHINE,
        find: '    const authRevision = this.auth.revision;\n    this.#parts = this.#open();\n',
        replace:
          '    const authRevision = this.auth.revision;\n' +
          '    const { members } = this.#parts;\n' +
          '    this.#parts = { ...this.#open(), members };\n',
      },
    ],
    proofs: [worlds()],
  },
  {
    row: 7,
    broken: 'what a member has compacted by now decides whether a read fails',
    edits: [
      {
        file: MVCC_STORE,
        find: 'return this.#compaction.scheduledRevision;',
        replace: 'return this.#compaction.finishedRevision;',
      },
    ],
    proofs: [worlds()],
  },
  {
    row: 8,
    broken: 'a transaction that fails half-way is not undone',
    edits: [{ file: MVCC_STORE, find: 'txn.undo();', replace: '' }],
    proofs: [test(MVCC_TEST, 'a write that throws leaves no trace')],
  },
  {
    row: 10,
    broken: 'every other revision is stored without its number',
    edits: [
      {
        file: MVCC_STORE,
        find: 'if (this.#revision !== this.#savedRevision) {',
        replace: 'if (this.#revision % 2 === 0) {',
      },
    ],
    proofs: [worlds()],
  },
  {
    row: 12,
    broken: 'the overlay forgets the batch that is being committed',
    edits: [
      {
        file: OVERLAY,
        find: 'return value !== undefined ? value : this.#committing?.tables.get(table)?.get(key);',
        replace: 'return value;',
      },
    ],
    proofs: [test('packages/kv/src/mvcc/overlay.test.ts', 'rows of all layers'), worlds()],
  },
  {
    broken: 'the rolling hash is not restored',
    edits: [
      {
        file: STATE_MACHINE,
        find: '    this.#applied = position;\n    this.#hash = new RollingHash(hash);\n    this.watches = ',
        replace:
          '    this.#applied = position;\n    this.#hash = new RollingHash(hash ^ hash);\n    this.watches = ',
      },
    ],
    proofs: [worlds()],
  },
  {
    broken: 'a compaction is not stored',
    edits: [
      {
        file: 'packages/kv/src/mvcc/compaction.ts',
        find: "writeMeta(this.#space.overlay, 'scheduled-compaction', revision);",
        replace: '',
      },
    ],
    proofs: [worlds()],
  },
];
