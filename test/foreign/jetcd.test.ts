/**
 * Goal: jetcd, the Java client, cannot tell Concord from etcd. Method: `java/Suite.java` on both, transcripts
 * compared; it is compiled into node_modules/.cache on first use.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { commandOnPath } from '../bench/server-under-test.ts';
import type { ServerKind } from '../bench/server-under-test.ts';
import { runProgram } from './program.ts';
import { TARGETS, withServer } from './targets.ts';

const SOURCE = fileURLToPath(new URL('java', import.meta.url));
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/foreign/java', import.meta.url));
/** A first use downloads some thirty libraries. */
const PREPARE_SECONDS_MAX = 300;
const SUITE_SECONDS_MAX = 60;

const java = commandOnPath('java');
const javac = commandOnPath('javac');
const maven = commandOnPath('mvn');
const unable =
  java === undefined || javac === undefined || maven === undefined
    ? 'there is no java, javac and mvn on the PATH'
    : false;
const skip = unable || (TARGETS.find((target) => target.skip !== false)?.skip ?? false);

/** Compiles the suite; its class path, or why there is none. */
async function prepare(): Promise<{ classPath: string } | { reason: string }> {
  const list = join(CACHE, 'class-path');
  const goal = ['-q', 'dependency:build-classpath', `-Dmdep.outputFile=${list}`];
  const options = { cwd: SOURCE, secondsMax: PREPARE_SECONDS_MAX };
  // What is in Maven's own cache already needs no network.
  const offline = await runProgram(maven!, ['-o', ...goal], options);
  const fetched = offline.exitCode === 0 ? offline : await runProgram(maven!, goal, options);
  if (fetched.exitCode !== 0) return { reason: `its libraries cannot be had: ${fetched.output}` };
  const libraries = readFileSync(list, 'utf8').trim();
  const args = ['-cp', libraries, '-d', CACHE, join(SOURCE, 'Suite.java')];
  const compiled = await runProgram(javac!, args, options);
  assert.equal(compiled.exitCode, 0, compiled.errors);
  return { classPath: `${CACHE}:${libraries}` };
}

async function transcript(kind: ServerKind, classPath: string): Promise<string[]> {
  const { exitCode, output, errors } = await withServer(kind, ({ endpoint }) =>
    runProgram(java!, ['-cp', classPath, 'Suite', endpoint], { secondsMax: SUITE_SECONDS_MAX }),
  );
  assert.equal(exitCode, 0, `${kind.name}: ${output}${errors}`);
  assert.match(output, /^passed: all$/m);
  return output.split('\n');
}

describe('jetcd', { skip }, () => {
  let prepared: Awaited<ReturnType<typeof prepare>>;
  before(async () => {
    prepared = await prepare();
  });

  test('finds the same in Concord as in etcd', async (context) => {
    if ('reason' in prepared) {
      context.skip(prepared.reason);
      return;
    }
    const { classPath } = prepared;
    const [ours, theirs] = await Promise.all(
      TARGETS.map(({ kind }) => transcript(kind!, classPath)),
    );
    assert.deepEqual(ours, theirs);
  });
});
