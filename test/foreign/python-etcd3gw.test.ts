/**
 * Goal: Python's etcd3gw package, a client of the JSON gateway, works against a member as it does against etcd. Method:
 * `python/gateway_suite.py` on both.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runProgram } from './program.ts';
import { python, pythonWith } from './python-environment.ts';
import { TARGETS, withServer } from './targets.ts';

const SUITE = fileURLToPath(new URL('python/gateway_suite.py', import.meta.url));
const PARTS = 7;

describe(
  "Python's etcd3gw",
  { skip: python === undefined && 'there is no python3 on the PATH' },
  () => {
    let prepared: Awaited<ReturnType<typeof pythonWith>>;
    before(async () => {
      prepared = await pythonWith('python-etcd3gw', ['etcd3gw==2.7.0']);
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
            env: { PYTHONDONTWRITEBYTECODE: '1' },
          }),
        );
        assert.equal(result.exitCode, 0, `${result.output}${result.errors}`);
        assert.equal(result.output.match(/^passed: /gm)?.length, PARTS);
      });
    }
  },
);
