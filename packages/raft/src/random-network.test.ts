/**
 * Random worlds, judged at every step by the five properties of Raft figure 3 and by the promise of
 * linearizable reads. Every world is decided by its seed, which a failure names;
 * `RAFT_SEED=n` plays one again, `RAFT_SEEDS=n` plays more of them.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { World, type WorldOptions } from './harness/world.ts';

/** Enough for a dozen elections, snapshots and crashes in each world. */
const STEPS = 100_000;

const count = Number(process.env['RAFT_SEEDS'] ?? 6);
const only = process.env['RAFT_SEED'];
const seeds = only === undefined ? Array.from({ length: count }, (_, i) => i + 1) : [Number(only)];

const worlds: Readonly<Record<string, Omit<WorldOptions, 'seed'>>> = {
  'three members': { voters: 3, spare: 0, preVote: true, checkQuorum: true },
  'five members without pre-vote and check-quorum': {
    voters: 5,
    spare: 0,
    preVote: false,
    checkQuorum: false,
  },
  'members that come and go': { voters: 3, spare: 3, preVote: true, checkQuorum: true },
  'members that come and go, without pre-vote': {
    voters: 3,
    spare: 2,
    preVote: false,
    checkQuorum: true,
  },
  'a single member that others may join': {
    voters: 1,
    spare: 2,
    preVote: true,
    checkQuorum: true,
  },
};

for (const [name, options] of Object.entries(worlds)) {
  test(`${name} keep every promise through loss, repetition, reordering and crashes`, () => {
    let applied = 0;
    for (const seed of seeds) {
      try {
        applied += play({ seed, ...options });
      } catch (error) {
        throw new Error(`seed ${String(seed)} of "${name}"`, { cause: error });
      }
    }
    assert.ok(applied > 100 * seeds.length, 'a world in which nothing happens shows nothing');
  });
}

/** Plays one world to its end; returns how far it got. */
function play(options: WorldOptions): number {
  const world = new World(options);
  for (let i = 0; i < STEPS; i++) world.step();
  world.settle();
  return world.checker.highestApplied;
}
