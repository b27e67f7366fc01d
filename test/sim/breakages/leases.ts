/** Breakages of leases: bug bank 9 and 53 to 56. */
import { test, worlds, type Breakage } from './breakage.ts';

const BOOK = 'packages/kv/src/lease/lease-book.ts';
const LESSOR = 'packages/kv/src/lease/lessor.ts';
const RENEWALS = 'packages/kv/src/renewals.ts';
const BOOK_TEST = 'packages/kv/src/lease/lease-book.test.ts';
const LESSOR_TEST = 'packages/kv/src/lease/lessor.test.ts';
const RENEWALS_TEST = 'packages/kv/src/renewals.test.ts';

export const leases: readonly Breakage[] = [
  {
    row: 53,
    broken: 'the revocation of a deposed leader counts',
    edits: [
      {
        file: 'packages/kv/src/state-machine.ts',
        find: 'if (command.request.term !== term) return etcdErrors.ErrLeaseNotFound;',
        replace: '',
      },
    ],
    proofs: [test('packages/kv/src/state-machine.test.ts', '53 (etcd 12528)'), worlds()],
  },
  {
    row: 54,
    broken: 'a keep-alive is answered without asking whether this member still leads',
    edits: [
      {
        file: RENEWALS,
        find: 'this.#world.read(() => this.#answer(id, lease, ttlSeconds, done), done);',
        replace: 'this.#answer(id, lease, ttlSeconds, done);',
      },
    ],
    proofs: [test(RENEWALS_TEST, 'revoked before the confirmation is gone'), worlds()],
  },
  {
    row: 55,
    broken: 'a new leader gives leases no time',
    edits: [
      {
        file: LESSOR,
        find: 'let restartMs = lease.restartSeconds * 1000 + this.#electionTimeoutMs;',
        replace: 'let restartMs = 0;',
      },
    ],
    proofs: [test(LESSOR_TEST, 'gives each lease its full TTL and an election timeout'), worlds()],
  },
  {
    row: 55,
    broken: 'what a long lease has left is not recorded',
    edits: [
      {
        file: LESSOR,
        find: 'if (remainingTtlSeconds < lease.restartSeconds)',
        replace: 'if (remainingTtlSeconds < 0)',
      },
    ],
    proofs: [test(LESSOR_TEST, 'a long lease is recorded every five minutes')],
  },
  {
    row: 55,
    broken: 'what a lease has left is recorded once in its life',
    edits: [
      {
        file: LESSOR,
        find:
          '      this.#scheduleCheckpoint(leadership, lease, nowMs);\n' +
          '      if (remainingTtlSeconds < lease.restartSeconds)',
        replace: '      if (remainingTtlSeconds < lease.restartSeconds)',
      },
    ],
    proofs: [test(LESSOR_TEST, 'checkpoints go on every five minutes')],
  },
  {
    row: 56,
    broken: 'a grant that comes again makes the lease new',
    edits: [
      {
        file: BOOK,
        find: 'if (this.#leases.has(id)) return etcdErrors.ErrLeaseExist;',
        replace: '',
      },
    ],
    proofs: [test(BOOK_TEST, 'grants an id once'), worlds()],
  },
  {
    row: 56,
    broken: 'a grant is forgotten in a restart',
    edits: [
      {
        file: BOOK,
        find: '    this.#leases.set(id, lease);\n    this.#write(lease);\n',
        replace: '    this.#leases.set(id, lease);\n',
      },
    ],
    proofs: [test(BOOK_TEST, 'is the same after a restart'), worlds()],
  },
  {
    row: 56,
    broken: 'a revocation is forgotten in a restart',
    edits: [{ file: BOOK, find: "    this.#rows.set('leases', prefix, null);\n", replace: '' }],
    proofs: [worlds()],
  },
  {
    row: 56,
    broken: 'a keep-alive that comes during its grant is told that the lease is gone',
    edits: [
      {
        file: RENEWALS,
        find:
          '    const lease = this.#world.machine.leases.get(id);\n' +
          '    if (lease === undefined) done(TTL_GONE);\n' +
          '    else if (lease === found) done(ttlSeconds);\n' +
          '    else this.renew(id, done);',
        replace:
          '    const lease = this.#world.machine.leases.get(id);\n' +
          '    if (lease === undefined || found === undefined) done(TTL_GONE);\n' +
          '    else done(ttlSeconds);',
      },
    ],
    proofs: [test(RENEWALS_TEST, 'whose grant is applied before the confirmation'), worlds(600)],
  },
  {
    broken: 'leases expire half a second early',
    edits: [
      {
        file: LESSOR,
        find: 'this.#start(leadership, lease, nowMs + lease.ttlSeconds * 1000, nowMs);\n  }\n',
        replace:
          'this.#start(leadership, lease, nowMs + lease.ttlSeconds * 1000 - 500, nowMs);\n  }\n',
      },
    ],
    proofs: [test(LESSOR_TEST, 'within a second after its TTL and not before'), worlds()],
  },
  {
    broken: 'a deposed leader goes on with the clocks of leases',
    edits: [
      {
        file: 'packages/kv/src/state-machine.ts',
        find: 'else this.lessor.demote();',
        replace: '',
      },
    ],
    proofs: [worlds()],
  },
  {
    broken: 'a key keeps hanging on its former lease',
    edits: [
      {
        file: BOOK,
        find: 'if (from !== NO_LEASE && this.#leases.has(from)) {',
        replace: 'if (from === -1n) {',
      },
    ],
    proofs: [test(BOOK_TEST, 'moves a key from one lease to another'), worlds()],
  },
  {
    broken: 'leases run by the wall clock',
    edits: [
      {
        file: 'apps/server/src/running-replica.ts',
        find: 'roleChanged: () => this.operatorLog.roleChanged(),\n      now: () => performance.now(),',
        replace: 'roleChanged: () => this.operatorLog.roleChanged(),\n      now: () => Date.now(),',
      },
    ],
    proofs: [1, 3].map((size) => test('test/cluster/wall-clock.test.ts', `wall clocks of ${size}`)),
  },
];
