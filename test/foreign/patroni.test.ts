/**
 * Goal: Patroni keeps its cluster in Concord as it does in etcd. Method: Patroni's own etcd3 store, driven as two
 * nodes drive it (`python/patroni_suite.py`), on both; what it made of every answer is compared.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ServerKind } from '../bench/server-under-test.ts';
import { runProgram } from './program.ts';
import { python, pythonWith } from './python-environment.ts';
import { TARGETS, withServer } from './targets.ts';

const SUITE = fileURLToPath(new URL('python/patroni_suite.py', import.meta.url));
/** Patroni refuses to be imported without a driver for PostgreSQL. */
const PACKAGES = ['patroni[etcd3]==4.1.5', 'psycopg2-binary==2.9.13'];
const PARTS = 7;
const SUITE_SECONDS_MAX = 60;

const missing = TARGETS.find((target) => target.skip !== false)?.skip;
const skip = python === undefined ? 'there is no python3 on the PATH' : (missing ?? false);

async function transcript(kind: ServerKind, interpreter: string): Promise<string[]> {
  const { exitCode, output, errors } = await withServer(kind, ({ ports }) =>
    runProgram(interpreter, [SUITE, '127.0.0.1', String(ports.client)], {
      env: { PYTHONDONTWRITEBYTECODE: '1' },
      secondsMax: SUITE_SECONDS_MAX,
    }),
  );
  assert.equal(exitCode, 0, `${kind.name}: ${output}${errors}`);
  assert.equal(output.match(/^passed: /gm)?.length, PARTS);
  return output.split('\n');
}

describe("Patroni's etcd3 mode", { skip }, () => {
  let prepared: Awaited<ReturnType<typeof pythonWith>>;
  before(async () => {
    prepared = await pythonWith('python-patroni', PACKAGES);
  });

  test('finds the same in Concord as in etcd', async (context) => {
    if ('reason' in prepared) {
      context.skip(prepared.reason);
      return;
    }
    const { interpreter } = prepared;
    const [ours, theirs] = await Promise.all(
      TARGETS.map(({ kind }) => transcript(kind!, interpreter)),
    );
    assert.deepEqual(ours, theirs);
  });
});
