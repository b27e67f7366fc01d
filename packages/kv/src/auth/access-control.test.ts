/** Who may do what. The expectations are those of etcd 3.7.3, asked with the same users and roles. */
import { equal } from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  Compare,
  RequestOp,
  TxnRequest,
  etcdErrors,
  keyRange,
  type EtcdErrorName,
} from '@concord/protocol';
import type { Command } from '../command.ts';
import { deleteRange, put, range } from '../mvcc/requests.fixture.ts';
import { BY_MEMBER, type AskedBy } from './asker.ts';
import { AuthWorld, READ, READ_WRITE, WRITE } from './auth.fixture.ts';

/**
 * alice may read and write [a, b), reader may read it, writer may write it; bob may nothing. Lease 1 has key a1, lease
 * 2 has z, lease 3 has none.
 */
function populated(): AuthWorld {
  const world = new AuthWorld();
  world.addRole('both', [READ_WRITE, 'a', 'b']);
  world.addRole('reads', [READ, 'a', 'b']);
  world.addRole('writes', [WRITE, 'a', 'b']);
  world.addUser('alice', 'both');
  world.addUser('reader', 'reads');
  world.addUser('writer', 'writes');
  world.addUser('bob');
  for (const id of [1n, 2n, 3n]) world.leases.grant(id, 100);
  world.leases.move('a1', 0n, 1n);
  world.leases.move('z', 0n, 2n);
  world.enable();
  return world;
}

const DENIED = 'ErrPermissionDenied';
const op = (request: NonNullable<RequestOp['request']>): RequestOp => RequestOp.create({ request });
const putOp = (key: string, more = {}): RequestOp =>
  op({ case: 'requestPut', value: put(key, '', more) });
const rangeOp = (key: string): RequestOp => op({ case: 'requestRange', value: range(key) });
const deleteOp = (key: string, more = {}): RequestOp =>
  op({ case: 'requestDeleteRange', value: deleteRange(key, '', more) });
const nested = (fields: Partial<TxnRequest>): RequestOp =>
  op({ case: 'requestTxn', value: TxnRequest.create(fields) });
const txn = (fields: Partial<TxnRequest>): Command => ({
  kind: 'txn',
  request: TxnRequest.create(fields),
});
const putCommand = (key: string, more = {}): Command => ({
  kind: 'put',
  request: put(key, '', more),
});
const deleteCommand = (key: string, end = '', more = {}): Command => ({
  kind: 'delete-range',
  request: deleteRange(key, end, more),
});
const comparing = (key: string): Compare => Compare.create({ key: Buffer.from(key) });

