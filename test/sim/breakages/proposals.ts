/** Breakages on the way of a request into the log. */
import { test, worlds, type Breakage } from './breakage.ts';

const PROPOSALS = 'packages/kv/src/proposals.ts';
const FOREIGN = 'packages/kv/src/foreign-proposals.ts';
const REPLICA = 'packages/kv/src/replica.ts';

export const proposals: readonly Breakage[] = [
  {
    broken: 'an entry is taken for a proposal by its index alone',
    edits: [
      {
        file: PROPOSALS,
        find: 'if (next?.index === entry.index && next.term === entry.term) {',
        replace: 'if (next?.index === entry.index) {',
      },
    ],
    proofs: [test('packages/kv/src/proposals.test.ts', 'an entry of an earlier term at the place')],
  },
  {
    broken: 'a forwarded proposal is taken in any term',
    edits: [
      {
        file: REPLICA,
        find: 'if (!this.isLeader || message.term !== this.term) return;\n        this.#foreign.add(message);',
        replace:
          'if (!this.isLeader) return;\n        this.#foreign.add({ ...message, term: this.term });',
      },
    ],
    proofs: [worlds()],
  },
  {
    broken: 'a forwarded proposal is taken as often as it comes',
    edits: [
      {
        file: FOREIGN,
        find: 'if (number <= (this.#lastNumbers.get(incarnation) ?? 0)) continue;',
        replace: '',
      },
    ],
    proofs: [worlds()],
  },
  {
    broken: 'a proposal is made again while the first may still be applied',
    edits: [
      {
        file: PROPOSALS,
        find: 'if (forwarded.term >= term) continue;',
        replace: 'if (forwarded.term > term) continue;',
      },
    ],
    proofs: [worlds()],
  },
  {
    broken: 'proposals that a snapshot jumped over are made again',
    edits: [
      {
        file: PROPOSALS,
        find: 'for (const { settle } of overtaken) settle?.(etcdErrors.ErrTimeoutDueToLeaderFail);',
        replace: 'this.#queued = [...overtaken.filter(isProposable), ...this.#queued];',
      },
    ],
    proofs: [worlds()],
  },
  {
    broken: 'incarnations of proposals begin alike',
    edits: [
      {
        file: REPLICA,
        find: 'this.#proposals = new Proposals(this.#chance());',
        replace: 'this.#proposals = new Proposals(1);',
      },
    ],
    proofs: [worlds()],
  },
  {
    broken: 'entries behind a snapshot on its way are not kept',
    edits: [
      {
        file: 'packages/kv/src/log-retention.ts',
        find: 'if (this.#snapshots.size > 0 && this.#log.bytes <= BYTES_KEPT_FOR_SNAPSHOT_MAX) {',
        replace: 'if (this.#snapshots.size > Infinity) {',
      },
    ],
    proofs: [worlds()],
  },
];
