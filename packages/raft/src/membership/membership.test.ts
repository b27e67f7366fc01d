/**
 * Configurations: how a change turns one into the next, which changes do not fit, and the bytes of a
 * change.
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { describeConfiguration } from '../harness/describe.ts';
import { below, createRandom, pick } from '../harness/random.ts';
import {
  AssertionError,
  assertValid,
  changeConfiguration,
  createConfiguration,
  decodeMembershipChange,
  encodeMembershipChange,
  LEAVE_JOINT,
  membersOf,
  type Configuration,
  type MemberChange,
  type MembershipTransition,
} from '../index.ts';

const SEED = 3;
const KINDS = ['add-voter', 'add-learner', 'remove'] as const;
const TRANSITIONS = ['auto', 'joint-implicit', 'joint-explicit'] as const;

/** Reads `+1 l2 -3`: add voter 1, add learner 2, remove 3. */
function parse(text: string): readonly MemberChange[] {
  const kinds = { '+': 'add-voter', l: 'add-learner', '-': 'remove' } as const;
  return text
    .split(' ')
    .filter(Boolean)
    .map((word) => ({
      kind: kinds[word[0] as '+'],
      member: BigInt(word.slice(1)),
    }));
}

function apply(
  start: Configuration,
  text: string,
  transition: MembershipTransition = 'auto',
): string {
  const context = new Uint8Array(0);
  const result = changeConfiguration(start, { members: parse(text), transition, context });
  return result.ok ? describeConfiguration(result.configuration) : result.reason;
}

suite('a membership change', () => {
  const three = createConfiguration([1n, 2n, 3n]);
  const learning = createConfiguration([1n, 2n], [3n]);
  const cases: readonly (readonly [Configuration, string, string])[] = [
    [three, '+4', 'voters=(1,2,3,4)'],
    [three, 'l4', 'voters=(1,2,3) learners=(4)'],
    [three, '-3', 'voters=(1,2)'],
    [three, '-9', 'voters=(1,2,3)'],
    [three, 'l3', 'voters=(1,2) learners=(3)'],
    [learning, '+3', 'voters=(1,2,3)'],
    [learning, 'l4 l5 -3', 'voters=(1,2) learners=(4,5)'],
    [three, '+4 -3', 'voters=(1,2,4) outgoing=(1,2,3) auto-leave'],
    [three, 'l3 +4', 'voters=(1,2,4) outgoing=(1,2,3) learners-next=(3) auto-leave'],
    [three, 'l4 l3 -2', 'voters=(1) outgoing=(1,2,3) learners=(4) learners-next=(3) auto-leave'],
    [createConfiguration([1n]), '-1', 'no-voter-left'],
    [three, '+0', 'invalid-member'],
    [three, '', 'not-joint'],
  ];
  for (const [start, text, expected] of cases) {
    test(`of (${describeConfiguration(start)}) by "${text}" gives ${expected}`, () => {
      assert.equal(apply(start, text), expected);
    });
  }

  test('of one voter goes through a joint configuration when that is asked for', () => {
    const expected = 'voters=(1,2,3,4) outgoing=(1,2,3)';
    assert.equal(apply(three, '+4', 'joint-implicit'), `${expected} auto-leave`);
    assert.equal(apply(three, '+4', 'joint-explicit'), expected);
  });

  test('within a joint configuration can only leave it', () => {
    const joint: Configuration = {
      ...createConfiguration([1n, 4n]),
      votersOutgoing: [1n, 2n, 3n],
      learnersNext: [3n],
      autoLeave: true,
    };
    assert.equal(apply(joint, '+5'), 'already-joint');
    assert.equal(apply(joint, ''), 'voters=(1,4) learners=(3)');
  });

  test(`always leads to a valid configuration that overlaps with the one before (seed ${String(SEED)})`, () => {
    const random = createRandom(SEED);
    let current = createConfiguration([1n]);
    for (let i = 0; i < 5_000; i++) {
      const members = Array.from({ length: below(random, 4) }, () => ({
        kind: pick(random, KINDS),
        member: BigInt(1 + below(random, 6)),
      }));
      const change = { members, transition: pick(random, TRANSITIONS), context: new Uint8Array(0) };
      const result = changeConfiguration(current, change);
      if (!result.ok) continue;
      assertValid(result.configuration);
      assertOverlap(current, result.configuration);
      current = result.configuration;
    }
  });
});

/** Every quorum of the one has a member in common with every quorum of the other. */
function assertOverlap(a: Configuration, b: Configuration): void {
  const everybody = [...new Set([...membersOf(a), ...membersOf(b)])];
  const isQuorum = ({ voters, votersOutgoing }: Configuration, mask: number): boolean =>
    [voters, votersOutgoing].every(
      (half) =>
        half.length === 0 ||
        half.filter((id) => mask & (1 << everybody.indexOf(id))).length * 2 > half.length,
    );
  const all = (1 << everybody.length) - 1;
  for (let mask = 0; mask <= all; mask++) {
    assert.ok(!(isQuorum(a, mask) && isQuorum(b, all & ~mask)), 'two disjoint quorums');
  }
}

suite('the bytes of a membership change', () => {
  test('say the same change again, ids of 64 bits and context included', () => {
    for (const transition of TRANSITIONS) {
      const members = KINDS.map((kind, i) => ({ kind, member: 2n ** 64n - 1n - BigInt(i) }));
      const change = { members, transition, context: Uint8Array.of(1, 2, 3) };
      assert.deepEqual(decodeMembershipChange(encodeMembershipChange(change)), change);
    }
  });

  test('are none for leaving a joint configuration', () => {
    assert.equal(encodeMembershipChange(LEAVE_JOINT).length, 0);
    assert.deepEqual(decodeMembershipChange(new Uint8Array(0)), LEAVE_JOINT);
  });

  test('are refused when they are cut short or say what nobody knows', () => {
    const members = [{ kind: 'remove', member: 7n }] as const;
    const bytes = encodeMembershipChange({
      members,
      transition: 'auto',
      context: new Uint8Array(0),
    });
    for (let length = 1; length < bytes.length; length++) {
      assert.equal(decodeMembershipChange(bytes.subarray(0, length)), undefined);
    }
    for (const [offset, value] of [
      [0, 2],
      [1, 3],
      [4, 3],
    ] as const) {
      const wrong = bytes.slice();
      wrong[offset] = value;
      assert.equal(decodeMembershipChange(wrong), undefined);
    }
  });
});

suite('a configuration', () => {
  test('that breaks an invariant is refused', () => {
    const valid = createConfiguration([1n, 2n], [3n]);
    assert.throws(() => createConfiguration([1n, 1n]), AssertionError);
    assert.throws(() => createConfiguration([0n]), AssertionError);
    assert.throws(() => createConfiguration([1n], [1n]), AssertionError);
    assert.throws(() => createConfiguration([], [1n]), AssertionError);
    const broken: readonly Partial<Configuration>[] = [
      { voters: [2n, 1n] },
      { autoLeave: true },
      { learnersNext: [4n] },
    ];
    for (const part of broken) {
      assert.throws(() => {
        assertValid({ ...valid, ...part });
      }, AssertionError);
    }
  });
});
