/** When a removed member leaves, by a clock that the test turns. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Departure, GRACE_MS, WAIT_MS_MAX } from './departure.ts';
import type { Log } from './log.ts';

const [A, B, C] = [
  { id: 1n, name: 'a' },
  { id: 2n, name: 'b' },
  { id: 3n, name: '' },
];

function depart(context: TestContext, stayers: readonly { id: bigint; name: string }[]) {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const warnings: (readonly [Record<string, unknown>, string])[] = [];
  const world = { leaves: 0, warnings };
  const warn = (...line: [Record<string, unknown>, string]): unknown => warnings.push(line);
  const leave = (): void => {
    world.leaves++;
  };
  const departure = new Departure({
    log: { warn } as unknown as Log,
    stayers: () => stayers,
    leave,
  });
  const pass = (durationMs: number): void => context.mock.timers.tick(durationMs);
  return { departure, world, pass };
}

test('a member that enough others have told of its removal leaves after the grace', (context) => {
  const { departure, world, pass } = depart(context, [A, B, C]);
  departure.begin();
  departure.told(1n);
  departure.told(1n);
  departure.told(2n);
  pass(GRACE_MS - 1);
  assert.equal(world.leaves, 0);
  pass(1);
  assert.deepEqual([world.leaves, world.warnings.length], [1, 0]);
});

test('it stays until a majority of those that stay has told it, and says for whom it waits', (context) => {
  const { departure, world, pass } = depart(context, [A, B, C]);
  departure.told(1n);
  departure.begin();
  pass(GRACE_MS + WAIT_MS_MAX / 2);
  assert.equal(world.leaves, 0);
  const [fields, text] = world.warnings[0] ?? [{}, ''];
  assert.match(text, /stays until/);
  assert.deepEqual([fields['waits-for'], fields['needed']], ['b, 3', 1]);
  departure.told(9n);
  assert.equal(world.leaves, 0);
  departure.told(3n);
  assert.equal(world.leaves, 1);
  pass(WAIT_MS_MAX);
  assert.deepEqual([world.leaves, world.warnings.length], [1, 1]);
});

test('it does not stay for ever, and says what to do if it was needed', (context) => {
  const { departure, world, pass } = depart(context, [A]);
  departure.begin();
  pass(GRACE_MS);
  pass(WAIT_MS_MAX);
  assert.equal(world.leaves, 1);
  assert.match(String(world.warnings.at(-1)?.[0]['remedy']), /start this member once more/);
});

test('a learner whose cluster it does not know leaves after the grace', (context) => {
  const { departure, world, pass } = depart(context, []);
  departure.begin();
  pass(GRACE_MS);
  assert.equal(world.leaves, 1);
});
