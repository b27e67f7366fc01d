/**
 * The checks of what is shipped that take longer than `npm test` has time for: Helm, linters, the image's steps, the
 * single-file executable. What a machine lacks is skipped, and said.
 *
 * Usage: npm run packaging [-- NAME …]      only checks with these names in their paths: helm, docker, single-file
 *        IMAGE=whole npm run packaging -- image      carries out the Dockerfile's first stage too, some minutes
 */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { ROOT } from '../sdk/packages/published.ts';

const names = process.argv.slice(2);
const files = globSync('test/packaging/**/*.check.ts', { cwd: ROOT })
  .filter((file) => names.length === 0 || names.some((name) => file.includes(name)))
  .sort();
/** The Dockerfile's first stage takes what `npm ci` and a build take. */
const FILE_MS_MAX = 900_000;

let [passed, failed, skipped] = [0, 0, 0];
const stream = run({
  files: files.map((file) => join(ROOT, file)),
  concurrency: 2,
  execArgv: ['--conditions=@concord/source'],
  timeout: FILE_MS_MAX,
});
stream.on('test:pass', ({ name, skip, details }) => {
  if (skip !== undefined) console.log(`- ${name}: skipped: ${String(skip)}`);
  else if (details.type !== 'suite')
    console.log(`✔ ${name} (${(details.duration_ms / 1000).toFixed(1)} s)`);
  if (skip !== undefined) skipped += 1;
  else if (details.type !== 'suite') passed += 1;
});
stream.on('test:fail', ({ name, details }) => {
  if (details.type === 'suite') return;
  failed += 1;
  const { error } = details;
  const cause =
    error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : error.message;
  console.log(`✖ ${name}\n${cause}`);
});
await finished(stream.resume());
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
