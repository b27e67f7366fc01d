/** Breakages of watches: bug bank 3.4. */
import { test, worlds, type Breakage } from './breakage.ts';

const HUB = 'packages/kv/src/watch/watch-hub.ts';
const STREAM = 'packages/kv/src/watch/watch-stream.ts';
const HUB_TEST = 'packages/kv/src/watch/watch-hub.test.ts';
const STREAM_TEST = 'packages/kv/src/watch/watch-stream.test.ts';
const MODEL_TEST = 'packages/kv/src/watch/watch-model.test.ts';
const MODEL = 'whatever happens, every watch gets what it asked for, in order, once, whole';

export const watches: readonly Breakage[] = [
  {
    row: 41,
    broken: 'progress is told on request while events are still to come',
    edits: [
      {
        file: STREAM,
        find: 'if (this.#watchers.size === 0 || this.behindCount > 0) return false;',
        replace: 'if (this.#watchers.size === 0) return false;',
      },
    ],
    proofs: [test(STREAM_TEST, '(#41)'), test(MODEL_TEST, MODEL), worlds()],
  },
  {
    row: 41,
    broken: 'progress is told in its time to a watch that is behind',
    edits: [
      {
        file: 'packages/kv/src/watch/progress-clock.ts',
        find: "watcher.place === 'synced' && watcher.startRevision <= revision",
        replace: 'watcher.startRevision <= revision',
      },
    ],
    proofs: [
      test('packages/kv/src/watch/progress-clock.test.ts', 'leave out a watch that had events'),
    ],
  },
  {
    row: 42,
    broken: 'watches miss what a snapshot jumped over',
    edits: [
      {
        file: HUB,
        find: 'Math.max(watcher.nextRevision, seen + 1)',
        replace: 'Math.max(watcher.nextRevision, revision + 1)',
      },
    ],
    proofs: [test(HUB_TEST, '(#42)'), worlds()],
  },
  {
    row: 42,
    broken: 'watches are told everything again after a snapshot',
    edits: [
      {
        file: HUB,
        find: 'Math.max(watcher.nextRevision, seen + 1)',
        replace: 'Math.max(1, watcher.startRevision)',
      },
    ],
    proofs: [worlds()],
  },
  {
    row: 43,
    broken: 'a watch that was starved goes on one revision too late',
    edits: [
      {
        file: HUB,
        find: '      watcher.nextRevision = this.#revision;\n',
        replace: '      watcher.nextRevision = this.#revision + 1;\n',
      },
    ],
    proofs: [test(HUB_TEST, '(#43)'), test(MODEL_TEST, MODEL), worlds()],
  },
  {
    row: 44,
    broken: 'compaction at a deletion takes its event along',
    edits: [
      {
        file: 'packages/kv/src/mvcc/compaction.ts',
        find: 'if (deletedKey === undefined || change.modRevision === compacted) return;',
        replace: 'if (deletedKey === undefined) return;',
      },
    ],
    proofs: [
      test('packages/kv/src/mvcc/compaction.test.ts', '44:'),
      test('packages/kv/src/watch/watch-store.test.ts', '(#44, #45)'),
      worlds(),
    ],
  },
  {
    row: 45,
    broken: 'of the deletions at the compacted revision only the first is kept',
    edits: [
      {
        file: 'packages/kv/src/mvcc/compaction.ts',
        find: 'change.modRevision === compacted) return;',
        replace: '(change.modRevision === compacted && change.subRevision === 0)) return;',
      },
    ],
    proofs: [test('packages/kv/src/watch/watch-store.test.ts', 'come whole')],
  },
  {
    row: 46,
    broken: 'after a snapshot a watch of the future gets the past',
    edits: [
      {
        file: HUB,
        find: 'watcher.nextRevision = Math.max(watcher.nextRevision, seen + 1);',
        replace: 'watcher.nextRevision = seen + 1;',
      },
    ],
    proofs: [test(HUB_TEST, 'leaves a watch of the future waiting (#46)'), worlds()],
  },
  {
    row: 47,
    broken: 'what is applied while a watch waits for history comes live and from history',
    edits: [
      {
        file: HUB,
        find: 'this.#registry.synced.match(change.key, this.#touched);',
        replace:
          'this.#registry.synced.match(change.key, this.#touched);' +
          ' this.#registry.waiting.match(change.key, this.#touched);',
      },
    ],
    proofs: [test(HUB_TEST, '(#47)'), test(MODEL_TEST, MODEL), worlds()],
  },
  {
    row: 47,
    broken: 'slices of history overlap by a revision',
    edits: [
      {
        file: 'packages/kv/src/watch/catch-up.ts',
        find: 'watcher.nextRevision = end + 1;',
        replace: 'watcher.nextRevision = end;',
      },
    ],
    proofs: [test(MODEL_TEST, MODEL)],
  },
  {
    row: 48,
    broken: 'a negative start is taken',
    edits: [
      {
        file: STREAM,
        find: 'if (request.startRevision < 0) return etcdErrors.ErrCompacted.message;',
        replace: '',
      },
    ],
    proofs: [test(STREAM_TEST, 'a negative start is refused (#48)')],
  },
  {
    row: 49,
    broken: 'watch 0 is taken for none when it is canceled',
    edits: [
      {
        file: STREAM,
        find: 'if (idField === undefined) return false;',
        replace: 'if (idField === undefined || id === 0n) return false;',
      },
    ],
    proofs: [test(STREAM_TEST, '(#49)'), test(MODEL_TEST, MODEL)],
  },
  {
    row: 49,
    broken: 'a watch without an id field is passed over when the stream closes',
    edits: [
      {
        file: STREAM,
        find: 'for (const watcher of [...this.#watchers.values()]) this.#remove(watcher);',
        replace:
          'for (const watcher of [...this.#watchers.values()])' +
          ' if (watcher.idField.length > 0) this.#remove(watcher);',
      },
    ],
    proofs: [test(STREAM_TEST, 'a closed stream takes no more requests')],
  },
  {
    row: 51,
    broken: 'a slice of history has no end',
    edits: [
      {
        file: 'packages/kv/src/watch/catch-up.ts',
        find: 'Math.min(changesMax, CHANGES_PER_SLICE_MAX)',
        replace: 'Infinity',
      },
    ],
    proofs: [test(HUB_TEST, 'a slice reads no more than it is allowed')],
  },
];
