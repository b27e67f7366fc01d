/** Authentication on several members: at one entry it is on everywhere, and what is revoked is revoked everywhere. */
import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { etcdErrors, fromByteString, type EtcdErrorRow } from '@concord/protocol';
import type { ApplyOutcome } from '../apply-outcome.ts';
import { encodeCommand, type Command } from '../command.ts';
import { SmallCluster, type SmallMember } from '../harness/small-cluster.ts';
import { put, range } from '../mvcc/requests.fixture.ts';
import { Asker, type AskedBy } from './asker.ts';

class GuardedCluster {
  readonly cluster = new SmallCluster(3);

  ask(member: SmallMember, command: Command, askedBy?: AskedBy): ApplyOutcome | EtcdErrorRow {
    return this.cluster.await((done) =>
      member.replica.propose(command, encodeCommand(command), done, askedBy),
    );
  }

  /** root, alice with leave for [a, b), and authentication on. */
  enable(member: SmallMember): void {
    const noPassword = { passwordHash: new Uint8Array(0), noPassword: true };
    const perm = { permType: 2, key: fromByteString('a'), rangeEnd: fromByteString('b') } as const;
    const commands: Command[] = [
      { kind: 'user-add', request: { name: 'root', ...noPassword } },
      { kind: 'user-add', request: { name: 'alice', ...noPassword } },
      { kind: 'user-grant-role', request: { user: 'root', role: 'root' } },
      { kind: 'role-add', request: { name: 'r' } },
      { kind: 'role-grant-permission', request: { name: 'r', perm } },
      { kind: 'user-grant-role', request: { user: 'alice', role: 'r' } },
      { kind: 'auth-enable', request: {} },
    ];
    for (const command of commands) equal('code' in this.ask(member, command), false);
  }

  asker(member: SmallMember, user: string): Asker {
    return new Asker(user, member.replica.machine.auth.revision);
  }
}

const putOf = (key: string): Command => ({ kind: 'put', request: put(key, 'v') });

test('what is turned on through a follower is on everywhere, and checked through everybody', () => {
  const guarded = new GuardedCluster();
  const [follower] = guarded.cluster.followers() as [SmallMember, SmallMember];
  guarded.enable(follower);
  guarded.cluster.converge();
  for (const member of guarded.cluster.members) {
    const { machine } = member.replica;
    equal(machine.auth.isEnabled, true);
    const alice = guarded.asker(member, 'alice');
    equal('code' in guarded.ask(member, putOf('a1'), alice), false);
    equal(guarded.ask(member, putOf('b'), alice), etcdErrors.ErrPermissionDenied);
    equal(guarded.ask(member, putOf('a1')), etcdErrors.ErrUserEmpty);
    equal('code' in machine.range(range('a1'), alice), false);
    equal(machine.range(range('a1')), etcdErrors.ErrUserEmpty);
  }
  guarded.cluster.converge();
});

test('a command that was asked for before a revocation, and is applied after it, is refused', () => {
  const guarded = new GuardedCluster();
  const { cluster } = guarded;
  const leader = cluster.leader();
  guarded.enable(leader);
  cluster.converge();
  const alice = guarded.asker(leader, 'alice');
  const revoke: Command = { kind: 'user-revoke-role', request: { name: 'alice', role: 'r' } };
  const outcomes: (ApplyOutcome | EtcdErrorRow)[] = [];
  leader.replica.propose(
    revoke,
    encodeCommand(revoke),
    (outcome) => outcomes.push(outcome),
    guarded.asker(leader, 'root'),
  );
  const late = putOf('a1');
  leader.replica.propose(late, encodeCommand(late), (outcome) => outcomes.push(outcome), alice);
  cluster.until(() => outcomes.length === 2);
  deepEqual(outcomes, [{ kind: 'auth-change' }, etcdErrors.ErrAuthOldRevision]);
  cluster.converge();
});

test('a token is known to every member from its entry on, and to none once it is revoked', () => {
  const guarded = new GuardedCluster();
  const { cluster } = guarded;
  const leader = cluster.leader();
  guarded.enable(leader);
  const authRevision = leader.replica.machine.auth.revision;
  const secretHash = fromByteString('hash');
  const issue = (revision: number): Command => ({
    kind: 'token-issue',
    request: { user: 'alice', secretHash, authRevision: revision },
  });
  equal(guarded.ask(leader, issue(authRevision - 1)), etcdErrors.ErrAuthOldRevision);
  const issued = guarded.ask(leader, issue(authRevision));
  const index = 'kind' in issued && issued.kind === 'token-issue' ? issued.index : 0;
  cluster.converge();
  const known = (): (string | undefined)[] =>
    cluster.members.map(
      ({ replica }) => replica.machine.auth.tokens.use('hash', index, cluster.queue.nowMs)?.user,
    );
  deepEqual(known(), ['alice', 'alice', 'alice']);
  const change: Command = {
    kind: 'user-change-password',
    request: { name: 'alice', passwordHash: new Uint8Array(0) },
  };
  guarded.ask(leader, change, guarded.asker(leader, 'root'));
  cluster.converge();
  deepEqual(known(), [undefined, undefined, undefined]);
});

test('a member that starts again finds users, roles and authentication on', () => {
  const guarded = new GuardedCluster();
  const { cluster } = guarded;
  guarded.enable(cluster.leader());
  cluster.converge();
  const [follower] = cluster.followers() as [SmallMember, SmallMember];
  follower.kill();
  follower.start();
  cluster.converge();
  const { machine } = follower.replica;
  equal(machine.auth.isEnabled, true);
  equal(
    machine.range(range('b'), guarded.asker(follower, 'alice')),
    etcdErrors.ErrPermissionDenied,
  );
});

test('what members propose by themselves is not refused', () => {
  const guarded = new GuardedCluster();
  const { cluster } = guarded;
  guarded.enable(cluster.leader());
  const root = guarded.asker(cluster.leader(), 'root');
  const grant: Command = { kind: 'lease-grant', request: { ID: 7n, TTL: 2 } };
  equal('code' in guarded.ask(cluster.leader(), grant, root), false);
  cluster.until(() => !cluster.leader().replica.machine.leases.exists(7n));
  cluster.converge();
});
