/** Goal: the checks say what etcdctl's say, and leave nothing behind. Method: one server, and results made up. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer, type TestServer } from '@concord/testing';
import { concordctl, type Outcome } from '../in-process.fixture.ts';
import { judge } from './perf-command.ts';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

const endpoint = (): string => server.endpoints[0] ?? '';
const run = (...words: string[]): Promise<Outcome> =>
  concordctl(['--endpoints', endpoint(), ...words]);

const load = { perSecond: 100, clients: 1 };
const good = { perSecond: 99, slowestSeconds: 0.1, deviationSeconds: 0.01, errors: new Map() };

test('a cluster that keeps up passes', () => {
  deepEqual(judge(good, load), {
    isPassed: true,
    lines: [
      'PASS: Throughput is 100 writes/s',
      'PASS: Slowest request took 0.100000s',
      'PASS: Stddev is 0.010000s',
    ],
  });
});

test('each way of falling behind fails, and is named', () => {
  const bad = {
    ...{ perSecond: 90, slowestSeconds: 0.6, deviationSeconds: 0.2 },
    errors: new Map([['etcdserver: request timed out', 3]]),
  };
  deepEqual(judge(bad, load), {
    isPassed: false,
    lines: [
      'FAIL: too many errors',
      'FAIL: ERROR(etcdserver: request timed out) -> 3',
      'FAIL: Throughput too low: 91 writes/s',
      'Slowest request took too long: 0.600000s',
      'Stddev too high: 0.200000s',
    ],
  });
});

test('check perf writes at its rate, judges, and removes its keys', async () => {
  const drawn: string[] = [];
  const { status, stdout } = await concordctl(
    ['--endpoints', endpoint(), 'check', 'perf', '--duration', '500ms', '--auto-compact'],
    { draw: (text) => void drawn.push(text) },
  );
  // Whether it passes is up to the machine.
  match(stdout, /^Compacting with revision \d+\nCompacted with revision \d+\n/);
  match(stdout, /^(PASS: Throughput is|FAIL: Throughput too low:) \d+ writes\/s$/m);
  match(stdout, status === 0 ? /\nPASS\n$/ : /\nFAIL\n$/);
  match(drawn.join(''), /\[=+\] 100\.0%/);
  equal((await run('get', '--prefix', '/etcdctl-check-perf/')).stdout, '');
});

test('keys that are there are not touched', async () => {
  await run('put', '/mine/1', 'x');
  for (const check of ['perf', 'datascale']) {
    const { status, stderr } = await run('check', check, '--prefix', '/mine/');
    equal(status, 3);
    const quote = check === 'perf' ? "'" : '';
    equal(
      stderr,
      `Error: prefix "/mine/" has keys. Delete with ${quote}etcdctl del --prefix /mine/${quote} first\n`,
    );
  }
  match((await run('get', '/mine/1')).stdout, /x/);
});

test('a load that there is not is refused', async () => {
  const { status, stderr } = await run('check', 'perf', '--load', 'huge');
  deepEqual([status, stderr], [4, 'Error: unknown load option huge\n']);
});

test('check datascale writes as many pairs as it says, and tells the memory', async () => {
  const { status, stdout } = await run('check', 'datascale');
  equal(status, 0, stdout);
  match(
    stdout,
    /^Start data scale check for work load \[10000 key-value pairs, 1024 bytes per key-value, 50 concurrent clients\]\.\nPASS: Approximate system memory used : -?\d+\.\d\d MB\.\n$/,
  );
  equal((await run('get', '--prefix', '/etcdctl-check-datascale/')).stdout, '');
});
