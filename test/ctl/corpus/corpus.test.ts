/**
 * Goal: a script that was written for etcdctl gets from concordctl what it got from etcdctl. Method: the command lines of the
 * corpus are played against a member, and everything that they print and end with is what etcdctl was recorded to.
 *
 * CONCORD_CORPUS_ETCD=PATH plays them against that etcd instead.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, test } from 'node:test';
import { withMember } from '../harness/member-process.ts';
import { concordctlHere, processProgram } from '../harness/running-program.ts';
import { differenceOf } from './differences.ts';
import type { Recorded } from './normaliser.ts';
import { play } from './player.ts';
import { recordingPath, scripts } from './scripts.ts';
import type { Script } from './script.ts';

const member = process.env['CONCORD_CORPUS_ETCD'] ?? resolve('apps/server/bin/concord');
const programs = {
  start: concordctlHere,
  startProcess: processProgram(resolve('apps/ctl/bin/concordctl')),
};

const recordingOf = ({ name }: Script): readonly Recorded[] =>
  (JSON.parse(readFileSync(recordingPath(name), 'utf8')) as { steps: readonly Recorded[] }).steps;

describe('the corpus of etcdctl', { concurrency: 4 }, () => {
  for (const script of scripts) {
    test(`${script.name}: what concordctl prints and ends with is what etcdctl did`, async () => {
      await withMember(member, script.serverFlags ?? [], async (server) => {
        const played = await play(script, server, programs);
        const recorded = recordingOf(script);
        assert.deepEqual(
          played.map(({ line }) => line),
          recorded.map(({ line }) => line),
          'the corpus has to be recorded again',
        );
        const expected = recorded.map((step) => differenceOf(script, step)?.expected ?? step);
        const differing = played.flatMap((step, i) => {
          const one = expected[i];
          return JSON.stringify(step) === JSON.stringify(one)
            ? []
            : [{ played: step, recorded: one }];
        });
        assert.deepEqual(differing, []);
      });
    });
  }
});
