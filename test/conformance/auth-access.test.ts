/**
 * What each RPC asks of its caller while authentication is on, and what open watches hear when something is revoked.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes } from './harness/answers.ts';
import { ANONYMOUS, onEachBackend, type Target } from './harness/each-backend.ts';
import * as errors from './harness/etcd-errors.ts';
import type { UnaryMethod } from './harness/messages.ts';
import type { Failure } from './harness/outcome.ts';

type User = 'nobody' | 'bob' | 'alice' | 'root';
type Tokens = Readonly<Record<User, string | undefined>>;

/** alice may read and write [a, b), bob nothing. Lease 11 has z, lease 12 a1, lease 13 nothing. */
async function populate({ client }: Target): Promise<Tokens> {
  for (const name of ['root', 'alice', 'bob']) {
    await client.must('UserAdd', { name, password: name });
  }
  await client.must('UserGrantRole', { user: 'root', role: 'root' });
  await client.must('RoleAdd', { name: 'r' });
  const perm = { permType: 2, key: bytes('a'), range_end: bytes('b') };
  await client.must('RoleGrantPermission', { name: 'r', perm });
  await client.must('UserGrantRole', { user: 'alice', role: 'r' });
  for (const ID of [11, 12, 13]) await client.must('LeaseGrant', { ID, TTL: 1000 });
  await client.must('Put', { key: bytes('z'), lease: 11 });
  await client.must('Put', { key: bytes('a1'), lease: 12 });
  await client.must('AuthEnable', {});
  const logIn = async (name: string): Promise<string> =>
    (await client.must('Authenticate', { name, password: name })).token;
  return {
    nobody: undefined,
    bob: await logIn('bob'),
    alice: await logIn('alice'),
    root: await logIn('root'),
  };
}

const metadataOf = (token: string | undefined) =>
  token === undefined ? {} : { metadata: { token } };

interface Row {
  readonly method: UnaryMethod;
  readonly request: object;
  /** What each is told; nothing where the call is taken. In this order: nobody, bob, alice, root. */
  readonly told: readonly [Failure?, Failure?, Failure?, Failure?];
  /** etcd 3.4 asked less. */
  readonly since?: string;
}

const { userEmpty: who, permissionDenied: no } = errors;
const byKey: Row['told'] = [who, no];
const outOfReach: Row['told'] = [who, no, no];
const forRoot: Row['told'] = [who, no, no];
const known: Row['told'] = [who];
const open: Row['told'] = [];
const since = '3.5.0';
const key = bytes('a');
const range = { key, range_end: bytes('b') };
const tooFar = { key, range_end: bytes('c') };
const put = (request: object): object => ({ success: [{ request_put: request }] });

const rows: readonly Row[] = [
  { method: 'Range', request: { key }, told: byKey },
  { method: 'Range', request: { key, serializable: true }, told: byKey },
  { method: 'Range', request: range, told: byKey },
  { method: 'Range', request: tooFar, told: outOfReach },
  { method: 'Range', request: { key, range_end: bytes('\0') }, told: outOfReach },
  { method: 'Put', request: { key }, told: byKey },
  { method: 'Put', request: { key: bytes('b') }, told: outOfReach },
  { method: 'Put', request: { key: bytes('a2'), lease: 11 }, told: outOfReach },
  { method: 'Put', request: { key: bytes('a2'), lease: 12 }, told: byKey },
  { method: 'DeleteRange', request: { key: bytes('a5'), range_end: bytes('a9') }, told: byKey },
  { method: 'DeleteRange', request: { key: bytes('b') }, told: outOfReach },
  { method: 'Txn', request: put({ key }), told: byKey },
  { method: 'Txn', request: { compare: [{ key: bytes('z') }] }, told: outOfReach },
  { method: 'Txn', request: { failure: [{ request_range: tooFar }] }, told: outOfReach },
  { method: 'Txn', request: put({ key: bytes('a2'), lease: 11 }), told: outOfReach, since },
  {
    method: 'Txn',
    request: { failure: [{ request_txn: put({ key: bytes('z') }) }] },
    told: outOfReach,
    since,
  },
  { method: 'Compact', request: { revision: 2 }, told: forRoot, since },
  { method: 'LeaseGrant', request: { TTL: 1000 }, told: known, since },
  { method: 'LeaseTimeToLive', request: { ID: 11 }, told: known, since },
  { method: 'LeaseTimeToLive', request: { ID: 11, keys: true }, told: outOfReach, since },
  { method: 'LeaseTimeToLive', request: { ID: 12, keys: true }, told: byKey, since },
  { method: 'LeaseLeases', request: {}, told: outOfReach, since },
  { method: 'MemberList', request: {}, told: known, since },
  { method: 'Status', request: {}, told: known, since },
  { method: 'Alarm', request: {}, told: known, since },
  { method: 'Alarm', request: { action: 2, alarm: 1 }, told: forRoot, since },
  { method: 'Defragment', request: {}, told: forRoot, since },
  { method: 'Hash', request: {}, told: forRoot, since },
  { method: 'HashKV', request: {}, told: forRoot, since },
  { method: 'AuthStatus', request: {}, told: open, since },
  { method: 'UserList', request: {}, told: forRoot },
  { method: 'RoleList', request: {}, told: forRoot },
  { method: 'UserGet', request: { name: 'alice' }, told: byKey },
  { method: 'RoleGet', request: { role: 'r' }, told: byKey },
  { method: 'AuthEnable', request: {}, told: forRoot },
];

