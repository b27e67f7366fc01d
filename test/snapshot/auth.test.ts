/** Users, roles and passwords go from etcd to Concord and back with a snapshot: whoever could log in still can. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { concord, etcd, type Backend } from '../conformance/harness/backend.ts';
import { MemberProcess, clusterFlags, memberPlaces, type MemberPlace } from './member-process.ts';
import { concordutl, etcdctl, etcdutl, isOnPath } from './programs.ts';

const ours = concord() as Backend;
const theirs = etcd();
const skip = theirs === undefined || !isOnPath('etcdctl') ? 'there is no etcd on the PATH' : false;
const directory = mkdtempSync(join(tmpdir(), 'concord-auth-snapshot-'));
after(() => rmSync(directory, { recursive: true, force: true }));

async function place(name: string): Promise<MemberPlace> {
  const parent = join(directory, name);
  mkdirSync(parent);
  const [only] = await memberPlaces(parent, 1);
  assert.ok(only);
  return only;
}

const restore = (by: Backend, file: string, own: MemberPlace, ...flags: string[]): string =>
  (by === ours ? concordutl : etcdutl)(
    'snapshot',
    'restore',
    file,
    ...clusterFlags(own, [own]),
    ...flags,
  );

/** A member with users, roles and authentication on; answers where its snapshot is. */
async function populated(backend: Backend, name: string, ...flags: string[]): Promise<string> {
  const file = join(directory, `${name}.db`);
  const own = await place(name);
  await using member = await MemberProcess.start(backend, own, [own], flags);
  const ctl = (...args: string[]): string => etcdctl('--endpoints', member.endpoint, ...args);
  ctl('put', 'app/a', 'kept');
  ctl('user', 'add', 'root:wörd');
  ctl('user', 'add', 'alice:pass');
  ctl('user', 'add', 'cert', '--no-password');
  ctl('role', 'add', 'app');
  ctl('role', 'grant-permission', 'app', 'readwrite', 'app/', '--prefix');
  ctl('role', 'grant-permission', 'app', 'read', 'other');
  ctl('user', 'grant-role', 'alice', 'app');
  ctl('user', 'grant-role', 'root', 'root');
  ctl('auth', 'enable');
  ctl('--user', 'root:wörd', 'snapshot', 'save', file);
  return file;
}

/** What root sees of users and roles. */
function seen(endpoint: string): string {
  const ctl = (...args: string[]): string =>
    etcdctl('--endpoints', endpoint, '--user', 'root:wörd', ...args);
  return [
    ctl('user', 'list'),
    ctl('user', 'get', 'alice'),
    ctl('user', 'get', 'cert'),
    ctl('role', 'list'),
    ctl('role', 'get', 'app'),
  ].join('\n');
}

function assertGuarded(endpoint: string): void {
  const as = (user: string, ...args: string[]): string =>
    etcdctl('--endpoints', endpoint, '--user', user, ...args);
  assert.match(as('alice:pass', 'get', 'app/a'), /kept/);
  assert.match(as('alice:pass', 'put', 'app/b', '1'), /OK/);
  assert.throws(() => as('alice:pass', 'put', 'other', '1'), /permission denied/);
  assert.throws(() => as('alice:wrong', 'get', 'app/a'), /authentication failed/);
  assert.throws(() => etcdctl('--endpoints', endpoint, 'get', 'app/a'), /user name is empty/);
  assert.match(seen(endpoint), /alice\ncert\nroot/);
}

describe('a snapshot with users and roles', { skip }, () => {
  const ways: readonly [string, Backend | undefined, Backend | undefined, string[]][] = [
    ['etcd to Concord', theirs, ours, []],
    ['Concord to Concord, with memory-hard hashes', ours, ours, []],
    ['Concord with --bcrypt-cost to etcd', ours, theirs, ['--bcrypt-cost', '5']],
  ];
  for (const [i, [way, source, reader, flags]] of ways.entries()) {
    test(`takes everybody along, from ${way}`, async () => {
      assert.ok(source && reader);
      const file = await populated(source, `from${i}`, ...flags);
      const own = await place(`to${i}`);
      restore(reader, file, own);
      await using member = await MemberProcess.start(reader, own);
      assertGuarded(member.endpoint);
    });
  }

  test('is restored without them where that is asked for', async () => {
    assert.ok(theirs);
    const file = await populated(theirs, 'closed');
    const own = await place('opened');
    restore(ours, file, own, '--without-auth');
    await using member = await MemberProcess.start(ours, own);
    assert.match(etcdctl('--endpoints', member.endpoint, 'get', 'app/a'), /kept/);
  });
});
