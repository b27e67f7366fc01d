/** Python packages for a test, in a virtual environment below node_modules/.cache that is made on first use. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandOnPath } from '../bench/server-under-test.ts';
import { runProgram } from './program.ts';

const ENVIRONMENTS = fileURLToPath(new URL('../../node_modules/.cache/foreign', import.meta.url));

/** The machine's Python, if it has one. */
export const python = commandOnPath('python3');

/** The environment's interpreter, or the reason why there is none. */
export async function pythonWith(
  name: string,
  packages: readonly string[],
): Promise<{ interpreter: string } | { reason: string }> {
  if (python === undefined) return { reason: 'there is no python3 on the PATH' };
  const environment = join(ENVIRONMENTS, name);
  const interpreter = join(environment, 'bin', 'python');
  const installed = join(environment, 'bin', 'installed');
  if (existsSync(installed)) return { interpreter };
  const steps: readonly (readonly [string, readonly string[]])[] = [
    [python, ['-m', 'venv', environment]],
    [interpreter, ['-m', 'pip', 'install', '--quiet', ...packages]],
    ['touch', [installed]],
  ];
  for (const [command, args] of steps) {
    const { exitCode, errors } = await runProgram(command, args);
    if (exitCode !== 0) return { reason: `${args.join(' ')} failed: ${errors}` };
  }
  return { interpreter };
}