type Row = readonly [claim: string, user: string, Command, EtcdErrorName | undefined];
const commands: readonly Row[] = [
  ['a put inside of a permission', 'alice', putCommand('a1'), undefined],
  ['a put outside of it', 'alice', putCommand('b'), DENIED],
  ['a put with leave to read alone', 'reader', putCommand('a1'), DENIED],
  ['a put of somebody without roles', 'bob', putCommand('a1'), DENIED],
  ['a put of root', 'root', putCommand('z'), undefined],
  ['a put that shows what was there', 'writer', putCommand('a1', { prevKv: true }), DENIED],
  ['the same with leave to read', 'alice', putCommand('a1', { prevKv: true }), undefined],
  ['a put on a lease of own keys', 'alice', putCommand('a2', { lease: 1n }), undefined],
  ["a put on a lease of others' keys", 'alice', putCommand('a2', { lease: 2n }), DENIED],
  ['a put on a lease without keys', 'writer', putCommand('a2', { lease: 3n }), undefined],
  ['a put on a lease that is not there', 'writer', putCommand('a2', { lease: 9n }), undefined],
  ['a deletion of a range', 'writer', deleteCommand('a', 'b'), undefined],
  ['a deletion beyond it', 'writer', deleteCommand('a', 'c'), DENIED],
  ['a deletion without an end', 'writer', deleteCommand('a', '\0'), DENIED],
  ['a deletion that shows it', 'writer', deleteCommand('a', 'b', { prevKv: true }), DENIED],
  ['a transaction of nothing', 'bob', txn({}), undefined],
  ['a comparison', 'alice', txn({ compare: [comparing('z')] }), DENIED],
  ['an operation of the one branch', 'alice', txn({ success: [putOp('z')] }), DENIED],
  ['an operation of the other', 'alice', txn({ failure: [putOp('z')] }), DENIED],
  ['a read in a transaction', 'writer', txn({ success: [rangeOp('a')] }), DENIED],
  ['prev_kv in a transaction', 'writer', txn({ success: [putOp('a', { prevKv: true })] }), DENIED],
  [
    'prev_kv of a deletion in a transaction',
    'writer',
    txn({ success: [deleteOp('a', { prevKv: true })] }),
    DENIED,
  ],
  ['a lease in a transaction', 'alice', txn({ success: [putOp('a', { lease: 2n })] }), DENIED],
  [
    'a comparison two levels down',
    'alice',
    txn({ failure: [nested({ success: [nested({ compare: [comparing('z')] })] })] }),
    DENIED,
  ],
  [
    'an operation two levels down, on a way not taken',
    'alice',
    txn({ failure: [nested({ failure: [nested({ failure: [deleteOp('z')] })] })] }),
    DENIED,
  ],
  [
    'a nested transaction of own keys',
    'alice',
    txn({ compare: [comparing('a')], success: [nested({ success: [putOp('a'), rangeOp('a')] })] }),
    undefined,
  ],
  ['a grant', 'bob', { kind: 'lease-grant', request: { ID: 7n, TTL: 10 } }, undefined],
  ['revoking own keys', 'writer', { kind: 'lease-revoke', request: { ID: 1n } }, undefined],
  ["revoking others' keys", 'alice', { kind: 'lease-revoke', request: { ID: 2n } }, DENIED],
  ['revoking what has no keys', 'bob', { kind: 'lease-revoke', request: { ID: 3n } }, undefined],
  ['compaction', 'alice', { kind: 'compact', request: { revision: 1, physical: false } }, DENIED],
  ['compaction of root', 'root', { kind: 'compact', request: { revision: 1, physical: false } }, undefined], // prettier-ignore
  ['an alarm', 'alice', { kind: 'alarm', request: { action: 2, memberID: 1n, alarm: 1 } }, DENIED],
  ['turning it off', 'alice', { kind: 'auth-disable', request: {} }, DENIED],
  [
    'a password of one’s own',
    'alice',
    { kind: 'user-change-password', request: { name: 'alice', passwordHash: new Uint8Array() } },
    DENIED,
  ],
];

describe('commands', () => {
  for (const [claim, user, command, expected] of commands) {
    test(`${claim}, by ${user}: ${expected ?? 'yes'}`, () => {
      const world = populated();
      const refusal = world.access.refuseCommand(world.asker(user), command);
      equal(refusal, expected && etcdErrors[expected]);
    });
  }

  test('nobody in particular is told to say who he is', () => {
    const world = populated();
    for (const [, , command] of commands) {
      if (
        command.kind === 'txn' &&
        command.request.success.length + command.request.failure.length === 0
      )
        continue;
      equal(world.access.refuseCommand(undefined, command), etcdErrors.ErrUserEmpty, command.kind);
    }
  });

  test('a member itself, and who is not asked, may do everything', () => {
    const world = populated();
    const strangers: AskedBy[] = [BY_MEMBER];
    for (const [, , command] of commands) {
      for (const asker of strangers) equal(world.access.refuseCommand(asker, command), undefined);
    }
    world.do('auth-disable', {});
    for (const [, , command] of commands) {
      equal(world.access.refuseCommand(undefined, command), undefined);
    }
  });

  test('what members do among themselves is asked for by nobody', () => {
    const { access } = populated();
    const checkpoints: Command = { kind: 'lease-checkpoint', request: { checkpoints: [] } };
    equal(access.refuseCommand(undefined, checkpoints), undefined);
    const expiry: Command = { kind: 'lease-expiry', request: { ID: 1n, term: 1 } };
    equal(access.refuseCommand(undefined, expiry), undefined);
  });
});

