/** Which members count when a change is asked for: those that have been connected for five seconds, as in etcd. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  MembershipRequest,
  MembershipRequest_Action as Action,
  etcdErrors,
} from '@concord/protocol';
import type { EtcdErrorRow } from '@concord/protocol';
import { Members } from './members.ts';
import { MembershipChanges } from './membership-changes.ts';
import { MemoryStore } from './memory-store.ts';
import { Overlay } from './mvcc/overlay.ts';

const SELF = 1n;
const NOW_MS = 60_000;

/** A leader among started voters, the others connected since the times given: undefined for one that is not reached. */
class Leader {
  readonly #members = new Members(new Overlay(new MemoryStore()));
  readonly #changes: MembershipChanges;

  constructor(...others: readonly (number | undefined)[]) {
    const ids = [SELF, ...others.map((_, i) => BigInt(i + 2))];
    for (const ID of ids) {
      this.#members.change(requestOf(Action.ADD, ID));
      this.#members.publish({ ID, name: `m${ID}`, clientURLs: [] });
    }
    const unasked = (): never =>
      assert.fail('whether a change is wise was asked, not for the change');
    this.#changes = new MembershipChanges(
      {
        self: SELF,
        raft: { status: unasked, proposeMembership: unasked },
        proposals: { loggedAt: unasked },
        transport: { connectedSinceMs: (id) => others[Number(id) - 2] },
        members: () => this.#members,
        now: () => NOW_MS,
      },
      { isStrict: true, learnersMax: 1 },
    );
  }

  refuses(action: MembershipRequest['action'], id: bigint): EtcdErrorRow | undefined {
    return this.#changes.refuse(requestOf(action, id));
  }
}

const requestOf = (action: MembershipRequest['action'], ID: bigint): MembershipRequest =>
  MembershipRequest.create({ action, ID, peerURLs: [`http://m${ID}:2380`] });

const long = NOW_MS - 5001;
const young = NOW_MS - 5000;
const { ErrUnhealthy } = etcdErrors;

const additions = [
  ['a voter', Action.ADD],
  ['a learner', Action.ADD_LEARNER],
] as const;
for (const [what, action] of additions) {
  test(`${what} waits until the majority of the larger cluster has been connected for five seconds`, () => {
    assert.equal(new Leader(young, young).refuses(action, 9n), ErrUnhealthy);
    assert.equal(new Leader(long, young).refuses(action, 9n), ErrUnhealthy);
    assert.equal(new Leader(long, long).refuses(action, 9n), undefined);
    assert.equal(new Leader(long, long, undefined).refuses(action, 9n), undefined);
    assert.equal(new Leader(long, undefined).refuses(action, 9n), ErrUnhealthy);
  });

  test(`${what} is taken at once where nobody else is`, () => {
    assert.equal(new Leader().refuses(action, 9n), undefined);
  });
}

test('a removal waits until those that stay have been connected for five seconds', () => {
  assert.equal(new Leader(young, young).refuses(Action.REMOVE, 2n), ErrUnhealthy);
  assert.equal(new Leader(long, young).refuses(Action.REMOVE, 2n), ErrUnhealthy);
  assert.equal(new Leader(long, long).refuses(Action.REMOVE, 2n), undefined);
  assert.equal(new Leader(long, long).refuses(Action.REMOVE, SELF), undefined);
  assert.equal(new Leader(long, young).refuses(Action.REMOVE, SELF), ErrUnhealthy);
});

test('a member that is down may go at any time', () => {
  assert.equal(new Leader(undefined, young).refuses(Action.REMOVE, 2n), undefined);
});
