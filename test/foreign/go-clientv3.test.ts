/**
 * Goal: etcd's own Go client, with the recipes that build on it, works against a member as it does against
 * etcd. Method: the program in `go/` on both; it is built into node_modules/.cache on first use.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { commandOnPath } from '../bench/server-under-test.ts';
import { runProgram } from './program.ts';
import { TARGETS, withServer } from './targets.ts';

const SOURCE = fileURLToPath(new URL('go', import.meta.url));
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/foreign', import.meta.url));
const PARTS = 21;
/** A first build compiles gRPC for Go; on a slow machine that is minutes. */
const BUILD_SECONDS_MAX = 500;

const go = commandOnPath('go');

/** Builds the program; the path of it, or why there is none. A program that does not compile is a failure. */
async function build(): Promise<{ program: string } | { reason: string }> {
  const program = join(CACHE, 'go-clientv3');
  const options = { cwd: SOURCE, secondsMax: BUILD_SECONDS_MAX };
  const fetched = await runProgram(go!, ['mod', 'download'], options);
  if (fetched.exitCode !== 0) return { reason: `its modules cannot be had: ${fetched.errors}` };
  const built = await runProgram(go!, ['build', '-o', program, '.'], options);
  assert.equal(built.exitCode, 0, built.errors);
  return { program };
}

describe("Go's clientv3", { skip: go === undefined && 'there is no go on the PATH' }, () => {
  let prepared: Awaited<ReturnType<typeof build>>;
  before(async () => {
    prepared = await build();
  });

  for (const { name, kind, skip } of TARGETS) {
    test(`passes its suite on ${name}`, { skip }, async (context) => {
      if ('reason' in prepared) {
        context.skip(prepared.reason);
        return;
      }
      const { program } = prepared;
      const result = await withServer(kind!, ({ endpoint }) => runProgram(program, [endpoint]));
      assert.equal(result.exitCode, 0, `${result.output}${result.errors}`);
      assert.equal(result.output.match(/^passed: /gm)?.length, PARTS);
    });
  }
});
