/**
 * Goal: the tests and worlds that are to notice a mistake do so. Method: mistakes of the bug bank and others are planted
 * into the sources as they are now. All of them have to fit the sources; three of them are proved here, the rest by
 * `main.ts`.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { breakSource, checkEdits, worlds, type Breakage } from './breakage.ts';
import { breakages } from './breakages.ts';
import { prove } from './proof-run.ts';

const SAMPLE = [
  'any answer to a heartbeat confirms the newest read',
  'a watch that was starved goes on one revision too late',
  'acknowledged before the log has it',
];
/** Cheap ones of the sample's proofs alone. */
const SEEDS_MAX = 40;

const isCheap = (proof: Breakage['proofs'][number]): boolean => !('seedsMax' in proof);

test('every breakage fits the sources, and has a name of its own and a proof', () => {
  for (const breakage of breakages) {
    checkEdits(breakage);
    assert.ok(breakage.edits.length > 0 && breakage.proofs.length > 0, breakage.broken);
  }
  assert.equal(new Set(breakages.map(({ broken }) => broken)).size, breakages.length);
});

test('a breakage does not fit a source that has its text twice, or not at all', () => {
  const edit = { file: 'some.ts', find: 'a', replace: 'b' };
  assert.equal(breakSource('1a2', [edit]), '1b2');
  assert.throws(() => breakSource('1a2a', [edit]), /some\.ts holds this 2 times, not once/);
  assert.throws(() => breakSource('12', [edit]), /holds this 0 times/);
});

for (const name of SAMPLE) {
  test(`it is noticed that ${name}`, async () => {
    const breakage = breakages.find(({ broken }) => broken === name);
    assert.ok(breakage);
    const proof = breakage.proofs.find(isCheap) ?? worlds(SEEDS_MAX);
    const { isNoticed, text } = await prove(breakage, proof);
    assert.ok(isNoticed, text);
  });
}

test('nothing is noticed where nothing is broken', async () => {
  const [sound] = breakages.filter(({ broken }) => broken === SAMPLE[0]);
  assert.ok(sound);
  // The breakage is in the way of reads, and this test is about writes.
  const proof = { file: 'packages/raft/src/entry-window.test.ts', named: '' };
  const { isNoticed } = await prove(sound, proof);
  assert.equal(isNoticed, false);
});
