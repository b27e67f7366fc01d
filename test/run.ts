/**
 * `npm test`: every check that CI runs, in the order in which a failure is cheapest to learn of, closing with one
 * line `N passed, N failed`. Long campaigns have scripts of their own and take part here with a short run.
 *
 * Usage: npm test [-- SUITE ...]     suites: lint, fuzz, unit, system; all when none is named
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const conditions = '--conditions=@concord/source';

/** They take all processors for their half minute: with lint, which no clock hurries, rather than with what has to keep time. */
const FUZZ = 'test/fuzz/*.test.ts';

/** Those that take longest begin first, or the others would end and wait for them. */
const BEGUN_FIRST: readonly string[] = [
  'test/foreign/etcdctl-load.test.ts',
  'test/docs/operations.test.ts',
  'test/docs/gateway.test.ts',
  'test/sim/sim.test.ts',
  'test/cluster/members.test.ts',
  'test/gateway/console/pages.test.ts',
  'test/gateway/access.test.ts',
  'test/nemesis/nemesis.test.ts',
  'test/sdk/client/leader-change.test.ts',
  'test/sdk/facade/staying-alive.test.ts',
  'test/gateway/live.test.ts',
  'test/gateway/tls.test.ts',
  'test/conformance/maintenance.test.ts',
  'test/conformance/differential.test.ts',
];

/** Hundreds of processes read the same sources: a member starts in half the time when one of them has before. */
process.env['NODE_COMPILE_CACHE'] ??= resolve('node_modules/.cache/compile');

/** What failed, told again at the end, where whoever looks at a long log looks first. */
const failures: string[] = [];

/** How long each file took, for the list of the longest. */
const durations: { file: string; seconds: number }[] = [];
const LONGEST_SHOWN = 20;

/** A file that takes longer hangs: the longest takes about two minutes on two cores. */
const FILE_TIMEOUT_MS = 300_000;

const suites: Readonly<Record<string, () => Promise<Tally>>> = {
  lint: () => program('bin/lint.ts'),
  fuzz: () => testFiles([FUZZ], { concurrency: 1 }),
  unit: () =>
    testFiles(
      ['packages/*/src/**/*.test.ts', 'packages/*/codegen/**/*.test.ts', 'apps/*/src/**/*.test.ts'],
      { concurrency: 2 },
    ),
  system: async () =>
    sum([
      await program('bin/build.ts', '--quiet'),
      // They wait more than they work, each for servers of its own. Clients that are not ours may leave timers behind;
      // what we leave behind would hang the unit tests.
      await testFiles(['test/**/*.test.ts'], {
        concurrency: 4,
        // One thread: V8's helpers can wait for a collection that an exiting process never makes, and hang it.
        flags: ['--test-force-exit', '--single-threaded'],
        except: [FUZZ],
      }),
    ]),
};

/** Suites of one line run side by side. */
const ORDER: readonly (readonly string[])[] = [['lint', 'fuzz'], ['unit'], ['system']];

/** A program that is one check: it passes by ending with status 0. */
async function program(...command: readonly string[]): Promise<Tally> {
  const child = spawn(process.execPath, [conditions, ...command], { stdio: 'inherit' });
  const [status] = (await once(child, 'exit')) as [number | null];
  if (status === 0) return { passed: 1, failed: 0, skipped: 0 };
  failures.push(command.join(' '));
  return { passed: 0, failed: 1, skipped: 0 };
}

interface FileOptions {
  readonly concurrency: number;
  readonly flags?: readonly string[];
  readonly except?: readonly string[];
}

/** Test files in processes of their own; prints the failures, and a line for each file. */
async function testFiles(
  patterns: readonly string[],
  { concurrency, flags = [], except = [] }: FileOptions,
): Promise<Tally> {
  const found = globSync(patterns, { exclude: except }).sort();
  const files = [
    ...BEGUN_FIRST.filter((file) => found.includes(file)),
    ...fromBothEnds(found.filter((file) => !BEGUN_FIRST.includes(file))),
  ];
  const tally = { passed: 0, failed: 0, skipped: 0 };
  if (files.length === 0) return tally;
  const stream = run({
    files,
    concurrency,
    execArgv: [conditions, ...flags],
    timeout: FILE_TIMEOUT_MS,
  });
  stream.on('test:pass', ({ name, details, skip, file }) => {
    if (details.type === 'suite') return;
    if (skip === undefined) tally.passed += 1;
    else tally.skipped += 1;
    if (skip !== undefined) console.log(`  skipped: ${name}: ${String(skip)} (${String(file)})`);
  });
  stream.on('test:fail', ({ name, details, file }) => {
    if (details.type === 'suite') return;
    tally.failed += 1;
    failures.push(`${name} (${String(file)})`);
    const { error } = details;
    const cause =
      error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : error.message;
    console.log(`\n✖ ${name}\n  ${String(file)}\n${cause}\n`);
  });
  stream.on('test:summary', ({ file, duration_ms }) => {
    if (file !== undefined) durations.push({ file, seconds: duration_ms / 1000 });
  });
  stream.on('test:stderr', ({ message }) => process.stderr.write(message));
  await finished(stream.resume());
  return tally;
}

/** Neighbours in the alphabet are alike: so those that work and those that wait run side by side. */
function fromBothEnds(files: readonly string[]): readonly string[] {
  const middle = Math.ceil(files.length / 2);
  const backwards = files.slice(middle).reverse();
  return files.slice(0, middle).flatMap((file, i) => [file, ...backwards.slice(i, i + 1)]);
}

function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

async function runSuite(name: string): Promise<Tally> {
  const startedMs = performance.now();
  const tally = await (suites[name] as () => Promise<Tally>)();
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
  console.log(
    `${name}: ${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped, in ${seconds} s`,
  );
  return tally;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => suites[name] === undefined);
if (unknown.length > 0) {
  console.error(
    `unknown suite: ${unknown.join(', ')}; there are ${Object.keys(suites).join(', ')}`,
  );
  process.exit(2);
}
const tallies: Tally[] = [];
for (const names of ORDER) {
  const chosen = names.filter((name) => wanted.length === 0 || wanted.includes(name));
  tallies.push(...(await Promise.all(chosen.map(runSuite))));
}
durations.sort((a, b) => b.seconds - a.seconds);
console.log('\nthe longest files:');
for (const { file, seconds } of durations.slice(0, LONGEST_SHOWN))
  console.log(`  ${seconds.toFixed(0).padStart(4)} s  ${relative(process.cwd(), file)}`);
for (const failure of failures) console.log(`✖ ${failure}`);
const { passed, failed, skipped } = sum(tallies);
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
