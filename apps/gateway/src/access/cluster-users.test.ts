import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError } from '@concord/client';
import { ClusterUsers, CURRENT_MS } from './cluster-users.ts';

/** A cluster of one user, whose role somebody may take. */
class FakeAuth {
  authRevision = 1;
  roles: string[] = ['app'];
  calls = 0;
  failure: ConcordError | undefined;
  status = () => this.#answer({ enabled: true, authRevision: this.authRevision });
  user = (name: string) =>
    name === 'alice' ? this.#answer({ roles: this.roles }) : Promise.reject(error('NOT_FOUND'));
  role = () =>
    this.#answer({ permissions: [{ access: 'read' as const, from: 'app/', to: 'app0' }] });
  #answer<T>(value: T): Promise<T> {
    this.calls += 1;
    return this.failure === undefined ? Promise.resolve(value) : Promise.reject(this.failure);
  }
}

const error = (code: 'NOT_FOUND' | 'UNAVAILABLE' | 'INTERNAL', grpcCode?: number): ConcordError =>
  new ConcordError(code, { operation: 'test', problem: 'test', grpcCode });

test('a decision asks the cluster at most once a second, and nothing more as long as nothing changed', async () => {
  let nowMs = 0;
  const auth = new FakeAuth();
  const users = new ClusterUsers(auth, () => nowMs);
  assert.equal((await users.rightsOf('alice'))?.may('read', 'app/x'), true);
  assert.equal(auth.calls, 3);
  await Promise.all([users.rightsOf('alice'), users.rightsOf('alice')]);
  assert.equal(auth.calls, 3);
  nowMs += CURRENT_MS;
  await users.rightsOf('alice');
  assert.equal(auth.calls, 4);
});

test('a role that was taken counts within a second', async () => {
  let nowMs = 0;
  const auth = new FakeAuth();
  const users = new ClusterUsers(auth, () => nowMs);
  await users.rightsOf('alice');
  auth.roles = [];
  auth.authRevision += 1;
  nowMs += CURRENT_MS;
  assert.equal((await users.rightsOf('alice'))?.may('read', 'app/x'), false);
  assert.equal(await users.rightsOf('bob'), undefined);
});

test('etcd 3.4 does not tell whether anything changed, so it is asked for everything', async () => {
  let nowMs = 0;
  const auth = new FakeAuth();
  auth.status = () => Promise.reject(error('INTERNAL', 12));
  const users = new ClusterUsers(auth, () => nowMs);
  await users.rightsOf('alice');
  auth.roles = [];
  nowMs += CURRENT_MS;
  assert.equal((await users.rightsOf('alice'))?.may('read', 'app/x'), false);
});

test('while the cluster is away what was known last counts, and a stranger is not let in', async () => {
  let nowMs = 0;
  const auth = new FakeAuth();
  const users = new ClusterUsers(auth, () => nowMs);
  await users.rightsOf('alice');
  auth.failure = error('UNAVAILABLE');
  nowMs += CURRENT_MS;
  assert.equal((await users.rightsOf('alice'))?.may('read', 'app/x'), true);
  await assert.rejects(users.rightsOfRoles(['app', 'other']), { code: 'UNAVAILABLE' });
});
