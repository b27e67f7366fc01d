/**
 * Whether the tests that the page names for RPCs call them: runs the files of these tests against Concord, has the client
 * record what each test calls, and names what was not called.
 *
 * Usage: node --conditions=@concord/source test/compatibility/verify.ts
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { rpcRows } from './surface/rpcs.ts';

/** A suite whose tests take their titles from a table: it stands for all of them. */
const OF_A_TABLE = 'What each RPC asks of its caller';

const repository = resolve(import.meta.dirname, '../..');
const directory = mkdtempSync(join(tmpdir(), 'concord-calls-'));

/** What was called, as `title TAB path`. */
function callsOf(file: string): ReadonlySet<string> {
  const record = join(directory, file.replaceAll('/', '-'));
  const { status } = spawnSync(
    process.execPath,
    ['--conditions=@concord/source', '--test', '--test-isolation=none', join(repository, file)],
    {
      env: { ...process.env, CONCORD_BACKENDS: 'concord', CONCORD_CALLS: record },
      stdio: 'ignore',
    },
  );
  if (status !== 0) throw new Error(`${file} fails`);
  return new Set(readFileSync(record, 'utf8').split('\n'));
}

const named = rpcRows.flatMap(({ name, proofs }) =>
  proofs
    .filter(({ file }) => file.startsWith('test/conformance/'))
    .map((proof) => ({ ...proof, path: `/${name}` })),
);
const calls = new Map<string, ReadonlySet<string>>();
let missing = 0;
try {
  for (const { file, title, path } of named) {
    if (!calls.has(file)) calls.set(file, callsOf(file));
    const isCalled = [...(calls.get(file) ?? [])].some(
      (line) =>
        line === `${title}\t${path}` || (title === OF_A_TABLE && line.endsWith(`\t${path}`)),
    );
    if (isCalled) continue;
    missing += 1;
    console.error(`${file}: "${title}" does not call ${path}`);
  }
} finally {
  rmSync(directory, { recursive: true });
}
console.log(`${named.length} claims about RPCs, ${missing} of them wrong`);
process.exitCode = missing === 0 ? 0 : 1;
