/**
 * Goal: the units are ones that systemd takes, let the programs do little, and start what they say. Method: systemd's own
 * tools, on a root directory of their own; the member's command line with the variables of its file.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandOnPath, concordKind } from '../../bench/server-under-test.ts';
import { MemberProcess } from '../../cluster/member-process.ts';
import { freePorts } from '../../conformance/harness/free-ports.ts';
import { ROOT } from '../../sdk/packages/published.ts';

const folder = join(ROOT, 'packaging/systemd');
const UNITS = ['concord.service', 'concord-gateway.service'] as const;
/** Of 100; systemd calls less than 20 "OK". What is left is that they listen, and talk to systemd. */
const EXPOSURE_MAX = 20;

/** A root directory with the units, what they start, and systemd's own targets. */
function rootWithUnits(): string {
  const root = mkdtempSync(join(tmpdir(), 'concord-systemd-'));
  const [units, programs, own] = ['etc/systemd/system', 'usr/bin', 'usr/lib/systemd/system'].map(
    (path) => join(root, path),
  );
  for (const each of [units!, programs!, own!]) mkdirSync(each, { recursive: true });
  for (const unit of UNITS) cpSync(join(folder, unit), join(units!, unit));
  for (const program of ['concord', 'concord-gateway']) {
    writeFileSync(join(programs!, program), '');
    chmodSync(join(programs!, program), 0o755);
  }
  const targets = '/usr/lib/systemd/system';
  for (const target of [
    'basic',
    'multi-user',
    'network-online',
    'network',
    'shutdown',
    'sysinit',
  ].map((name) => `${name}.target`)) {
    if (existsSync(join(targets, target))) cpSync(join(targets, target), join(own!, target));
  }
  return root;
}

function systemd(...command: readonly string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(command[0]!, command.slice(1), { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

const skip =
  commandOnPath('systemd-analyze') === undefined && 'there is no systemd-analyze on the PATH';

describe('the units', { skip }, () => {
  const root = rootWithUnits();
  after(() => rmSync(root, { recursive: true, force: true }));

  for (const unit of UNITS) {
    test(`${unit} has nothing that systemd does not know`, () => {
      const { status, said } = systemd('systemd-analyze', 'verify', `--root=${root}`, unit);
      assert.equal(said, '');
      assert.equal(status, 0);
    });

    test(`${unit} leaves its program little to do but its work`, () => {
      const flags = [
        `--root=${root}`,
        '--offline=true',
        '--no-pager',
        `--threshold=${EXPOSURE_MAX}`,
      ];
      const { status, said } = systemd('systemd-analyze', 'security', ...flags, unit);
      assert.equal(status, 0, said);
    });
  }

  test('a word that systemd does not know is told, so that the silence above means something', () => {
    const path = join(root, 'etc/systemd/system/wrong.service');
    writeFileSync(
      path,
      readFileSync(join(folder, 'concord.service'), 'utf8').replace(
        'ProtectHome=',
        'ProtectHouse=',
      ),
    );
    assert.match(
      systemd('systemd-analyze', 'verify', `--root=${root}`, 'wrong.service').said,
      /ProtectHouse/,
    );
  });
});

test('every user and directory of the units is made by the files for systemd-sysusers and -tmpfiles', () => {
  const users = [
    ...readFileSync(join(folder, 'concord.sysusers'), 'utf8').matchAll(/^u (\S+)/gm),
  ].map(([, name]) => name);
  for (const unit of UNITS) {
    const text = readFileSync(join(folder, unit), 'utf8');
    assert.ok(users.includes(/^User=(.*)$/m.exec(text)?.[1]), unit);
    assert.equal(/^Group=(.*)$/m.exec(text)?.[1], /^User=(.*)$/m.exec(text)?.[1]);
  }
  const made = readFileSync(join(folder, 'concord.tmpfiles'), 'utf8');
  for (const [, file = ''] of UNITS.map(
    (unit) => /^EnvironmentFile=-(.*)$/m.exec(readFileSync(join(folder, unit), 'utf8')) ?? [],
  )) {
    assert.ok(made.includes(`z ${file} 0640`), file);
  }
});

test(
  'the member of the example file starts, and tells systemd so',
  { skip: concordKind() === undefined && 'the server is not built' },
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'concord-unit-'));
    const [client, peer] = await freePorts(2);
    const text = readFileSync(join(folder, 'concord.env'), 'utf8')
      .replaceAll('2379', String(client))
      .replaceAll('2380', String(peer));
    const variables = Object.fromEntries(
      [...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
    );
    // systemd's part of the conversation, written down.
    const said = join(directory, 'said');
    const notify = join(directory, 'systemd-notify');
    writeFileSync(notify, `#!/bin/sh\necho "$@" >>${said}\n`);
    chmodSync(notify, 0o755);
    const member = new MemberProcess({
      executable: join(ROOT, 'apps/server/bin/concord'),
      arguments: [],
      environment: {
        ...variables,
        ETCD_DATA_DIR: join(directory, 'data'),
        NOTIFY_SOCKET: '/run/systemd/notify',
        PATH: `${directory}:${process.env['PATH']}`,
      },
      logFile: join(directory, 'log'),
    });
    // What tells systemd is a process of its own, which may come later than the member, and end after it.
    const heard = async (what: RegExp): Promise<void> => {
      while (!existsSync(said) || !what.test(readFileSync(said, 'utf8'))) await sleep(20);
    };
    await member.ready;
    await heard(/READY=1/);
    const { signal } = await member.stop();
    assert.equal(signal, 'SIGTERM');
    await heard(/READY=1.*\n.*STOPPING=1/s);
    rmSync(directory, { recursive: true, force: true });
  },
);