onEachBackend(
  'What each RPC asks of its caller',
  (target) => {
    let tokens: Promise<Tokens> | undefined;
    const token = async (user: User): Promise<string | undefined> =>
      (await (tokens ??= populate(target)))[user];

    for (const { method, request, told, since = '3.4.0' } of rows) {
      test(`${method} ${JSON.stringify(Object.keys(request))}`, async (t) => {
        if (!target.server.version.atLeast(since)) return t.skip('etcd asks less here');
        for (const [i, user] of (['nobody', 'bob', 'alice', 'root'] as const).entries()) {
          const outcome = await target.client.call(method, request, metadataOf(await token(user)));
          const failure = 'code' in outcome ? outcome : undefined;
          assert.deepEqual(failure, told[i], user);
        }
      });
    }

    test('a structure that is wrong is told before anybody is asked who he is', async () => {
      await token('root');
      for (const metadata of [{}, { metadata: { token: 'junk' } }]) {
        const outcome = await target.client.call('Put', { key: bytes('') }, metadata);
        assert.deepEqual(outcome, errors.emptyKey);
      }
    });

    test('a watch is refused in the words of a status, and the stream goes on', async () => {
      const watchAs = async (user: User, watched: object) => {
        const stream = target.client.watch(metadataOf(await token(user)));
        const { created, canceled, watch_id, cancel_reason } = await stream.create(watched);
        stream.close();
        return { created, canceled, watch_id, cancel_reason };
      };
      const refusal = { created: true, canceled: true, watch_id: '-1' };
      const denied = 'rpc error: code = PermissionDenied desc = etcdserver: permission denied';
      assert.deepEqual(await watchAs('bob', { key }), { ...refusal, cancel_reason: denied });
      assert.deepEqual(await watchAs('alice', tooFar), { ...refusal, cancel_reason: denied });
      assert.deepEqual(await watchAs('nobody', { key }), {
        ...refusal,
        cancel_reason: 'rpc error: code = InvalidArgument desc = etcdserver: user name is empty',
      });
      assert.equal((await watchAs('alice', range)).canceled, false);
    });

    test('a lease is kept alive by who may write all of its keys', async (t) => {
      if (!target.server.version.atLeast(since)) return t.skip('etcd asks less here');
      const askAs = async (user: User, ID: number): Promise<string> => {
        const stream = target.client.keepAlive(metadataOf(await token(user)));
        try {
          return (await stream.ask(ID)).TTL;
        } catch (error) {
          return String(error);
        } finally {
          stream.close();
        }
      };
      assert.equal(await askAs('alice', 12), '1000');
      assert.equal(await askAs('bob', 13), '1000');
      assert.match(await askAs('alice', 11), /permission denied/);
      assert.match(await askAs('bob', 12), /permission denied/);
      assert.match(await askAs('nobody', 13), /user name is empty/);
    });
  },
  ANONYMOUS,
);

onEachBackend(
  'Open watches',
  (target) => {
    const denied = 'rpc error: code = PermissionDenied desc = etcdserver: permission denied';
    const invalid = 'rpc error: code = Unauthenticated desc = etcdserver: invalid auth token';
    const revocations: readonly [what: string, reason: string, UnaryMethod, object][] = [
      ['a permission', denied, 'RoleRevokePermission', { role: 'r', ...range }],
      ['a role', denied, 'UserRevokeRole', { name: 'alice', role: 'r' }],
      ['a password', invalid, 'UserChangePassword', { name: 'alice', password: 'other' }],
      ['a user', invalid, 'UserDelete', { name: 'alice' }],
    ];

    test('hear within a second of what is revoked, and others go on', async (t) => {
      // etcd asks when a watch is created, and never again.
      if (target.backend.name === 'etcd') return t.skip('etcd does not tell open watches');
      const tokens = await populate(target);
      const root = metadataOf(tokens.root);
      const bystander = target.client.watch(root);
      await bystander.create(range);
      for (const [what, reason, method, request] of revocations) {
        const { token } = await target.client.must('Authenticate', {
          name: 'alice',
          password: 'alice',
        });
        const stream = target.client.watch(metadataOf(token));
        const { watch_id } = await stream.create(range);
        const startMs = performance.now();
        await target.client.must(method, request, root);
        const ended = await stream.inbox.next(({ canceled }) => canceled);
        assert.ok(performance.now() - startMs < 1000, `${what} took too long`);
        assert.deepEqual([ended.watch_id, ended.cancel_reason], [watch_id, reason], what);
        stream.close();
        await restoreAlice(target, root);
      }
      await target.client.must('Put', { key: bytes('a3') }, root);
      const { events } = await bystander.inbox.next(({ events: told }) => told.length > 0);
      assert.equal(String(events[0]?.kv?.key), 'a3');
      bystander.close();
    });

    test('that nobody in particular has opened end when authentication is turned on', async (t) => {
      if (target.backend.name === 'etcd') return t.skip('etcd does not tell open watches');
      const { token } = await target.client.must('Authenticate', {
        name: 'root',
        password: 'root',
      });
      await target.client.must('AuthDisable', {}, metadataOf(token));
      const stream = target.client.watch();
      await stream.create(range);
      await target.client.must('AuthEnable', {});
      const { cancel_reason } = await stream.inbox.next(({ canceled }) => canceled);
      assert.match(cancel_reason, /user name is empty/);
      stream.close();
    });
  },
  ANONYMOUS,
);

/** As `populate` left her. */
async function restoreAlice({ client }: Target, root: object): Promise<void> {
  await client.call('UserAdd', { name: 'alice', password: 'alice' }, root);
  await client.must('UserChangePassword', { name: 'alice', password: 'alice' }, root);
  await client.must('RoleGrantPermission', { name: 'r', perm: { permType: 2, ...range } }, root);
  await client.must('UserGrantRole', { user: 'alice', role: 'r' }, root);
}
