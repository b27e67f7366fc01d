/**
 * Goal: one file is a member and its tools where there is no Node. Method: it is built, and run with an empty path in a home
 * of its own: a member serves puts and gets, saves a snapshot and stops; the tool reads the snapshot.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { MemberProcess } from '../../cluster/member-process.ts';
import { freePorts } from '../../conformance/harness/free-ports.ts';
import { ROOT } from '../../sdk/packages/published.ts';

const run = promisify(execFile);

describe('the single-file executable', { timeout: 120_000 }, () => {
  const directory = mkdtempSync(join(tmpdir(), 'concord-single-'));
  const program = join(directory, 'bin/concord');
  const home = join(directory, 'home');
  const environment = { PATH: '/nonexistent', HOME: home };
  let member: MemberProcess | undefined;

  before(async () => {
    mkdirSync(home);
    await run(process.execPath, ['bin/single-file.ts', '--output', program], { cwd: ROOT });
    for (const name of ['concordctl', 'concordutl'])
      symlinkSync('concord', join(directory, 'bin', name));
  });
  after(async () => {
    await member?.kill();
    rmSync(directory, { recursive: true, force: true });
  });

  const start = (words: readonly string[], env: Readonly<Record<string, string>> = environment) =>
    run(program, [...words], { env });

  test('is a member or a tool by its first word, and by the name that it is called by', async () => {
    assert.match((await start(['--version'])).stdout, /^etcd Version: 3\.6/);
    assert.match((await start(['concord', '--version'])).stdout, /^etcd Version: 3\.6/);
    assert.match((await start(['concordctl', 'version'])).stdout, /^etcdctl version: 3\.6/);
    assert.match((await start(['grpc-proxy', '--help'])).stdout, /grpc-proxy/);
    assert.match((await start(['concordutl', '--help'])).stdout, /concordutl \[command\]/);
    const { stdout } = await run(join(directory, 'bin/concordutl'), ['--help'], {
      env: environment,
    });
    assert.match(stdout, /concordutl \[command\]/);
  });

  test('writes what it brings once, where its user alone may write', async () => {
    const cache = join(home, '.cache/concord');
    assert.equal(readdirSync(cache).length, 1);
    await start(['--version']);
    assert.equal(readdirSync(cache).length, 1);
    const shared = join(directory, 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o777);
    await assert.rejects(
      start(['--version'], { CONCORD_CACHE_DIRECTORY: shared }),
      /CONCORD_CACHE_DIRECTORY .*another user may write there/,
    );
    assert.deepEqual(readdirSync(shared), []);
  });

  test('leaves nothing behind where it has no home', async () => {
    const temporary = join(directory, 'tmp');
    mkdirSync(temporary);
    const { stdout } = await start(['--version'], { TMPDIR: temporary });
    assert.match(stdout, /^etcd Version/);
    assert.deepEqual(readdirSync(temporary), []);
  });

  test('serves puts and gets, and its tools ask it and restore what it saved', async () => {
    const [client, peer] = await freePorts(2);
    const url = `http://127.0.0.1:${client}`;
    const peerUrl = `http://127.0.0.1:${peer}`;
    member = new MemberProcess({
      executable: '/usr/bin/env',
      arguments: [
        ...[
          '-i',
          'PATH=/nonexistent',
          `HOME=${home}`,
          program,
          '--data-dir',
          join(directory, 'data'),
        ],
        ...['--listen-client-urls', url, '--advertise-client-urls', url],
        ...['--listen-peer-urls', peerUrl, '--initial-advertise-peer-urls', peerUrl],
        ...['--initial-cluster', `default=${peerUrl}`],
      ],
      logFile: join(directory, 'member.log'),
    });
    await member.ready;
    const ask = async (...command: readonly string[]): Promise<string> =>
      (await start(['concordctl', '--endpoints', url.slice('http://'.length), ...command])).stdout;
    await ask('put', 'greeting', 'hello');
    assert.equal(await ask('get', 'greeting'), 'greeting\nhello\n');
    // Passwords become hashes, and snapshots files, in threads of their own.
    await ask('user', 'add', 'reader:secret');
    const file = join(directory, 'saved.db');
    await ask('snapshot', 'save', file);
    await member.stop();
    const restored = join(directory, 'restored');
    await start(['concordutl', 'snapshot', 'restore', file, '--data-dir', restored]);
    assert.ok(existsSync(join(restored, 'member')));
  });
});
