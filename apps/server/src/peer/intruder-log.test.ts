import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Log } from '../log.ts';
import { IntruderLog } from './intruder-log.ts';

function create(): { intruders: IntruderLog; lines: string[]; clock: { ms: number } } {
  const lines: string[] = [];
  const clock = { ms: 0 };
  const add = (_fields: object, text: string): void => void lines.push(text);
  const log = { warn: add, error: add } as unknown as Log;
  return { intruders: new IntruderLog(log, () => clock.ms), lines, clock };
}

test('connections that take the place of others without end are of two processes', () => {
  const { intruders, lines, clock } = create();
  for (; clock.ms < 5000; clock.ms += 500) intruders.replaced(7n, '10.0.0.9');
  assert.deepEqual(lines, [
    'two processes speak as one member: its data directory was copied, and both copies run',
  ]);
});

test('a member that comes back now and then is no twin of its own', () => {
  const { intruders, lines, clock } = create();
  for (; clock.ms < 600_000; clock.ms += 5000) intruders.replaced(7n, '10.0.0.9');
  assert.deepEqual(lines, []);
});
