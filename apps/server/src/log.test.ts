/** Goal: every line reaches every output, in the form that its reader takes, and a full file is put away. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { configure } from './config/configuration.ts';
import { JournalOutput } from './log-output/journal.ts';
import { backupName, RotatingFile } from './log-output/rotating-file.ts';
import { createLog, logOptionsOf } from './log.ts';

const directory = (): string => mkdtempSync(join(tmpdir(), 'concord-log-'));

const MODULE = JSON.stringify(new URL('log.ts', import.meta.url).href);

/** What a process of its own logs to its standard streams, at the fatal end of which nothing may be lost. */
function logged(options: object, environment: NodeJS.ProcessEnv = process.env) {
  const script = `
    const { createLog } = await import(${MODULE});
    const log = createLog(${JSON.stringify(options)});
    log.info({ a: 1 }, 'first');
    log.warn('second');
    log.fatal('third');
    process.exit(1);`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=@concord/source', '--input-type=module', '--eval', script],
    { encoding: 'utf8', env: environment },
  );
  return { stdout, stderr };
}

test('every line reaches every output, also the last ones before the end', () => {
  const file = join(directory(), 'member.log');
  const outputs = ['stdout', 'stderr', file];
  const { stdout, stderr } = logged({ level: 'info', format: 'json', outputs });
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual(
    lines.map(({ level, msg }) => [level, msg]),
    [
      ['info', 'first'],
      ['warn', 'second'],
      ['fatal', 'third'],
    ],
  );
  assert.equal(stderr, stdout);
  assert.equal(readFileSync(file, 'utf8'), stdout);
  assert.equal(statSync(file).mode & 0o777, 0o600);
});

test('the last lines before the end wait for the write that is under way', () => {
  const file = join(directory(), 'member.log');
  const script = `
    import { pbkdf2 } from 'node:crypto';
    const { createLog } = await import(${MODULE});
    const log = createLog({ level: 'info', format: 'json', outputs: [${JSON.stringify(file)}] });
    // Every thread that writes files is busy: the first line is handed to one, and lies there.
    for (let i = 0; i < 4; i++) pbkdf2('p', 's', 20_000, 64, 'sha512', () => undefined);
    for (const line of ['first', 'second', 'third']) log.info(line);
    process.exit(1);`;
  spawnSync(process.execPath, [
    ...['--conditions=@concord/source', '--input-type=module', '--eval', script],
  ]);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  assert.deepEqual(
    lines.map((line) => (JSON.parse(line) as { msg: string }).msg),
    ['first', 'second', 'third'],
  );
});

test('lines for people have no braces', () => {
  const { stderr } = logged({ level: 'warn', format: 'console', outputs: ['default'] });
  assert.match(stderr, /^[\d:.]{12} warn {2}second\n[\d:.]{12} fatal third\n$/);
});

test('lines for the journal begin with their priority', () => {
  const { stderr } = logged({ level: 'info', format: 'console', outputs: ['systemd/journal'] });
  assert.deepEqual(stderr.match(/^<\d>/gm), ['<6>', '<4>', '<2>']);
});

test('a debug line is a debug line in the journal too', () => {
  const written: string[] = [];
  const stream = { write: (line: string) => (written.push(line), true), on: () => stream };
  new JournalOutput(stream as unknown as NodeJS.WriteStream).write('x\n', 20);
  assert.deepEqual(written, ['<7>x\n']);
});

test('an output that cannot be opened is named', () => {
  const command = configure(['--log-outputs=/no/such/directory/x'], {});
  assert.equal(command.kind, 'run');
  assert.throws(() => createLog(logOptionsOf(command.values)), {
    name: 'ConfigurationError',
    message: /^--log-outputs \/no\/such\/directory\/x: ENOENT/,
  });
});

test('a reader of the log that has gone does not end the member', () => {
  const script = `
    const { createLog } = await import(${MODULE});
    const log = createLog({ level: 'info', format: 'json', outputs: ['stdout'] });
    for (let i = 0; i < 1000; i++) log.info('x'.repeat(1000));
    setTimeout(() => process.stderr.write('alive'), 50);`;
  const program = `${process.execPath} --conditions=@concord/source --input-type=module --eval "$SCRIPT" | head -c 1`;
  const { stderr } = spawnSync('sh', ['-c', program], {
    encoding: 'utf8',
    env: { ...process.env, SCRIPT: script },
  });
  assert.equal(stderr, 'alive');
});

test('a file that is full is put away, and no more are kept than wanted', async () => {
  const path = join(directory(), 'member.log');
  const log = createLog({
    level: 'info',
    format: 'json',
    outputs: [path],
    rotation: {
      maxSizeMegabytes: 1,
      maxAgeDays: 0,
      maxBackups: 2,
      isLocalTime: false,
      compress: true,
    },
  });
  const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
  for (let i = 0; i < 20; i++) {
    log.info({ i }, 'x'.repeat(300_000));
    // Names of files put away are by the millisecond.
    await pause();
  }
  const backups = () =>
    readdirSync(join(path, '..')).filter((name) => /^member-.*\.log(\.gz)?$/.test(name));
  // Compression goes on behind.
  while (backups().some((name) => !name.endsWith('.gz'))) await pause();
  assert.ok(backups().length <= 2, backups().join());
  assert.ok(statSync(path).size <= 1024 * 1024);
  const [name = ''] = backups().sort();
  const lines = gunzipSync(readFileSync(join(path, '..', name)))
    .toString()
    .trimEnd()
    .split('\n');
  assert.equal(lines.length, 3);
});

test('a file that was put away is named by when', () => {
  const time = new Date(Date.UTC(2026, 10, 25, 17, 0, 1, 2));
  assert.equal(backupName('/var/log/a.log', time, false), '/var/log/a-2026-11-25T17-00-01.002.log');
  assert.equal(backupName('/var/log/a', time, false), '/var/log/a-2026-11-25T17-00-01.002');
});

test('a file that cannot be put away goes on', () => {
  const path = join(directory(), 'member.log');
  const options = { level: 'info', format: 'json', outputs: [path] } as const;
  createLog(options);
  const written: string[] = [];
  const rotation = {
    maxSizeMegabytes: 1,
    maxAgeDays: 0,
    maxBackups: 0,
    isLocalTime: false,
    compress: false,
  };
  const underneath = {
    write: (line: string) => void written.push(line),
    close: () => Promise.resolve(),
  };
  const file = new RotatingFile(path, rotation, underneath, () => {
    throw new Error('no');
  });
  file.write('x'.repeat(1024 * 1024), 30);
  file.write('y\n', 30);
  assert.match(written[1] ?? '', /^cannot rotate /);
  assert.equal(written[2], 'y\n');
});
