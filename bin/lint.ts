/**
 * Everything that is checked without running the product: types, layering and style rules, formatting.
 *
 * Usage: npm run lint [-- --fix]
 *        node bin/lint.ts types     types and formatting alone
 *        node bin/lint.ts rules     layering and style rules alone
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const fix = process.argv.includes('--fix');
type Step = readonly string[];
/** The layering rule reads the project graph that this computes. */
const graph: Step = ['node_modules/.bin/nx', 'show', 'projects', '--json'];
const types: Step = ['node_modules/.bin/tsc', '--build'];
const rules: Step = [
  'node_modules/.bin/eslint',
  '--max-warnings=0',
  ...(fix ? ['--fix'] : []),
  '.',
];
const format: Step = [
  'node_modules/.bin/prettier',
  fix ? '--write' : '--check',
  '--log-level=warn',
  '**/*.{ts,mjs}',
];

/** One after the other. */
async function run(...steps: readonly Step[]): Promise<void> {
  for (const [command = '', ...args] of steps) {
    const child = spawn(process.execPath, [command, ...args], {
      stdio: 'inherit',
      env: { ...process.env, NX_DAEMON: 'false' },
    });
    const [status] = (await once(child, 'exit')) as [number | null];
    if (status !== 0) process.exitCode = 1;
  }
}

const only = process.argv.find((word) => word === 'types' || word === 'rules');
if (fix) {
  // What is mended is mended by one at a time.
  await run(graph, types, rules, format);
} else {
  await Promise.all([
    ...(only === 'types' ? [] : [run(graph, rules)]),
    ...(only === 'rules' ? [] : [run(types, format)]),
  ]);
}
