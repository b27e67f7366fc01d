/**
 * Goal: clients reach a cluster through HAProxy, as bytes and as HTTP/2; its health check turns a stopped member
 * away and takes it back; watches survive both that and the proxy's idle timeout. Method: three members, a real
 * HAProxy, etcdctl and grpc-js through it.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ServerUnderTest,
  commandOnPath,
  concordKind,
  freePorts,
} from '../bench/server-under-test.ts';
import type { ServerPorts, StartOptions } from '../bench/server-under-test.ts';
import { WireClient } from '../conformance/harness/wire-client.ts';
import { IDLE_SECONDS, haproxyConfiguration, stateOf } from './haproxy-configuration.ts';
import type { ProxyPorts } from './haproxy-configuration.ts';
import { runProgram } from './program.ts';

const MEMBERS = 3;
const WAIT_SECONDS_MAX = 15;

/** Debian puts it where only root's PATH leads. */
const haproxy = commandOnPath('haproxy') ?? commandOnPath('../sbin/haproxy');
const etcdctl = commandOnPath('etcdctl');
const kind = concordKind();
const skip =
  (haproxy === undefined && 'there is no haproxy on the PATH') ||
  (etcdctl === undefined && 'there is no etcdctl on the PATH') ||
  (kind === undefined && 'the server is not built: npm run build');

async function until(what: string, condition: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + WAIT_SECONDS_MAX * 1000;
  while (!(await condition())) {
    assert.ok(performance.now() < deadline, `${what}: not after ${WAIT_SECONDS_MAX} s`);
    await sleep(20);
  }
}

/** A watch by etcdctl that runs until it is stopped; `output` grows. */
class RunningWatch {
  readonly #child: ChildProcess;
  output = '';

  constructor(port: number, key: string) {
    const env = { ...process.env, ETCDCTL_API: '3', ETCDCTL_ENDPOINTS: `127.0.0.1:${port}` };
    this.#child = spawn(etcdctl!, ['watch', key, '--rev=1'], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
  }

