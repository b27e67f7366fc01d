/** Breakages of Raft: bug bank 29 to 40. */
import { test, worlds, type Breakage } from './breakage.ts';

const FOLLOWER = 'packages/raft/src/follower.ts';
const LEADER = 'packages/raft/src/leader.ts';
const PROPOSAL = 'packages/raft/src/proposal.ts';
const REPLICATED_LOG = 'packages/raft/src/replicated-log.ts';
const STEP = 'packages/raft/src/step.ts';
const BANK = 'packages/raft/src/bug-bank.test.ts';
const PAPER = 'packages/raft/src/paper.test.ts';
const THESIS = 'packages/raft/src/thesis.test.ts';

export const consensus: readonly Breakage[] = [
  {
    row: 29,
    broken: 'an append behind what is compacted or missing matches',
    edits: [
      {
        file: FOLLOWER,
        find: 'if (!log.holds(previous) || lacksConfiguration(core)) {',
        replace: 'if ((previous.term !== 0 && !log.holds(previous)) || lacksConfiguration(core)) {',
      },
      {
        file: 'packages/raft/src/replication.ts',
        find: 'const term = log.term(previous);\n  if (term === undefined || progress.needsSnapshot) {',
        replace: 'const term = log.term(previous) ?? 0;\n  if (progress.needsSnapshot) {',
      },
    ],
    proofs: [test(BANK, '29'), worlds()],
  },
  {
    row: 30,
    broken: 'the window is not cleared when its state changes',
    edits: [
      {
        file: 'packages/raft/src/progress/progress.ts',
        find: 'this.inflights.clear();',
        replace: '',
      },
    ],
    proofs: [test(BANK, '30 '), worlds()],
  },
  {
    row: 31,
    broken: 'the account of uncommitted bytes leaks',
    edits: [{ file: LEADER, find: 'role.uncommitted.release(index);', replace: '' }],
    proofs: [test(BANK, '31 '), worlds()],
  },
  {
    row: 32,
    broken: 'the way out of a joint configuration is proposed again and again',
    edits: [
      {
        file: PROPOSAL,
        find: 'if (log.applied < role.pendingMembershipIndex || !core.hasCommittedInTerm) return;',
        replace: 'if (!core.hasCommittedInTerm) return;',
      },
    ],
    proofs: [test(BANK, '32 (raft bd3c759)')],
  },
  {
    row: 33,
    broken: 'a new leader changes the membership while an inherited change is not committed',
    edits: [
      {
        file: PROPOSAL,
        find: "if (!core.hasCommittedInTerm) return refuse(core, 'no-commit-in-term');",
        replace: '',
      },
      // This alone would be enough here, where a change counts from when it is applied.
      {
        file: 'packages/raft/src/transitions.ts',
        find: 'pendingMembershipIndex: core.log.lastIndex,',
        replace: 'pendingMembershipIndex: 0,',
      },
    ],
    proofs: [test(BANK, '33 ')],
  },
  {
    row: 33,
    broken: 'the membership changes before the last change is applied',
    edits: [
      {
        file: PROPOSAL,
        find: "if (core.log.applied < role.pendingMembershipIndex) return refuse(core, 'membership-pending');",
        replace: '',
      },
    ],
    proofs: [test(BANK, '33 ')],
  },
  {
    row: 34,
    broken: 'entries of earlier terms are committed by counting',
    edits: [
      {
        file: LEADER,
        find: 'if (index <= log.commit || log.term(index) !== term) return;',
        replace: 'if (index <= log.commit) return;',
      },
    ],
    proofs: [test(BANK, '34 '), test(PAPER, '(5.4.2)')],
  },
  {
    row: 35,
    broken: 'heartbeats of old terms are heeded',
    edits: [
      {
        file: STEP,
        find: 'if (message.term < core.term) return answerStale(core, message);',
        replace:
          "if (message.term < core.term && message.kind !== 'heartbeat')" +
          ' return answerStale(core, message);',
      },
    ],
    proofs: [test(BANK, '35 '), worlds()],
  },
  {
    row: 36,
    broken: 'a snapshot leaves the configuration as it was',
    edits: [{ file: FOLLOWER, find: 'core.configuration = snapshot.configuration;', replace: '' }],
    proofs: [test(BANK, '36 '), worlds()],
  },
  {
    row: 37,
    broken: 'a vote is told before it is durable',
    edits: [
      {
        file: STEP,
        find: "core.sendWhenDurable({ kind: 'vote-reply',",
        replace: "core.send({ kind: 'vote-reply',",
      },
    ],
    proofs: [test(BANK, '37 '), worlds()],
  },
  {
    row: 37,
    broken: 'a vote is not stored',
    edits: [{ file: STEP, find: 'core.votedFor = request.from;', replace: '' }],
    proofs: [test(BANK, '37 '), worlds()],
  },
  {
    row: 38,
    broken: 'ids go through a double',
    edits: [
      {
        file: STEP,
        find: "kind: 'vote-reply', from, to: request.from, term",
        replace: "kind: 'vote-reply', from, to: BigInt(Number(request.from)), term",
      },
    ],
    proofs: [worlds()],
  },
  {
    row: 39,
    broken: 'a late report of a write vouches for what was cut',
    edits: [{ file: REPLICATED_LOG, find: 'this.#writes.truncate(index - 1);', replace: '' }],
    proofs: [test(BANK, '39 (async append ABA)'), worlds()],
  },
  {
    row: 40,
    broken: 'messages for others are heeded',
    edits: [
      {
        file: STEP,
        find: "if (message.to !== core.id) return 'misaddressed';",
        replace: '',
      },
    ],
    proofs: [test(BANK, '40 '), worlds()],
  },
  {
    broken: 'learners count for the quorum',
    edits: [
      {
        file: LEADER,
        find: 'const index = quorumReached(configuration, ',
        replace:
          'const { voters, learners } = configuration;\n' +
          '  const index = quorumReached({ ...configuration, voters: [...voters, ...learners] }, ',
      },
    ],
    proofs: [test(THESIS, 'a learner counts neither for commitment'), worlds()],
  },
  {
    broken: 'a candidate whose log is behind is elected',
    edits: [
      {
        file: 'packages/raft/src/vote.ts',
        find:
          "if (votedFor === NOBODY && voter.leader !== NOBODY) return refuse('has-leader');\n" +
          "  if (isBehind(request.last, voter.last)) return refuse('log-behind');",
        replace: "if (votedFor === NOBODY && voter.leader !== NOBODY) return refuse('has-leader');",
      },
    ],
    proofs: [test(PAPER, 'a candidate that ends at'), worlds()],
  },
  {
    broken: 'an append is accepted before it is durable',
    edits: [
      {
        file: FOLLOWER,
        find:
          'const index = previous.index + entries.length;\n' +
          '  log.commitTo(Math.min(commit, index));\n' +
          '  core.sendWhenDurable(',
        replace:
          'const index = previous.index + entries.length;\n' +
          '  log.commitTo(Math.min(commit, index));\n' +
          '  core.send(',
      },
    ],
    proofs: [test(PAPER, 'nothing is answered before term, vote and entries'), worlds()],
  },
  {
    broken: 'a leader counts itself before its disk has it',
    edits: [
      {
        file: LEADER,
        find: 'quorumReached(configuration, (id) => role.progress.get(id)?.match ?? 0)',
        replace:
          'quorumReached(configuration, (id) =>' +
          ' id === core.id ? log.lastIndex : (role.progress.get(id)?.match ?? 0))',
      },
    ],
    proofs: [test(THESIS, 'counts itself only after'), worlds()],
  },
  {
    broken: 'a removed leader goes on',
    edits: [
      {
        file: LEADER,
        find: '  if (!core.isVoter) {\n',
        replace: '  if (core.id === 0n) {\n',
      },
    ],
    proofs: [test(THESIS, 'a leader that is removed steps down')],
  },
  {
    broken: 'a transfer of leadership has no end',
    edits: [
      {
        file: LEADER,
        find: '++role.transferElapsed >= electionTicks',
        replace: '++role.transferElapsed >= Infinity',
      },
    ],
    proofs: [test(THESIS, 'gives up after an election timeout')],
  },
  {
    broken: 'the end of a snapshot is not heeded',
    edits: [
      {
        file: 'packages/raft/src/raft.ts',
        find: "if (progress?.state !== 'snapshot') return;",
        replace: 'return;',
      },
    ],
    proofs: [worlds()],
  },
  {
    broken: 'a member that is invited replays changes onto nothing',
    edits: [
      {
        file: FOLLOWER,
        find: 'return core.configuration.voters.length === 0 && core.log.lastIndex === 0;',
        replace: 'return false;',
      },
    ],
    proofs: [worlds()],
  },
];
