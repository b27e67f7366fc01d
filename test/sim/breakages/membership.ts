/** Breakages of the membership: bug bank 59 to 61. */
import { test, worlds, type Breakage } from './breakage.ts';

const MEMBERS = 'packages/kv/src/members.ts';
const CLUSTER_TEST = 'packages/kv/src/cluster.test.ts';

export const membership: readonly Breakage[] = [
  {
    row: 59,
    broken: 'a promotion changes who votes and not who is told to',
    edits: [
      {
        file: MEMBERS,
        find: 'return member && this.#put({ ...member, isLearner: false });',
        replace: 'return;',
      },
    ],
    proofs: [worlds()],
  },
  {
    row: 59,
    broken: 'a removal is forgotten in a restart',
    edits: [
      {
        file: MEMBERS,
        find: "this.#rows.set('removed-members', memberKey(ID), noValue);",
        replace: '',
      },
    ],
    proofs: [worlds()],
  },
  {
    row: 60,
    broken: 'publishing makes a learner a voter on the list',
    edits: [
      {
        file: MEMBERS,
        find: 'this.#put({ ...member, name, clientURLs })',
        replace: 'this.#put({ ...member, name, clientURLs, isLearner: false })',
      },
    ],
    proofs: [worlds()],
  },
  {
    row: 61,
    broken: 'a learner is promoted that has not started',
    edits: [
      {
        file: 'packages/kv/src/membership-changes.ts',
        find: 'if (learner < leader * READY_SHARE || learner === 0) return etcdErrors.ErrLearnerNotReady;',
        replace: 'if (learner > leader) return etcdErrors.ErrLearnerNotReady;',
      },
    ],
    proofs: [test(CLUSTER_TEST, 'a member is added as a learner')],
  },
  {
    broken: 'a change of the membership that comes twice is judged twice',
    edits: [
      {
        file: 'packages/kv/src/leader-desk.ts',
        find: 'if (this.#taken.has(name)) return true;',
        replace: '',
      },
    ],
    proofs: [worlds(600)],
  },
  {
    broken: 'a changed configuration is not stored',
    edits: [
      {
        file: 'packages/kv/src/applier.ts',
        find: 'this.#machine.saveConfiguration(this.#raft.applyMembership(entry));',
        replace: 'this.#raft.applyMembership(entry);',
      },
    ],
    proofs: [worlds()],
  },
];
