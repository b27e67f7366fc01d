/**
 * `npm run conformance`: the conformance tests on every backend of this machine, then the differential run.
 *
 * Options: `--seed N` (default: from the clock, printed), `--calls N` (default 20,000), `--steps N` (of one
 * program), `--keep-going` (tell every kind of difference once instead of shrinking the first), `--tests` or
 * `--differential` (only the one), `--tls` (every server behind TLS with client certificates), `--proxy` (every server behind
 * a gRPC proxy; the tests of what a proxy hands on), `--json` (calls as
 * JSON, through the gateway of both), `--auth` (programs with users, roles and authentication on), `--etcd PATH`,
 * `--against PATH` (a second etcd in Concord's place, to see what
 * etcd itself changed).
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runDifferential } from './differential/run.ts';

const CALLS = 20_000;
/** etcd itself answers a few things otherwise behind TLS: its gateway and its gRPC are put together in another way. */
const CONCORD_ALONE = { CONCORD_BACKENDS: process.env['CONCORD_BACKENDS'] ?? 'concord' };

/** What a proxy leaves as it is. Limits of requests are its own, and so is what it answers over HTTP. */
const HANDED_ON = [
  ...['put', 'range', 'range-stream', 'txn', 'delete-range', 'compact', 'revision', 'malformed'],
  ...['watch', 'watch-progress', 'lease', 'lock', 'election', 'cluster', 'alarm'],
  ...['auth', 'auth-access', 'auth-jwt'],
];

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string' },
    calls: { type: 'string' },
    steps: { type: 'string' },
    tests: { type: 'boolean' },
    differential: { type: 'boolean' },
    etcd: { type: 'string' },
    against: { type: 'string' },
    'keep-going': { type: 'boolean' },
    json: { type: 'boolean' },
    auth: { type: 'boolean' },
    tls: { type: 'boolean' },
    proxy: { type: 'boolean' },
  },
});

const print = (line: string): void => void process.stdout.write(`${line}\n`);

if (options.tls === true) process.env['CONCORD_TLS'] = '1';
if (options.proxy === true) process.env['CONCORD_PROXY'] = '1';
if (options.etcd !== undefined) process.env['CONCORD_ETCD'] = options.etcd;
const testsPass = options.differential === true || (await runTests());
const result = options.tests === true ? 'skipped' : await compare();
process.exitCode = testsPass && result !== 'different' ? 0 : 1;

function runTests(): Promise<boolean> {
  const names = options.proxy === true ? `{${HANDED_ON.join()}}` : '**/*';
  const files = globSync(join(import.meta.dirname, `${names}.test.ts`)).sort();
  const child = spawn(
    process.execPath,
    ['--conditions=@concord/source', '--test', '--test-concurrency=2', ...files],
    {
      stdio: 'inherit',
      env: { ...process.env, ...((options.tls ?? options.proxy) === true && CONCORD_ALONE) },
    },
  );
  return new Promise((resolve) => child.once('exit', (code) => resolve(code === 0)));
}

function compare(): ReturnType<typeof runDifferential> {
  const seed = Number(options.seed ?? Date.now() % 1_000_000);
  print(`differential run, --seed ${seed}`);
  const { against } = options;
  return runDifferential({
    seed,
    calls: Number(options.calls ?? CALLS),
    ...(options.steps === undefined ? {} : { programSteps: Number(options.steps) }),
    ...(against === undefined ? {} : { subject: { name: 'etcd', executable: against } }),
    keepGoing: options['keep-going'] === true,
    language: options.json === true ? 'json' : 'grpc',
    hasAuth: options.auth === true,
    print,
  });
}
