import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  back,
  forward,
  newPlan,
  obstacleOf,
  requestOf,
  type Circumstances,
  type ReleasePlan,
} from './release-plan.ts';

const fine: Circumstances = { hasChanges: true, validation: 'ok' };
const walk = (plan: ReleasePlan): string[] => {
  const pages = [plan.step];
  for (let at = plan; ;) {
    const next = forward(at, fine);
    if (next.step === at.step) return pages;
    pages.push(next.step);
    at = next;
  }
};

test('rules of halting are asked only of a release in steps', () => {
  assert.deepEqual(walk(newPlan), ['diff', 'validation', 'scope', 'confirm', 'progress']);
  const steps: ReleasePlan = {
    ...newPlan,
    scope: { kind: 'steps', percents: [5, 25], holdSeconds: 30 },
  };
  assert.deepEqual(walk(steps), ['diff', 'validation', 'scope', 'halt', 'confirm', 'progress']);
});

test('a page is not left while something is in the way', () => {
  const at = (plan: Partial<ReleasePlan>, circumstances: Partial<Circumstances> = {}) =>
    obstacleOf({ ...newPlan, ...plan }, { ...fine, ...circumstances });
  assert.equal(at({}, { hasChanges: false }), 'nothing-changed');
  assert.equal(at({ step: 'validation' }, { validation: 'invalid' }), 'invalid');
  assert.equal(at({ step: 'validation' }, { validation: 'fails-for-some' }), 'fails-for-some');
  assert.equal(
    at({ step: 'validation', acceptsFailures: true }, { validation: 'fails-for-some' }),
    undefined,
  );
  assert.equal(
    at({ step: 'validation', acceptsFailures: true }, { validation: 'invalid' }),
    'invalid',
  );
  assert.equal(
    at({ step: 'scope', scope: { kind: 'match', track: 'canary', text: 'zone' } }),
    'bad-match',
  );
  assert.equal(
    at({ step: 'scope', scope: { kind: 'match', track: '', text: 'zone=a' } }),
    'bad-track',
  );
  for (const percents of [[], [0], [5, 5], [25, 5], [5, 100]]) {
    assert.equal(
      at({ step: 'scope', scope: { kind: 'steps', percents, holdSeconds: 0 } }),
      'bad-steps',
      String(percents),
    );
  }
  const plan: ReleasePlan = {
    ...newPlan,
    step: 'scope',
    scope: { kind: 'steps', percents: [], holdSeconds: 0 },
  };
  assert.equal(forward(plan, fine), plan);
});

test('there is no way back from what was sent', () => {
  assert.equal(back({ ...newPlan, step: 'progress' }).step, 'progress');
  assert.equal(back({ ...newPlan, step: 'confirm' }).step, 'scope');
  assert.equal(back(newPlan).step, 'diff');
});

test('each scope becomes its request', () => {
  assert.deepEqual(requestOf({ ...newPlan, comment: ' why ' }), {
    kind: 'release',
    comment: 'why',
  });
  assert.deepEqual(
    requestOf({ ...newPlan, scope: { kind: 'match', track: 'canary', text: 'zone=a|b' } }),
    {
      kind: 'gray',
      gray: { name: 'canary', match: { zone: ['a', 'b'] } },
    },
  );
  assert.deepEqual(
    requestOf({ ...newPlan, scope: { kind: 'steps', percents: [5, 25], holdSeconds: 30 } }),
    {
      kind: 'rollout',
      steps: [{ percent: 5 }, { percent: 25 }],
      hold: '30s',
      rejectedOver: 0,
      unackedAfter: '60s',
      onHalt: 'revert',
    },
  );
});
