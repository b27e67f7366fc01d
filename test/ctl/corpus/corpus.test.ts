/**
 * Goal: a script that was written for etcdctl gets from concordctl what it got from etcdctl. Method: the command lines of the
 * corpus are played against a member of Concord, and of this machine's etcd where that answers as the recorded one did;
 * everything that they print and end with is what etcdctl was recorded to.
 *
 * CONCORD_CORPUS_MEMBER=PATH plays them against that program instead.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, test } from 'node:test';
import { commandOnPath } from '../../bench/server-under-test.ts';
import { withMember } from '../harness/member-process.ts';
import { concordctlHere, processProgram } from '../harness/running-program.ts';
import { differenceOf } from './differences.ts';
import type { Recorded } from './normaliser.ts';
import { play } from './player.ts';
import type { Script } from './script.ts';
import { recordingPath, scripts } from './scripts.ts';

const concordctl = resolve('apps/ctl/bin/concordctl');
const programs = { start: concordctlHere, startProcess: processProgram(concordctl) };
const concord = process.env['CONCORD_CORPUS_MEMBER'] ?? resolve('apps/server/bin/concord');
const etcd = commandOnPath('etcd');
const skip = ['apps/ctl/dist/concordctl.js', 'apps/server/dist/main.js'].every((path) =>
  existsSync(path),
)
  ? false
  : 'the programs are not built: npm run build';

const recordingOf = ({ name }: Script): readonly Recorded[] =>
  (JSON.parse(readFileSync(recordingPath(name), 'utf8')) as { steps: readonly Recorded[] }).steps;

async function playAndCompare(script: Script, member: string): Promise<void> {
  await withMember(member, script.serverFlags ?? [], async (server) => {
    const played = await play(script, server, programs);
    const recorded = recordingOf(script);
    assert.deepEqual(
      played.map(({ line }) => line),
      recorded.map(({ line }) => line),
      'the corpus has to be recorded again',
    );
    const expected = recorded.map((step) => differenceOf(script, step)?.expected ?? step);
    const differing = played.flatMap((step, i) =>
      JSON.stringify(step) === JSON.stringify(expected[i])
        ? []
        : [{ played: step, recorded: expected[i] }],
    );
    assert.deepEqual(differing, []);
  });
}

test('the corpus is as large as it is said to be', () => {
  const count = scripts.reduce((sum, script) => sum + recordingOf(script).length, 0);
  assert.ok(count >= 640, `${count} command lines`);
});

describe('the corpus of etcdctl against Concord', { concurrency: 4, skip }, () => {
  for (const script of scripts) {
    test(`${script.name}: concordctl prints and ends with what etcdctl did`, () =>
      playAndCompare(script, concord));
  }
});

describe(
  'the corpus of etcdctl against the etcd of this machine',
  { concurrency: 4, skip: skip || (etcd === undefined && 'there is no etcd on the PATH') },
  () => {
    for (const script of scripts.filter(({ isOfOldEtcdToo }) => isOfOldEtcdToo === true)) {
      test(`${script.name}: concordctl prints and ends with what etcdctl did`, () =>
        playAndCompare(script, etcd ?? ''));
    }
  },
);
