/**
 * Everything that is checked without running the product: types, layering and style rules, formatting.
 *
 * Usage: npm run lint [-- --fix]
 */
import { spawnSync } from 'node:child_process';

const fix = process.argv.includes('--fix');
const steps: readonly (readonly string[])[] = [
  // The layering rule reads the project graph that this computes.
  ['node_modules/.bin/nx', 'show', 'projects', '--json'],
  ['node_modules/.bin/tsc', '--build'],
  ['node_modules/.bin/eslint', '--max-warnings=0', ...(fix ? ['--fix'] : []), '.'],
  ['node_modules/.bin/prettier', fix ? '--write' : '--check', '--log-level=warn', '**/*.{ts,mjs}'],
];

for (const [command = '', ...args] of steps) {
  const { status } = spawnSync(process.execPath, [command, ...args], {
    stdio: 'inherit',
    env: { ...process.env, NX_DAEMON: 'false' },
  });
  if (status !== 0) process.exitCode = 1;
}
