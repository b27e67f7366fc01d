/**
 * Goal: locks and elections are the same for programs of every language. Method: our SDK, etcd's concurrency package in Go,
 * etcdctl, and the server's own lock and election services take turns in one line.
 */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Participant } from './participants.ts';
import { commandOnPath } from '../../bench/server-under-test.ts';
import { responseOf } from '../../conformance/harness/outcome.ts';
import { runProgram } from '../../foreign/program.ts';
import { onEachBackend, type SdkTarget } from '../harness/each-backend.ts';
import { Participants, standing } from './participants.ts';

const GO_SOURCE = fileURLToPath(new URL('../../foreign/go', import.meta.url));
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/foreign', import.meta.url));
/** A first build compiles gRPC for Go; on a slow machine that is minutes. */
const BUILD_SECONDS_MAX = 250;

const go = commandOnPath('go');
const etcdctl = commandOnPath('etcdctl');
const holder = join(CACHE, 'go-hold');
let goReason: string | undefined = go === undefined ? 'there is no go on the PATH' : undefined;

before(async () => {
  if (go === undefined) return;
  const options = { cwd: GO_SOURCE, secondsMax: BUILD_SECONDS_MAX };
  const fetched = await runProgram(go, ['mod', 'download'], options);
  if (fetched.exitCode !== 0) goReason = `its modules cannot be had: ${fetched.errors}`;
  const built = await runProgram(go, ['build', '-o', holder, './hold'], options);
  if (goReason === undefined) assert.equal(built.exitCode, 0, built.errors);
});

/** Another's program, which tells what it has got line by line. */
class Program implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string, undefined>;

  constructor(command: string, args: readonly string[], environment: Record<string, string> = {}) {
    this.#child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, ...environment },
    });
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    const next: IteratorResult<string, undefined> = await this.#lines.next();
    assert.ok(next.done !== true, 'it prints one more line');
    return next.value;
  }

  /** What the Go program gives up on. */
  endInput(): void {
    this.#child.stdin!.end();
  }

  /** As Ctrl-C does, which is what etcdctl gives up on. */
  async interrupt(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGINT');
    await exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.interrupt();
  }
}

const goHold = (target: SdkTarget, ...args: readonly string[]): Program =>
  new Program(holder, [target.members.processes.direct[0] ?? '', ...args]);

const ctl = (target: SdkTarget, ...args: readonly string[]): Program =>
  new Program(etcdctl!, args, {
    ETCDCTL_API: '3',
    ETCDCTL_ENDPOINTS: target.members.processes.direct[0] ?? '',
  });

/** A service without a namespace, so that its names are those that other programs use; and such a name. */
async function service(
  services: Participants,
  kind: string,
): Promise<{ us: Participant; name: string }> {
  return {
    us: await services.join('us', { namespace: '' }),
    name: `${services.namespace}/${kind}`,
  };
}

