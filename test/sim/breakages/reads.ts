/** Breakages of linearizable reads: bug bank 26 to 28. */
import { test, worlds, type Breakage } from './breakage.ts';

const LEADER = 'packages/raft/src/leader.ts';
const BANK = 'packages/raft/src/bug-bank.test.ts';

export const reads: readonly Breakage[] = [
  {
    row: 26,
    broken: 'a leader answers reads before an entry of its term is committed',
    edits: [
      {
        file: LEADER,
        find: 'if (!reads.hasGathered || reads.hasStarted || !core.hasCommittedInTerm) return;',
        replace: 'if (!reads.hasGathered || reads.hasStarted) return;',
      },
    ],
    proofs: [test(BANK, '26 '), worlds()],
  },
  {
    row: 27,
    broken: 'any answer to a heartbeat confirms the newest read',
    edits: [
      {
        file: 'packages/raft/src/read-rounds.ts',
        find: 'if (round > (this.#acknowledged.get(id) ?? 0)) this.#acknowledged.set(id, round);',
        replace: 'this.#acknowledged.set(id, Math.max(round, this.#newest));',
      },
    ],
    proofs: [test(BANK, '27 '), worlds()],
  },
  {
    row: 28,
    broken: 'reads of a lost leadership are confirmed by the commit index',
    edits: [
      {
        file: 'packages/raft/src/core.ts',
        find: 'if (origin === this.id) this.readsLost.push(request);',
        replace:
          'if (origin === this.id)' +
          ' this.readStates.push({ context: request, index: this.log.commit });',
      },
    ],
    proofs: [test(BANK, '28 '), worlds()],
  },
  {
    broken: 'a read runs before its index is applied',
    edits: [
      {
        file: 'packages/kv/src/read-queue.ts',
        find: "if (round.state !== 'confirmed' || round.index > appliedIndex) continue;",
        replace: "if (round.state !== 'confirmed') continue;",
      },
    ],
    proofs: [worlds()],
  },
  {
    broken: 'reads that were forwarded and lost are not asked for again',
    edits: [
      {
        file: 'packages/kv/src/read-queue.ts',
        find: '      this.#slowCount += 1;\n      this.reopen(number);\n',
        replace: '',
      },
    ],
    proofs: [worlds()],
  },
];