describe('who asks', () => {
  test('somebody recognised in an older state is not taken for keys, but is for what root may', () => {
    const world = populated();
    const root = world.asker('root');
    const alice = world.asker('alice');
    world.addUser('new');
    equal(world.access.refuseCommand(alice, putCommand('a')), etcdErrors.ErrAuthOldRevision);
    equal(world.access.refuseCommand(root, putCommand('a')), etcdErrors.ErrAuthOldRevision);
    const { request } = { request: { revision: 1, physical: false } };
    equal(world.access.refuseCommand(root, { kind: 'compact', request }), undefined);
  });

  test('somebody whose credentials name no user may what takes no permission', () => {
    const world = populated();
    const ghost = world.asker('ghost');
    const nameless = world.asker('');
    for (const asker of [ghost, nameless]) {
      equal(world.access.refuseCommand(asker, putCommand('a')), etcdErrors.ErrPermissionDenied);
      equal(world.access.refuseStranger(asker), undefined);
      equal(world.access.refuseRole(asker, 'root'), world.access.refuseAdministration(asker));
    }
    equal(world.access.refuseAdministration(ghost), etcdErrors.ErrUserNotFound);
    equal(world.access.refuseAdministration(nameless), etcdErrors.ErrUserEmpty);
    equal(world.access.refuseUser(ghost, 'ghost'), undefined);
    equal(world.access.refuseStranger(undefined), etcdErrors.ErrUserEmpty);
  });

  test('a lease that holds keys is not for somebody whose credentials name no user', () => {
    const world = populated();
    const ghost = world.asker('ghost');
    equal(world.access.refuseLeaseKeys(ghost, 'write', 7n), undefined);
    world.leases.grant(7n, 60);
    world.leases.move('a', 0n, 7n);
    equal(world.access.refuseLeaseKeys(ghost, 'write', 7n), etcdErrors.ErrPermissionDenied);
    equal(world.access.refuseAllLeases(ghost), etcdErrors.ErrPermissionDenied);
  });

  test('one’s own record and roles may be seen, those of others by root alone', () => {
    const world = populated();
    const [alice, root] = [world.asker('alice'), world.asker('root')];
    equal(world.access.refuseUser(alice, 'alice'), undefined);
    equal(world.access.refuseUser(alice, 'bob'), etcdErrors.ErrPermissionDenied);
    equal(world.access.refuseUser(root, 'bob'), undefined);
    equal(world.access.refuseRole(alice, 'both'), undefined);
    equal(world.access.refuseRole(alice, 'reads'), etcdErrors.ErrPermissionDenied);
    equal(world.access.refuseRole(root, 'reads'), undefined);
    equal(world.access.refuseUser(undefined, 'alice'), etcdErrors.ErrUserEmpty);
  });
});

describe('leases', () => {
  test('their keys are seen by who may read all of them', () => {
    const world = populated();
    const keysOf = (user: string, id: bigint): EtcdErrorName | undefined =>
      world.access.refuseLeaseKeys(world.asker(user), 'read', id)?.name as EtcdErrorName;
    equal(keysOf('reader', 1n), undefined);
    equal(keysOf('writer', 1n), DENIED);
    equal(keysOf('reader', 2n), DENIED);
    equal(keysOf('bob', 3n), undefined);
    equal(keysOf('root', 2n), undefined);
  });

  test('all of them are listed for who may read all of their keys', () => {
    const world = populated();
    equal(world.access.refuseAllLeases(world.asker('reader')), etcdErrors.ErrPermissionDenied);
    equal(world.access.refuseAllLeases(world.asker('root')), undefined);
    world.leases.revoke(2n);
    equal(world.access.refuseAllLeases(world.asker('reader')), undefined);
    equal(world.access.refuseAllLeases(world.asker('bob')), etcdErrors.ErrPermissionDenied);
  });
});

test('what a role allows counts from the change on', () => {
  const world = populated();
  const may = (key: string): boolean =>
    world.access.refuseKeys(world.asker('bob'), 'read', keyRange(key, '')) === undefined;
  equal(may('k'), false);
  world.do('user-grant-role', { user: 'bob', role: 'reads' });
  equal(may('k'), false);
  world.grant('reads', READ, 'k');
  equal(may('k'), true);
  world.do('role-delete', { role: 'reads' });
  equal(may('k'), false);
});
