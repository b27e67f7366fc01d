/** `concordctl doctor` and `top` beside clusters that are well, hurt, or no Concord at all. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startCluster, startServer, type TestCluster } from '@concord/testing';
import { run } from './command-run.ts';

interface Report {
  readonly well: boolean;
  readonly checks: readonly {
    readonly check: string;
    readonly state: string;
    readonly seen: string;
  }[];
  readonly findings: readonly {
    readonly check: string;
    readonly severity: string;
    readonly subject: string;
    readonly what: string;
    readonly commands: readonly string[];
  }[];
}

/** A busy machine syncs slowly, and its leaders change: findings, and nobody's fault. */
async function examined(line: string, endpoints: readonly string[]) {
  const { status, out, error } = await run(`doctor -w json --answer-timeout 20s ${line}`, {
    endpoints,
  });
  const report = JSON.parse(out) as Report;
  const findings = report.findings.filter(({ check }) => check !== 'disks' && check !== 'raft');
  return { status, report, findings, error };
}

const stateOf = ({ checks }: Report, name: string): string | undefined =>
  checks.find(({ check }) => check === name)?.state;

let cluster: TestCluster;

before(async () => {
  cluster = await startCluster({ members: 3 });
});
after(() => cluster[Symbol.asyncDispose]());

test('a cluster that is well has no findings, and what could not be looked at is said', async () => {
  const { findings, report } = await examined('', cluster.endpoints);
  assert.deepEqual(findings, []);
  assert.equal(stateOf(report, 'members'), 'ok');
  assert.equal(stateOf(report, 'compaction'), 'ok');
  assert.equal(stateOf(report, 'certificates'), 'skipped');
  const text = await run('doctor', cluster);
  assert.match(text.out, /^ok {7}endpoints {9}3 of 3 endpoints answer\nok {7}members/);
});

test('top prints one view where there is no terminal', async () => {
  const top = await run('top --once -i 100ms', cluster);
  assert.equal(top.status, 0);
  assert.match(top.out, /^cluster [0-9a-f]+ .* leader \S+, revision \d+, [\d.]+ requests\/s/);
  assert.equal(top.out.match(/ (leader|follower) +\d/g)?.length, 3);
  assert.match(top.out, /METHOD +CALLS\/S[^]*\nStatus +[\d.]+/);
  const json = await run('top --once -i 100ms -w json', cluster);
  assert.equal((JSON.parse(json.out) as { members: unknown[] }).members.length, 3);
});

test('a member that has stopped is named with what to type, and it is a failure', async () => {
  await cluster.stop(2);
  const { status, findings, report, error } = await examined(
    '--answer-timeout 500ms',
    cluster.endpoints,
  );
  assert.equal(status, 1);
  assert.equal(report.well, false);
  assert.match(error, /^Error: \d problems?/);
  const [endpoint, member] = findings;
  assert.equal(endpoint?.check, 'endpoints');
  assert.equal(member?.check, 'members');
  assert.match(member.what, /does not answer at/);
  assert.ok(member.commands.includes('journalctl -u concord -n 50'));
  await cluster.start(2);
});

test('a data directory is looked into while its member runs, and read through when it has stopped', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'concord-doctor-'));
  await using server = await startServer({ dataDirectory });
  const { endpoints } = server;
  const running = await examined(`--data-dir ${dataDirectory}`, endpoints);
  // It listens where there was a port, and tells clients of port 0.
  assert.deepEqual(
    running.findings.map(({ check, what }) => [check, / where it cannot be reached /.test(what)]),
    [['endpoints', true]],
  );
  assert.match(running.report.checks.at(-1)?.seen ?? '', /: in use, /);
  const elsewhere = await examined(`--data-dir ${dataDirectory}`, cluster.endpoints);
  assert.match(
    elsewhere.findings.at(-1)?.what ?? '',
    /it is of cluster \w+, and the endpoints are of cluster/,
  );
  chmodSync(join(dataDirectory, 'member'), 0o755);
  const open = await examined(`--data-dir ${dataDirectory}`, endpoints);
  assert.match(
    open.findings.at(-1)?.what ?? '',
    /others than its owner may look into it \(mode 755\)/,
  );
  await server.stop();
  const stopped = await examined(`--data-dir ${dataDirectory}`, cluster.endpoints);
  assert.match(stopped.report.checks.at(-1)?.seen ?? '', /: not in use, \d+ rows read, /);
  rmSync(dataDirectory, { recursive: true });
});

test('a line that leads nowhere ends with a report, too', async () => {
  const { status, findings, report } = await examined('--answer-timeout 300ms', ['127.0.0.1:1']);
  assert.equal(status, 1);
  assert.equal(findings.length, 1);
  assert.match(findings[0]?.what ?? '', /nothing listens there \(connection refused\)/);
  assert.equal(stateOf(report, 'members'), 'skipped');
});

test('an alarm is told with the three steps that end it', async () => {
  await using server = await startServer();
  const [endpoint] = server.endpoints;
  const { out } = await run('endpoint status -w fields', server);
  const memberID = /"MemberID" : (\d+)/.exec(out)?.[1];
  const body = JSON.stringify({ action: 'ACTIVATE', memberID, alarm: 'NOSPACE' });
  const headers = { 'content-type': 'application/json' };
  await fetch(`http://${endpoint}/v3/maintenance/alarm`, { method: 'POST', headers, body });
  const { findings } = await examined('', server.endpoints);
  const alarm = findings.find(({ check }) => check === 'alarms');
  assert.match(alarm?.what ?? '', /^alarm NOSPACE/);
  assert.equal(alarm?.commands.length, 3);
});

const etcd = '/usr/bin/etcd';
test(
  'real etcd is examined as well',
  { skip: !existsSync(etcd) && `${etcd} is not there` },
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'concord-doctor-etcd-'));
    const [client, peer] = ['http://127.0.0.1:0', 'http://127.0.0.1:0'];
    const child = spawn(etcd, [
      ...['--data-dir', join(directory, 'data'), '--listen-client-urls', client],
      ...[
        '--advertise-client-urls',
        client,
        '--listen-peer-urls',
        peer,
        '--initial-advertise-peer-urls',
        peer,
      ],
      ...['--initial-cluster', `default=${peer}`],
    ]);
    try {
      let log = '';
      const address = await new Promise<string>((resolve, reject) => {
        child.once('exit', () => reject(new Error(log)));
        child.stderr.on('data', (part: Buffer) => {
          log += part.toString('utf8');
          const found = /serving insecure client requests on ([\d.:]+)/.exec(log)?.[1];
          // It is a member by name once that is published.
          if (found !== undefined && log.includes('published')) resolve(found);
        });
      });
      const line = `--data-dir ${join(directory, 'data')}`;
      let { report } = await examined(line, [address]);
      // Its own name comes to it through the log.
      while (stateOf(report, 'members') !== 'ok') ({ report } = await examined(line, [address]));
      assert.equal(stateOf(report, 'members'), 'ok');
      assert.match(
        report.checks.find(({ check }) => check === 'data directories')?.seen ?? '',
        /: etcd, /,
      );
    } finally {
      child.removeAllListeners('exit');
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      rmSync(directory, { recursive: true });
    }
  },
);