onEachBackend('programs of other languages', (target) => {
  test("a Go program's mutex and ours exclude each other", async (context) => {
    if (goReason !== undefined) return context.skip(goReason);
    await using services = new Participants(target);
    const { us, name } = await service(services, 'mutex');
    const ours = await us.lock.acquire(name);
    await using theirs = goHold(target, 'lock', name);
    await standing(us, name, 2);
    const oursAgain = us.lock.acquire(name);
    await standing(us, name, 3);
    await ours.release();
    const [, key, token] = (await theirs.line()).split(' ');
    const { holders } = await us.lock.inspect(name);
    assert.deepEqual([holders[0]?.key, holders[0]?.token], [key, Number(token)]);
    assert.ok(Number(token) > ours.token);
    assert.equal(await us.lock.tryAcquire(name), undefined);
    theirs.endInput();
    assert.equal(await theirs.line(), 'released');
    const last = await oursAgain;
    assert.ok(last.token > Number(token));
    await last.release();
  });

  test("a Go program's mutex is a writer to our readers", async (context) => {
    if (goReason !== undefined) return context.skip(goReason);
    await using services = new Participants(target);
    const { us, name } = await service(services, 'table');
    const reader = await us.lock.readWrite(name).read();
    await using theirs = goHold(target, 'lock', name);
    await standing(us, name, 2);
    const late = us.lock.readWrite(name).read();
    await standing(us, name, 3);
    await reader.release();
    assert.match(await theirs.line(), /^held /);
    theirs.endInput();
    await (await late).release();
  });

  test("a Go program's candidate and ours follow each other, and observe each other", async (context) => {
    if (goReason !== undefined) return context.skip(goReason);
    await using services = new Participants(target);
    const { us, name } = await service(services, 'leader');
    const ours = await us.election.campaign(name, { value: 'ours' });
    await using theirs = goHold(target, 'elect', name, 'theirs');
    await standing(us, name, 2);
    const again = us.election.campaign(name, { value: 'ours again' });
    await standing(us, name, 3);
    await ours.resign();
    const [, key, token] = (await theirs.line()).split(' ');
    const leader = await us.election.leader(name);
    assert.deepEqual([leader?.value, leader?.key, leader?.token], ['theirs', key, Number(token)]);
    theirs.endInput();
    await (await again).resign();
  });

  test('etcdctl lock and ours exclude each other', { skip: noEtcdctl() }, async () => {
    await using services = new Participants(target);
    const { us, name } = await service(services, 'ctl');
    const ours = await us.lock.acquire(name);
    await using theirs = ctl(target, 'lock', name);
    await standing(us, name, 2);
    await ours.release();
    const key = await theirs.line();
    assert.equal((await us.lock.inspect(name)).holders[0]?.key, key);
    const oursAgain = us.lock.acquire(name);
    await standing(us, name, 2);
    await theirs.interrupt();
    await (await oursAgain).release();
  });

  test('etcdctl elect and ours follow each other', { skip: noEtcdctl() }, async () => {
    await using services = new Participants(target);
    const { us, name } = await service(services, 'ctl-leader');
    await using listening = ctl(target, 'elect', '--listen', name);
    const ours = await us.election.campaign(name, { value: 'ours' });
    assert.deepEqual([await listening.line(), await listening.line()], [ours.key, 'ours']);
    await using theirs = ctl(target, 'elect', name, 'theirs');
    await standing(us, name, 2);
    await ours.resign();
    assert.equal(await theirs.line(), (await us.election.leader(name))?.key);
    assert.equal(await theirs.line(), 'theirs');
  });

  test("the server's lock and election services stand in our lines", async () => {
    await using services = new Participants(target);
    const { us, name } = await service(services, 'service');
    const bytes = Buffer.from(name);
    const lease = (await target.wire.must('LeaseGrant', { TTL: 60 })).ID;
    const ours = await us.lock.acquire(name);
    const theirs = target.wire.call('Lock', { name: bytes, lease });
    await standing(us, name, 2);
    await ours.release();
    const { key } = responseOf(await theirs, 'Lock');
    const oursAgain = us.lock.acquire(name);
    await standing(us, name, 2);
    await target.wire.must('Unlock', { key });
    await (await oursAgain).release();

    const leadership = await us.election.campaign(name, { value: 'ours' });
    const { kv } = await target.wire.must('Leader', { name: bytes });
    assert.equal(kv?.value.toString(), 'ours');
    const campaign = target.wire.call('Campaign', {
      name: bytes,
      lease,
      value: Buffer.from('rpc'),
    });
    await standing(us, name, 2);
    await leadership.resign();
    const { leader } = responseOf(await campaign, 'Campaign');
    assert.equal((await us.election.leader(name))?.key, leader?.key.toString());
    await target.wire.must('Resign', { leader: leader ?? assert.fail('there is one') });
  });
});

function noEtcdctl(): string | false {
  return etcdctl === undefined && 'there is no etcdctl on the PATH';
}
