/**
 * `npm test`: every check that CI runs, in the order in which a failure is cheapest to learn of, closing with one
 * line `N passed, N failed`. Long campaigns have scripts of their own and take part here with a short run.
 *
 * Usage: npm test [-- SUITE ...]     suites: types, fuzz, unit, rules, system; all when none is named
 */
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { run } from 'node:test';
import { CONDITIONS, packageTests, program } from './run/program.ts';
import { Report, sum, type Tally } from './run/tally.ts';
import { follow } from './run/test-stream.ts';

/** They take all processors for their half minute: with types, which no clock hurries, rather than with what has to keep time. */
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

/** Their unit tests leave nothing behind, have no hooks but those of suites, and share a process. Those that take longest first. */
const SHARED_PROCESS: readonly string[] = [
  'packages/kv',
  'packages/grpc-server',
  'packages/protocol',
  'packages/raft',
  'packages/nestjs',
  'apps/console',
  'apps/gateway',
];

/** Hundreds of processes read the same sources: a member starts in half the time when one of them has before. */
process.env['NODE_COMPILE_CACHE'] ??= resolve('node_modules/.cache/compile');

const BLOCKING_OUTPUT = resolve(import.meta.dirname, 'run/blocking-output.ts');

/** A file that takes longer hangs: the longest takes about two minutes on two cores. */
const FILE_TIMEOUT_MS = 300_000;

const report = new Report();

const suites: Readonly<Record<string, () => Promise<Tally>>> = {
  types: () => program(report, ['bin/lint.ts', 'types']),
  // Two minutes of work, in the time that the system's tests wait.
  rules: () => program(report, ['bin/lint.ts', 'rules'], { isPatient: true }),
  fuzz: () => testFiles(globSync(FUZZ), { concurrency: 1 }),
  unit,
  system: async () =>
    sum([
      await program(report, ['bin/build.ts', '--quiet']),
      // They wait more than they work, each for servers of its own. Clients that are not ours may leave timers behind;
      // what we leave behind would hang the unit tests.
      await testFiles(globSync('test/**/*.test.ts', { exclude: [FUZZ] }), {
        concurrency: 4,
        // One thread: V8's helpers can wait for a collection that an exiting process never makes, and hang it.
        flags: ['--test-force-exit', `--import=${BLOCKING_OUTPUT}`, '--single-threaded'],
      }),
    ]),
};

/** Suites of one line run side by side. */
const ORDER: readonly (readonly string[])[] = [['types', 'fuzz'], ['unit'], ['system', 'rules']];

/** Packages whose files share a process, one after the other, and beside them the files that have one each. */
async function unit(): Promise<Tally> {
  const filesOf = (directory: string): readonly string[] =>
    globSync(`${directory}/{src,codegen}/**/*.test.ts`).sort();
  const apart = globSync(['packages/*', 'apps/*'])
    .filter((directory) => !SHARED_PROCESS.includes(directory))
    .flatMap(filesOf);
  const sharing = async (): Promise<Tally> => {
    const tallies: Tally[] = [];
    for (const name of SHARED_PROCESS) {
      tallies.push(await packageTests(report, name, filesOf(name), FILE_TIMEOUT_MS));
    }
    return sum(tallies);
  };
  return sum(await Promise.all([sharing(), testFiles(apart, { concurrency: 2 })]));
}

interface FileOptions {
  readonly concurrency: number;
  readonly flags?: readonly string[];
}

/** Test files in processes of their own. */
async function testFiles(
  found: readonly string[],
  { concurrency, flags = [] }: FileOptions,
): Promise<Tally> {
  if (found.length === 0) return sum([]);
  const sorted = found.toSorted();
  const files = [
    ...BEGUN_FIRST.filter((file) => sorted.includes(file)),
    ...fromBothEnds(sorted.filter((file) => !BEGUN_FIRST.includes(file))),
  ];
  const tallies: Tally[] = [];
  const execArgv = [CONDITIONS, ...flags];
  await follow(run({ files, concurrency, execArgv, timeout: FILE_TIMEOUT_MS }), {
    ended: (outcome) => tallies.push(report.take(outcome)),
    lasted: (file, durationMs) => report.lasted(file, durationMs),
  });
  return sum(tallies);
}

/** Neighbours in the alphabet are alike: so those that work and those that wait run side by side. */
function fromBothEnds(files: readonly string[]): readonly string[] {
  const middle = Math.ceil(files.length / 2);
  const backwards = files.slice(middle).reverse();
  return files.slice(0, middle).flatMap((file, i) => [file, ...backwards.slice(i, i + 1)]);
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
report.print();
const { passed, failed, skipped } = sum(tallies);
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
