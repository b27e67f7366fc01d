/**
 * Goal: the production replica keeps its promises in a few hundred small worlds, and a world is its seed alone.
 * Method: seeds in a row from 1, always the same, so that a failure here is a failure everywhere; `npm run sim`
 * goes where no run has been. Each tenth seed is run twice.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulate, type RunReport } from './simulation.ts';

const SEEDS = 320;
const REPEATED_EVERY = 10;

test('in every one of 320 worlds the cluster keeps its promises', () => {
  const reports: RunReport[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const report = simulate(seed);
    reports.push(report);
    if (seed % REPEATED_EVERY !== 0) continue;
    assert.equal(simulate(seed).traceHash, report.traceHash, `seed ${seed} is not one world`);
  }
  // Worlds in which nothing happens prove nothing.
  const sum = (name: 'acknowledged' | 'lives' | 'watchEvents' | 'expiries'): number =>
    reports.reduce((total, report) => total + report[name], 0);
  assert.ok(sum('acknowledged') > 20_000, `${sum('acknowledged')} calls were acknowledged`);
  assert.ok(sum('lives') > 2 * SEEDS, `${sum('lives')} lives were lived`);
  assert.ok(sum('watchEvents') > 10_000, `${sum('watchEvents')} events were watched`);
  assert.ok(sum('expiries') > 200, `${sum('expiries')} leases expired`);
});

test('different seeds are different worlds', () => {
  const hashes = [1, 2, 3, 4].map((seed) => simulate(seed).traceHash);
  assert.equal(new Set(hashes).size, hashes.length);
});
