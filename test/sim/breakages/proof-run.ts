/** Runs one proof with a breakage planted, and judges whether it was noticed, and for what. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BREAKAGE, type Breakage, type Proof } from './breakage.ts';

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const PLANTED = pathOf('planted.ts');
const SIMULATION = pathOf('../main.ts');
const ROOT = pathOf('../../../');
/** A breakage may well make a test wait for ever, which is a way of noticing it. */
const RUN_MS_MAX = 180_000;

export interface Verdict {
  readonly isNoticed: boolean;
  /** By whom and for what, in one line. */
  readonly text: string;
}

interface Ended {
  readonly output: string;
  readonly isTimeout: boolean;
}

export async function prove(breakage: Breakage, proof: Proof): Promise<Verdict> {
  if ('seedsMax' in proof) {
    const simulation = [SIMULATION, '--from', '1', '--seeds', String(proof.seedsMax)];
    return judgeWorlds(await run(breakage, simulation), proof.seedsMax);
  }
  const { file, named } = proof;
  const ended = await run(breakage, ['--test', '--test-reporter=tap', file]);
  return judgeTest(ended, file, named);
}

function run({ broken }: Breakage, args: readonly string[]): Promise<Ended> {
  const flags = ['--conditions=@concord/source', '--import', PLANTED];
  const child = spawn(process.execPath, [...flags, ...args], {
    cwd: ROOT,
    // A test that is run by a test would report to that one.
    env: { ...process.env, [BREAKAGE]: broken, NODE_TEST_CONTEXT: undefined },
    timeout: RUN_MS_MAX,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (_, signal) => resolve({ output, isTimeout: signal !== null }));
  });
}

function judgeWorlds({ output, isTimeout }: Ended, seedsMax: number): Verdict {
  const failure = /^seed \d+, after .*$/m.exec(output)?.[0];
  // A program that is only wrong is not what was meant to be planted.
  const isAccident = /^(Type|Reference|Syntax)Error/m.test(output);
  if (failure !== undefined && !isAccident) return { isNoticed: true, text: short(failure) };
  if (isTimeout) return { isNoticed: false, text: `no end after ${RUN_MS_MAX / 1000} s` };
  if (isAccident || !output.includes(`${seedsMax} seeds in`)) return accident(output);
  return { isNoticed: false, text: `${seedsMax} worlds, and none noticed it` };
}

function judgeTest({ output, isTimeout }: Ended, file: string, named: string): Verdict {
  // The format escapes `#` in names.
  const plain = output.replaceAll('\\#', '#');
  const failed = [...plain.matchAll(/^ *not ok \d+ - (.*)$/gm)].map(([, name = '']) => name);
  const notice = failed.find((name) => name.includes(named));
  if (notice !== undefined) return { isNoticed: true, text: short(`${file}: ${notice}`) };
  if (isTimeout) return { isNoticed: false, text: `${file}: no end after ${RUN_MS_MAX / 1000} s` };
  if (!plain.includes(named)) return { isNoticed: false, text: `${file} has no test "${named}"` };
  const others = failed.length === 0 ? 'all pass' : `others fail: ${failed.join(', ')}`;
  return { isNoticed: false, text: short(`${file}: "${named}" passes, ${others}`) };
}

function accident(output: string): Verdict {
  return {
    isNoticed: false,
    text: `did not run: ${output.trim().split('\n').slice(-8).join(' | ')}`,
  };
}

const short = (text: string): string => (text.length > 160 ? `${text.slice(0, 157)}...` : text);
