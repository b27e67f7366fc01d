/**
 * Goal: nothing that reads what others have written crashes, hangs, or grows, whatever is written. Each target has a
 * short run here from a seed of its own; `npm run fuzz` goes on for hours. And the watch sees what is wrong on purpose.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomInt } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { FuzzFailure, runCampaign } from './campaign.ts';
import { targets } from './targets.ts';

/** All targets side by side: half a minute together. */
const SECONDS = Number(process.env['CONCORD_FUZZ_SECONDS'] ?? 30);
const SEED = Number(process.env['SEED'] ?? randomInt(2 ** 31));

// Whatever else runs has more to lose by waiting; children inherit it.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

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

describe('inputs that nobody would send', { concurrency: Object.keys(targets).length }, () => {
  for (const name of Object.keys(targets)) {
    test(`${name} bears ${SECONDS} s of them (SEED=${SEED})`, async (context) => {
      const run = ['--target', name, '--seed', String(SEED), '--seconds', String(SECONDS)];
      const { code, output } = await fuzz(...run);
      context.diagnostic(output);
      assert.equal(code, 0, output);
    });
  }
});

const mistakes: readonly (readonly [target: string, found: RegExp])[] = [
  ['throwing', /input 21: TypeError: nobody expects this/],
  ['hanging', /input 21: nothing has happened for 500 ms/],
  ['waiting', /input 21: nothing has happened for 500 ms/],
  ['growing', /memory has grown by \d+ bytes/],
  ['escaping', /input 21: nobody has caught RangeError: thrown elsewhere/],
];
for (const [target, found] of mistakes) {
  test(`a target that is ${target} fails, and leaves its input and the way back to it`, async () => {
    const campaign = runCampaign({ target, seed: SEED, seconds: 30 });
    const failure = await campaign.then(
      () => undefined,
      (error: unknown) => error,
    );
    assert.ok(failure instanceof FuzzFailure, String(failure));
    assert.match(failure.message, found);
    const file = /--target \w+ --replay (\S+)/.exec(failure.message)?.[1] ?? '';
    assert.ok(readFileSync(file).readUInt8(0) >= 20);
    rmSync(file);
  });
}

test('a target that there is not is refused by name', async () => {
  const { code, output } = await fuzz('--target', 'nothing');
  assert.equal(code, 2);
  assert.match(output, /no target nothing; there are http2, hpack/);
});
