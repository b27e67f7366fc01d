/**
 * Goal: Python's etcd3 package works against a member as it does against etcd. Method: `python/suite.py` on
 * both. The package is installed into a virtual environment under node_modules/.cache on first use.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runProgram } from './program.ts';
import { python, pythonWith } from './python-environment.ts';
import { TARGETS, withServer } from './targets.ts';

const SUITE = fileURLToPath(new URL('python/suite.py', import.meta.url));
/** etcd3 is older than protobuf 4, which refuses its generated code, and than tenacity 7, which its locks misuse. */
const PACKAGES = ['etcd3==0.12.0', 'protobuf<4', 'tenacity<7'];
const PARTS = 7;

describe(
  "Python's etcd3",
  { skip: python === undefined && 'there is no python3 on the PATH' },
  () => {
    let prepared: Awaited<ReturnType<typeof pythonWith>>;
    before(async () => {
      prepared = await pythonWith('python-etcd3', PACKAGES);
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
