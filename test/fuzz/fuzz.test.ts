/**
 * Goal: nothing that reads what others have written crashes, hangs, or grows, whatever is written. Each target has a
 * short run here from a seed of its own; `npm run fuzz` goes on for hours. And the watch over the targets is watched.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { targets } from './targets.ts';

/** Seven targets, four at a time: two minutes together. */
const SECONDS = Number(process.env['CONCORD_FUZZ_SECONDS'] ?? 60);
const SEED = Number(process.env['SEED'] ?? randomInt(2 ** 31));

const main = join(import.meta.dirname, 'main.ts');

async function fuzz(...args: readonly string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [...process.execArgv, main, ...args]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? -1, output };
}

describe('inputs that nobody would send', { concurrency: 4 }, () => {
  for (const name of Object.keys(targets)) {
    test(`${name} bears ${SECONDS} s of them (SEED=${SEED})`, async (context) => {
      const run = ['--target', name, '--seed', String(SEED), '--seconds', String(SECONDS)];
      const { code, output } = await fuzz(...run);
      context.diagnostic(output);
      assert.equal(code, 0, output);
    });
  }
});

test('a target that there is not is refused by name', async () => {
  const { code, output } = await fuzz('--target', 'nothing');
  assert.equal(code, 2);
  assert.match(output, /no target nothing; there are http2, hpack/);
});
