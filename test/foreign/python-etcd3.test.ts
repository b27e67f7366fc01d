/**
 * Goal: Python's etcd3 package works against a member as it does against etcd. Method: `python/suite.py` on
 * both. The package is installed into a virtual environment under node_modules/.cache on first use.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { commandOnPath } from '../bench/server-under-test.ts';
import { runProgram } from './program.ts';
import { TARGETS, withServer } from './targets.ts';

const SUITE = fileURLToPath(new URL('python/suite.py', import.meta.url));
const ENVIRONMENT = fileURLToPath(
  new URL('../../node_modules/.cache/foreign/python-etcd3', import.meta.url),
);
/** etcd3 is older than protobuf 4, which refuses its generated code, and than tenacity 7, which its locks misuse. */
const PACKAGES = ['etcd3==0.12.0', 'protobuf<4', 'tenacity<7'];
const PARTS = 7;

const python = commandOnPath('python3');

/** The environment's interpreter, or the reason why there is none. */
async function prepare(): Promise<{ interpreter: string } | { reason: string }> {
  const interpreter = join(ENVIRONMENT, 'bin', 'python');
  const installed = join(ENVIRONMENT, 'bin', 'installed');
  if (existsSync(installed)) return { interpreter };
  const steps: readonly (readonly [string, readonly string[]])[] = [
    [python!, ['-m', 'venv', ENVIRONMENT]],
    [interpreter, ['-m', 'pip', 'install', '--quiet', ...PACKAGES]],
    ['touch', [installed]],
  ];
  for (const [command, args] of steps) {
    const { exitCode, errors } = await runProgram(command, args);
    if (exitCode !== 0) return { reason: `${args.join(' ')} failed: ${errors}` };
  }
  return { interpreter };
}

describe(
  "Python's etcd3",
  { skip: python === undefined && 'there is no python3 on the PATH' },
  () => {
    let prepared: Awaited<ReturnType<typeof prepare>>;
    before(async () => {
      prepared = await prepare();
    });

    for (const { name, kind, skip } of TARGETS) {
      test(`passes its suite on ${name}`, { skip }, async (context) => {
        if ('reason' in prepared) {
          context.skip(prepared.reason);
          return;
        }
        const { interpreter } = prepared;
        const result = await withServer(kind!, ({ ports }) =>
          runProgram(interpreter, [SUITE, '127.0.0.1', String(ports.client)], {
            env: { PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION: 'python', PYTHONDONTWRITEBYTECODE: '1' },
          }),
        );
        assert.equal(result.exitCode, 0, `${result.output}${result.errors}`);
        assert.equal(result.output.match(/^passed: /gm)?.length, PARTS);
      });
    }
  },
);
