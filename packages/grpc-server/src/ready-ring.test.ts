import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ReadyRing } from './ready-ring.ts';
import type { RingMember } from './ready-ring.ts';

class Member implements RingMember {
  nextInRing: this | undefined = undefined;
  inRing = false;
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

test('members take turns in the order in which they came', () => {
  const ring = new ReadyRing<Member>();
  for (const name of ['a', 'b', 'c']) ring.add(new Member(name));
  let turns = '';
  for (let turn = 0; turn < 7; turn++) {
    const member = ring.take()!;
    turns += member.name;
    ring.add(member);
  }
  assert.equal(turns, 'abcabca');
});

test('a member that is in the ring is not added again', () => {
  const ring = new ReadyRing<Member>();
  const member = new Member('a');
  ring.add(member);
  ring.add(member);
  assert.equal(ring.take(), member);
  assert.equal(ring.take(), undefined);
  assert.equal(ring.isEmpty, true);
  ring.add(member);
  assert.equal(ring.take(), member);
});