  saw(value: string): Promise<void> {
    return until(`the watch sees ${value}`, () => this.output.includes(`\n${value}\n`));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}

describe('HAProxy before three members', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'concord-haproxy-'));
  const starts: StartOptions[] = [];
  const members: ServerUnderTest[] = [];
  let ports: ProxyPorts;
  let proxy: ChildProcess | undefined;

  before(async () => {
    const places: ServerPorts[] = [];
    for (let at = 0; at < MEMBERS; at++) places.push(await freePorts());
    const initialCluster = places
      .map(({ peer }, at) => `m${at + 1}=http://127.0.0.1:${peer}`)
      .join(',');
    for (const [at, place] of places.entries()) {
      const name = `m${at + 1}`;
      const files = { dataDir: join(folder, name), logFile: join(folder, `${name}.log`) };
      starts.push({ kind: kind!, ...files, ports: place, member: { name, initialCluster } });
    }
    members.push(...(await Promise.all(starts.map((start) => ServerUnderTest.start(start)))));
    const [one, two] = [await freePorts(), await freePorts()];
    ports = { tcp: one.client, http2: one.peer, statistics: two.client };
    const file = join(folder, 'haproxy.cfg');
    writeFileSync(
      file,
      haproxyConfiguration(
        ports,
        places.map(({ client }) => client),
      ),
    );
    proxy = spawn(haproxy!, ['-db', '-f', file], { stdio: 'ignore' });
    await until('all members are up', () => allAre('UP', ['m1', 'm2', 'm3']));
  });

  after(async () => {
    proxy?.kill('SIGKILL');
    await Promise.all(members.map((member) => member.kill()));
    rmSync(folder, { recursive: true, force: true });
  });

  async function allAre(state: string, names: readonly string[]): Promise<boolean> {
    const answer = await fetch(`http://127.0.0.1:${ports.statistics}/;csv`).catch(() => undefined);
    const csv = (await answer?.text()) ?? '';
    return ['tcp-members', 'http2-members'].every((backend) =>
      names.every((name) => stateOf(csv, backend, name) === state),
    );
  }

  async function ctl(port: number, ...args: string[]): Promise<string> {
    const env = { ETCDCTL_API: '3', ETCDCTL_ENDPOINTS: `127.0.0.1:${port}` };
    const { exitCode, output, errors } = await runProgram(etcdctl!, args, { env });
    assert.equal(exitCode, 0, `etcdctl ${args.join(' ')}: ${output}${errors}`);
    return output;
  }

  for (const mode of ['tcp', 'http2'] as const) {
    test(`calls and a lease go through it, ${mode}`, async () => {
      const port = ports[mode];
      for (let at = 0; at < 2 * MEMBERS; at++) {
        const value = `${mode} ${at}`;
        assert.equal(await ctl(port, 'put', `${mode}/key`, value), 'OK\n');
        assert.equal(await ctl(port, 'get', `${mode}/key`, '--print-value-only'), `${value}\n`);
      }
      const granted = await ctl(port, 'lease', 'grant', '60');
      const lease = /lease ([0-9a-f]+)/.exec(granted)?.[1] ?? '';
      assert.match(await ctl(port, 'lease', 'keep-alive', '--once', lease), /keepalived with TTL/);
      assert.equal((await ctl(port, 'member', 'list')).match(/started/g)?.length, MEMBERS);
    });
  }

  for (const mode of ['tcp', 'http2'] as const) {
    test(`grpc-js calls, watches and keeps leases alive through it, ${mode}`, async () => {
      const client = new WireClient(`127.0.0.1:${ports[mode]}`);
      try {
        const key = Buffer.from(`${mode}/grpc-js`);
        const watch = client.watch();
        const { watch_id } = await watch.create({ key });
        const { ID } = await client.must('LeaseGrant', { TTL: 60 });
        const keepAlive = client.keepAlive();
        for (let at = 0; at < 2 * MEMBERS; at++) {
          const value = Buffer.from(`${mode} ${at}`);
          await client.must('Put', { key, value, lease: ID });
          const { kvs } = await client.must('Range', { key });
          assert.deepEqual(kvs[0]?.value, value);
          const [event] = await watch.events(watch_id, 1);
          assert.deepEqual(event?.kv?.value, value);
          assert.equal((await keepAlive.ask(ID)).TTL, '60');
        }
        await client.must('LeaseRevoke', { ID });
        assert.equal((await watch.events(watch_id, 1))[0]?.type, 'DELETE');
        assert.equal((await keepAlive.ask(ID)).TTL, '0');
        watch.close();
        keepAlive.close();
      } finally {
        client.close();
      }
    });

    test(`grpc-js learns that the proxy has cut its idle watch, and opens it anew, ${mode}`, async () => {
      const client = new WireClient(`127.0.0.1:${ports[mode]}`);
      try {
        const key = Buffer.from(`${mode}/idle`);
        const cut = client.watch();
        await cut.create({ key });
        await assert.rejects(cut.inbox.next(), /the watch stream ended/);
        const { header } = await client.must('Put', { key, value: Buffer.from('missed') });
        const again = client.watch();
        const start_revision = Number(header?.revision);
        const { watch_id } = await again.create({ key, start_revision });
        const [event] = await again.events(watch_id, 1);
        assert.equal(String(event?.kv?.value), 'missed');
        again.close();
      } finally {
        client.close();
      }
    });
  }

  test('watches in both modes outlive the idle timeout and every stopped member', async () => {
    const key = 'watched';
    const put = (value: string): Promise<string> => ctl(ports.http2, 'put', key, value);
    await using bytes = new RunningWatch(ports.tcp, key);
    await using streams = new RunningWatch(ports.http2, key);
    const bothSaw = (value: string): Promise<unknown> =>
      Promise.all([bytes.saw(value), streams.saw(value)]);
    await put('first');
    await bothSaw('first');
    await sleep(IDLE_SECONDS * 2500); // Time itself is what is tested: the proxy has cut both.
    await put('after the timeout');
    await bothSaw('after the timeout');
    for (const [at, member] of members.entries()) {
      const name = `m${at + 1}`;
      await member.stop();
      await until(`${name} is turned away`, () => allAre('DOWN', [name]));
      await put(`without ${name}`);
      await bothSaw(`without ${name}`);
      members[at] = await ServerUnderTest.start(starts[at]!);
      await until(`${name} is taken back`, () => allAre('UP', [name]));
    }
    for (const { output } of [bytes, streams]) {
      const values = output.split('\n').filter((line) => line.startsWith('without'));
      assert.deepEqual(values, ['without m1', 'without m2', 'without m3']);
    }
  });
});
