/**
 * Programs can be made again from their seed, mean the same with steps taken out, and get shorter.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Generator } from './generator.ts';
import { shrink } from './shrink.ts';
import { resolve } from './step.ts';
import type { Program, Step } from './step.ts';

test('a seed makes one program, another seed another', () => {
  const program = new Generator(7).program(200);
  assert.deepEqual(new Generator(7).program(200), program);
  assert.notDeepEqual(new Generator(8).program(200), program);
});

test('long programs hold every kind of step and every method', () => {
  const program = new Generator(1).program(5_000);
  const kinds = new Set(program.map(({ kind }) => kind));
  assert.deepEqual([...kinds].sort(), [
    'call',
    'cancel-watch',
    'fleeting-lease',
    'keep-alive',
    'restart',
    'watch',
  ]);
  const methods = new Set(program.flatMap((step) => (step.kind === 'call' ? step.method : [])));
  for (const method of ['Range', 'Put', 'DeleteRange', 'Txn', 'Compact', 'HashKV', 'Status']) {
    assert.ok(
      [...methods].some((each) => each === method),
      method,
    );
  }
});

test('symbols stand for revisions and leases of the moment, at any depth', () => {
  const situation = { now: 40, compacted: 10, granted: ['77'] };
  const request = {
    revision: 'now-3',
    nested: [{ start_revision: 'compacted+1', lease: 'granted#0' }],
    key: Buffer.from('now-3'),
  };
  assert.deepEqual(resolve(request, situation), {
    revision: '37',
    nested: [{ start_revision: '11', lease: '77' }],
    key: Buffer.from('now-3'),
  });
});

test('shrinking keeps what the failure needs and drops the rest', async () => {
  const program: Program = Array.from({ length: 64 }, (_, ID): Step => ({
    kind: 'keep-alive',
    ID,
  }));
  const needed = [program[5], program[40]];
  const shortest = await shrink(program, (candidate) =>
    Promise.resolve(needed.every((step) => step !== undefined && candidate.includes(step))),
  );
  assert.deepEqual(shortest, needed);
});
