/** concordutl as its user meets it: outputs, error texts and exit codes are etcdutl's. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runConcordutl } from './program.ts';

const directory = mkdtempSync(join(tmpdir(), 'concordutl-'));
after(() => rmSync(directory, { recursive: true, force: true }));

interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(...words: string[]): Promise<Outcome> {
  const output = { stdout: '', stderr: '' };
  const exitCode = await runConcordutl(words, {
    stdout: (text) => (output.stdout += text),
    stderr: (text) => (output.stderr += text),
  });
  return { exitCode, ...output };
}

const dataDirectory = join(directory, 'data');
const noDatabase = join(directory, 'no.db');
writeFileSync(noDatabase, Buffer.alloc(8192));
const cutShort = join(directory, 'short.db');
writeFileSync(cutShort, Buffer.alloc(4096 + 32, 7));
const used = join(directory, 'used');
mkdirSync(join(used, 'member'), { recursive: true });

const restore = (...words: string[]): string[] => [
  'snapshot',
  'restore',
  noDatabase,
  '--data-dir',
  dataDirectory,
  ...words,
];

const failures: readonly [string, string[], number, string][] = [
  [
    'status without a file',
    ['snapshot', 'status'],
    128,
    'snapshot status requires exactly one argument',
  ],
  [
    'status of a file that is missing',
    ['snapshot', 'status', 'missing'],
    1,
    'stat missing: no such file or directory',
  ],
  [
    'a format that there is not',
    ['snapshot', 'status', noDatabase, '-w', 'foo'],
    4,
    'unsupported output format',
  ],
  [
    'restore without a file',
    ['snapshot', 'restore'],
    128,
    'snapshot restore requires exactly one argument',
  ],
  [
    'restore of two files',
    ['snapshot', 'restore', 'a', 'b'],
    128,
    'snapshot restore requires exactly one argument',
  ],
  [
    'a data directory in use',
    ['snapshot', 'restore', noDatabase, '--data-dir', used],
    1,
    `data-dir "${used}" not empty or could not be read`,
  ],
  ['a log directory that exists', restore('--wal-dir', used), 1, `wal-dir "${used}" exists`],
  [
    'a bump without the mark',
    restore('--bump-revision', '5'),
    128,
    '--mark-compacted required if --revision-bump > 0',
  ],
  [
    'the mark without a bump',
    restore('--mark-compacted'),
    128,
    '--mark-compacted required if --revision-bump > 0',
  ],
  [
    'a name that is not listed',
    restore('--name', 'foo'),
    1,
    'couldn\'t find local name "foo" in the initial cluster configuration',
  ],
  [
    'a cluster of no URLs',
    restore('--initial-cluster', 'default=localhost:1'),
    1,
    'URL scheme must be http, https, unix, or unixs: localhost:1',
  ],
  [
    'a URL with a path',
    restore('--initial-cluster', 'default=http://localhost:2380/a'),
    1,
    'URL must not contain a path: http://localhost:2380/a',
  ],
  [
    'a URL without a port',
    restore('--initial-cluster', 'default=http://localhost'),
    1,
    'URL address does not have the form "host:port": http://localhost',
  ],
  [
    'one URL of two members',
    restore(
      '--initial-cluster',
      'b=http://a:1,default=http://a:1',
      '--initial-advertise-peer-urls',
      'http://a:1',
    ),
    1,
    'initial cluster b=http://a:1,default=http://a:1 has duplicate url',
  ],
  ['a database without digest', restore(), 1, 'snapshot missing hash but --skip-hash-check=false'],
  ['a command that there is not', ['foo'], 1, 'unknown command "foo" for "concordutl"'],
];

for (const [what, words, exitCode, message] of failures) {
  test(`${what} is refused in the words of etcdutl`, async () => {
    const outcome = await run(...words);
    equal(outcome.exitCode, exitCode);
    equal(outcome.stdout, '');
    equal(
      outcome.stderr.split('\n').find((line) => line.startsWith('Error: ')),
      `Error: ${message}`,
    );
    equal(existsSync(dataDirectory), false);
  });
}

test('URLs that are not advertised are named with the flags that differ', async () => {
  const { stderr } = await run(...restore('--initial-cluster', 'default=http://localhost:1'));
  match(
    stderr,
    /^Error: --initial-cluster has default=http:\/\/localhost:1 but missing from --initial-advertise-peer-urls=http:\/\/localhost:2380$/m,
  );
});

test('a digest that does not fit is shown beside the one that does', async () => {
  const { exitCode, stderr } = await run(
    'snapshot',
    'restore',
    cutShort,
    '--data-dir',
    dataDirectory,
  );
  equal(exitCode, 1);
  match(stderr, /^Error: expected sha256 \[7 7 .* 7\], got \[\d+ .*\d+\]$/m);
});

test('a file that is no database is refused by status and by restore, which leaves nothing behind', async () => {
  const status = await run('snapshot', 'status', noDatabase);
  equal(status.exitCode, 1);
  match(
    status.stderr,
    /^Error: snapshot file integrity check failed. 1 errors found. .*no valid meta page/,
  );
  const restored = await run(...restore('--skip-hash-check'));
  equal(restored.exitCode, 1);
  match(restored.stderr, /no.db: found no valid meta page, expected .* Take another snapshot/);
  deepEqual(readdirSync(directory).sort(), ['no.db', 'short.db', 'used']);
});

test('what is left of an interrupted restoration does not stop the next', async () => {
  const target = join(directory, 'interrupted');
  mkdirSync(join(target, '.restore', 'member'), { recursive: true });
  const { stderr } = await run('snapshot', 'restore', noDatabase, '--data-dir', target);
  match(stderr, /snapshot missing hash/);
  rmSync(target, { recursive: true });
});

test('flags that cannot be read come with the usage', async () => {
  const unknown = await run(...restore('--foo'));
  match(
    unknown.stderr,
    /^Error: unknown flag: --foo\nUsage:\n {2}concordutl snapshot restore <filename>/,
  );
  const number = await run(...restore('--bump-revision', 'x'));
  match(
    number.stderr,
    /^Error: invalid argument "x" for "--bump-revision" flag: strconv.ParseUint: parsing "x": invalid syntax\n/,
  );
});

test('commands may be cut short, and tell how they are used', async () => {
  const help = await run('snap', 'rest', '--help');
  equal(help.exitCode, 0);
  match(help.stdout, /--initial-cluster string +Initial cluster configuration/);
  equal((await run()).exitCode, 0);
  match((await run('-w', 'json', 'snapshot')).stdout, /Available Commands:\n {2}restore/);
});
