/** `concordctl locks` beside locks of the SDK and of etcdctl's own command. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect, type Concord } from '@concord/sdk';
import { startServer, type TestServer } from '@concord/testing';
import { CertificateAuthority } from '@concord/testing/certificates';
import { Front } from '../../sdk/harness/front.ts';
import { run } from './command-run.ts';

let server: TestServer;
let sdk: Concord;

before(async () => {
  server = await startServer();
  sdk = await connect({ endpoints: server.endpoints, app: { name: 'shop' } });
});
after(async () => {
  await sdk.close();
  await server.stop();
});

const ctl = (line: string) => run(line, server);

test('locks, semaphores and elections are listed with who holds them', async () => {
  await using lock = await sdk.lock.acquire('/jobs/nightly', { label: 'report' });
  await using permit = await sdk.lock.semaphore('/api', { permits: 3 }).acquire({ count: 2 });
  await using led = await sdk.election.campaign('/leader', { value: 'node-1' });
  const { out } = await ctl('locks list -w json');
  const { locks } = JSON.parse(out) as {
    locks: { name: string; kind: string; holders: unknown[] }[];
  };
  assert.deepEqual(
    locks.map(({ name, kind, holders }) => [name, kind, holders.length]),
    [
      ['/api', 'semaphore', 1],
      ['/jobs/nightly', 'mutex', 1],
      ['/leader', 'election', 1],
    ],
  );
  assert.match((await ctl('locks list /jobs')).out, /^\/jobs\/nightly, mutex, \S+ report, 0\n$/);
  const inspected = (await ctl('locks inspect /jobs/nightly')).out;
  assert.match(
    inspected,
    new RegExp(`^holder, [0-9a-f]+, ${lock.token}, exclusive, .*report.*s\\n$`),
  );
  assert.match((await ctl('locks inspect /leader')).out, /candidate, , node-1/);
  assert.ok(permit.token < led.token);
  assert.equal((await ctl('locks inspect /nobody')).out, '/nobody is free\n');
});

test('a lock is taken away from its holder alone, and the next one has its turn', async () => {
  const held = await sdk.lock.acquire('/stuck', { label: 'first' });
  const waiting = sdk.lock.acquire('/stuck', { label: 'second' });
  let list = '';
  while (!list.includes(', 1\n')) list = (await ctl('locks list /stuck')).out;
  const taken = await ctl('locks force-release /stuck');
  assert.match(taken.out, /^Took the place of \S+ first at \/stuck; \S+ second has it now\n$/);
  await using next = await waiting;
  assert.ok(next.token > held.token);
  assert.equal(await held.release(), 'already-lost');
  assert.match((await ctl('locks force-release /nothing')).error, /nobody holds \/nothing/);
  assert.match(
    (await ctl('locks force-release /stuck abc')).error,
    /lease abc has no place at \/stuck/,
  );
  assert.equal((await ctl('locks force-release /stuck xyz')).status, 128);
});

test('"lock" is etcdctl’s whatever the name of the lock, and a word cut short means etcdctl’s commands', async () => {
  const locked = await ctl('lock list true');
  assert.deepEqual([locked.status, locked.out], [0, '']);
  // `lo` was `lock` before there was `locks`, and `t` was `txn` before there was `top`.
  assert.equal((await ctl('lo inspect true')).status, 0);
  assert.match((await ctl('t --help')).out, /^NAME:\n {2}txn/);
  assert.match((await ctl('doc --help')).out, /^NAME:\n {2}doctor/);
});

/** One of each of our own groups. */
const ownCommands = ['locks list', 'service list', 'config list', 'top --once -i 100ms'];

test('each of our own groups goes through a Unix socket', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'concord-socket-'));
  const path = join(directory, 'member.sock');
  await using front = await Front.start(server.endpoints[0] ?? '', { path });
  await using lock = await sdk.lock.acquire('/by/socket');
  const endpoints = [`unix://${path}`];
  for (const line of ownCommands) {
    const { status, error } = await run(line, { endpoints });
    assert.deepEqual([status, error], [0, ''], line);
  }
  assert.match((await run('locks list /by', { endpoints })).out, /^\/by\/socket, mutex/);
  const { out } = await run('doctor -w json --answer-timeout 20s', { endpoints });
  const { checks } = JSON.parse(out) as {
    checks: { check: string; state: string; seen: string }[];
  };
  const stateOf = (name: string) => checks.find(({ check }) => check === name)?.state;
  // By HTTP, too: its metrics and its clock.
  assert.deepEqual(['members', 'versions', 'clocks'].map(stateOf), ['ok', 'ok', 'ok']);
  assert.ok(lock.token > 0 && front.namesAsked.length === 0);
  rmSync(directory, { recursive: true });
});

test('each of our own groups takes whoever answers where --insecure-skip-tls-verify says so', async () => {
  const authority = await CertificateAuthority.create();
  const certificate = await authority.issue({ ipAddresses: [], dnsNames: ['elsewhere'] });
  await using front = await Front.start(server.endpoints[0] ?? '', { certificate });
  const endpoints = [`https://127.0.0.1:${front.port}`];
  for (const line of ownCommands) {
    const { status, error } = await run(`${line} --insecure-skip-tls-verify`, { endpoints });
    assert.deepEqual([status, error], [0, ''], line);
  }
  const strict = await run('locks list --command-timeout 500ms', { endpoints });
  assert.equal(strict.status, 1);
  assert.match(strict.error, /certificate/);
});
