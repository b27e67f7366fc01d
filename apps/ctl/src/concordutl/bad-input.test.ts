/** Whatever is named instead of a snapshot or a data directory: one line says what is wrong with it, and nothing is left. */
import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import {
  closeSync,
  cpSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { run, writeSnapshot } from './snapshot.fixture.ts';

const directory = mkdtempSync(join(tmpdir(), 'concordutl-bad-input-'));
after(() => rmSync(directory, { recursive: true, force: true }));
const at = (name: string): string => join(directory, name);
const target = at('target');

before(async () => {
  await writeSnapshot(at('store'), at('sound.db'));
  const sound = readFileSync(at('sound.db'));
  const flipped = Buffer.from(sound);
  flipped.writeUInt8(flipped.readUInt8(2 * 4096 + 8) ^ 1, 2 * 4096 + 8);
  writeFileSync(at('flipped.db'), flipped);
  writeFileSync(at('cut.db'), sound.subarray(0, 9000));
  writeFileSync(at('cut-at-sector.db'), sound.subarray(0, 2 * 4096));
  writeFileSync(at('undigested.db'), sound.subarray(0, -32));
  writeFileSync(at('empty.db'), '');
  writeFileSync(at('text.db'), 'not a database\n'.repeat(1000));
  new DatabaseSync(at('sqlite.db')).exec('CREATE TABLE t (a)');
  mkdirSync(at('directory.db'));
  mkdirSync(at('used/member'), { recursive: true });
  writeFileSync(at('used/member/precious'), 'data');
  writeFileSync(at('file'), 'data');
  await run('snapshot', 'restore', at('sound.db'), '--data-dir', at('restored'));
  for (const name of ['torn-store', 'flipped-log'])
    cpSync(at('restored'), at(name), { recursive: true });
  const store = openSync(at('torn-store/member/db/data.mdb'), 'r+');
  ftruncateSync(store, 3 * 4096);
  closeSync(store);
  const [segment = ''] = readdirSync(at('flipped-log/member/wal'));
  const log = readFileSync(at(`flipped-log/member/wal/${segment}`));
  log.writeUInt8(log.readUInt8(40) ^ 4, 40);
  writeFileSync(at(`flipped-log/member/wal/${segment}`), log);
});

const restore = (name: string, ...words: string[]): string[] => [
  ...['snapshot', 'restore', at(name), '--data-dir', target],
  ...words,
];
const status = (name: string): string[] => ['snapshot', 'status', at(name)];
const hashKv = (name: string): string[] => ['hashkv', at(name)];
const verify = (name: string): string[] => ['verify', '--data-dir', at(name)];

const cases: readonly (readonly [string, readonly string[], number, RegExp])[] = [
  ['a snapshot with a bit turned', restore('flipped.db'), 1, /expected sha256 \[.*\], got \[.*\]/],
  [
    'one with a bit turned, unchecked',
    restore('flipped.db', '--skip-hash-check'),
    1,
    /flipped\.db: found page/,
  ],
  ['the status of one', status('flipped.db'), 1, /integrity check failed.*flipped\.db: found page/],
  ['the hash of one', hashKv('flipped.db'), 1, /flipped\.db: found page/],
  [
    'a snapshot that was cut',
    restore('cut.db'),
    1,
    /snapshot missing hash but --skip-hash-check=false/,
  ],
  [
    'one that was cut, unchecked',
    restore('cut.db', '--skip-hash-check'),
    1,
    /cut\.db: found a file of 9000 bytes/,
  ],
  [
    'one cut between pages',
    restore('cut-at-sector.db', '--skip-hash-check'),
    1,
    /sector\.db: found a file of 8192/,
  ],
  ['the status of one that was cut', status('cut.db'), 1, /cut\.db: found a file of 9000 bytes/],
  ['a database without its digest', restore('undigested.db'), 1, /snapshot missing hash/],
  ['an empty file', restore('empty.db', '--skip-hash-check'), 1, /empty\.db: found/],
  ['the status of an empty file', status('empty.db'), 1, /empty\.db: found/],
  ['the hash of an empty file', hashKv('empty.db'), 1, /empty\.db: found/],
  ['text', restore('text.db', '--skip-hash-check'), 1, /text\.db: found no valid meta page/],
  ["another program's database", status('sqlite.db'), 1, /sqlite\.db: found no valid meta page/],
  ['a directory to restore', restore('directory.db'), 1, /read .*directory\.db: is a directory/],
  ['the status of a directory', status('directory.db'), 1, /read .*directory\.db: is a directory/],
  [
    'the hash of a directory',
    hashKv('directory.db'),
    1,
    /directory\.db.*found nothing, expected the data of a member/,
  ],
  [
    'a file that is missing',
    restore('missing.db'),
    1,
    /open .*missing\.db: no such file or directory/,
  ],
  [
    'the status of one that is missing',
    status('missing.db'),
    1,
    /stat .*missing\.db: no such file/,
  ],
  ['a way through a file', status('file/x'), 1, /stat .*file\/x: not a directory/],
  [
    'a target in use',
    ['snapshot', 'restore', at('sound.db'), '--data-dir', at('used')],
    1,
    /data-dir ".*used" not empty/,
  ],
  [
    'a target that is a file',
    ['snapshot', 'restore', at('sound.db'), '--data-dir', at('file')],
    1,
    /data-dir ".*file" not empty or could not be read/,
  ],
  ['a wrong flag', restore('sound.db', '--foo'), 1, /unknown flag: --foo/],
  [
    'a revision that is still to come',
    [...hashKv('sound.db'), '--rev', '9999'],
    1,
    /mvcc: required revision is a future revision/,
  ],
  [
    'a revision that is compacted',
    [...hashKv('sound.db'), '--rev', '3'],
    1,
    /mvcc: required revision has been compacted/,
  ],
  [
    'a format that a hash has not',
    [...hashKv('sound.db'), '-w', 'protobuf'],
    4,
    /protobuf not supported as output format/,
  ],
  ['a member without data', verify('missing'), 2, /found nothing, expected the data of a member/],
  [
    'a store that was cut',
    verify('torn-store'),
    1,
    /the store of .*torn-store is damaged: .*data\.mdb/,
  ],
  [
    'a log with a bit turned',
    verify('flipped-log'),
    1,
    /the log of .*flipped-log is damaged: .*\.wal at offset 0/,
  ],
  [
    'the records of a log with a bit turned',
    ['wal', 'dump', at('flipped-log')],
    1,
    /\.wal at offset 0: found/,
  ],
  [
    'a log where there is none',
    ['wal', 'dump', at('directory.db')],
    1,
    /found no files that end in \.wal/,
  ],
  [
    'defragmentation of nothing',
    ['defrag', '--data-dir', at('missing')],
    1,
    /Failed to defragment etcd data\[/,
  ],
  [
    'defragmentation of a store that was cut',
    ['defrag', '--data-dir', at('torn-store')],
    1,
    /Failed to defragment/,
  ],
  [
    'migration of nothing',
    ['migrate', '--data-dir', at('missing'), '--target-version', '3.6'],
    1,
    /found nothing/,
  ],
  [
    'migration to what is no version',
    ['migrate', '--data-dir', at('restored'), '--target-version', '3'],
    128,
    /wrong target version format, expected "X.Y", got "3"/,
  ],
  [
    'migration to a version too old',
    ['migrate', '--data-dir', at('restored'), '--target-version', '3.4'],
    128,
    /target version "3.4" not supported. Minimal "3.5"/,
  ],
  [
    'migration to another version',
    ['migrate', '--data-dir', at('restored'), '--target-version', '3.5'],
    1,
    /cannot be made one of etcd 3\.5. Nothing was changed/,
  ],
  [
    'flags that are required',
    ['migrate'],
    1,
    /required flag\(s\) "data-dir", "target-version" not set/,
  ],
  ['arguments that are missing', ['hashkv'], 1, /accepts 1 arg\(s\), received 0/],
  [
    'a shell that is not known',
    ['completion', 'csh'],
    1,
    /invalid argument "csh" for "concordutl completion"/,
  ],
];

for (const [what, words, exitCode, message] of cases) {
  test(`${what}: one line tells`, async () => {
    const before = readdirSync(directory, { recursive: true }).filter((name) => !isLmdbLock(name));
    const outcome = await run(...words);
    equal(outcome.exitCode, exitCode, outcome.stderr);
    const errors = outcome.stderr.split('\n').filter((line) => line.startsWith('Error: '));
    equal(errors.length, 1, outcome.stderr);
    match(errors[0] ?? '', message);
    const left = readdirSync(directory, { recursive: true }).filter((name) => !isLmdbLock(name));
    deepEqual(left.sort(), before.sort());
    equal(readFileSync(at('used/member/precious'), 'utf8'), 'data');
    equal(readFileSync(at('file'), 'utf8'), 'data');
  });
}

/** Made whenever a store is read; it holds nothing. */
const isLmdbLock = (name: string | Buffer): boolean =>
  /(?:lock\.mdb|member\/lock)$/.test(String(name));

test('what the cases damage was sound before', async () => {
  equal((await run(...restore('sound.db'))).exitCode, 0);
  const { exitCode, stdout } = await run('verify', '--data-dir', target);
  equal(exitCode, 0);
  match(stdout, /^log: sound.*\nstore: sound: .* 40 live keys.*\nreplay: sound/m);
  notEqual(readdirSync(target).length, 0);
});
