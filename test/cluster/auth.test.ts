/**
 * Three members with authentication on: whoever logs in at one is known at all, what is revoked is revoked at all, and
 * neither passwords nor tokens are in any log or file that the members write.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { spawn, type ChildProcess } from 'node:child_process';
import { concord, type Backend } from '../conformance/harness/backend.ts';
import { freePorts } from '../conformance/harness/free-ports.ts';
import { responseOf } from '../conformance/harness/outcome.ts';
import { WireClient } from '../conformance/harness/wire-client.ts';

const backend = concord() as Backend;
const directory = mkdtempSync(join(tmpdir(), 'concord-auth-'));
const children: ChildProcess[] = [];
after(async () => {
  await Promise.all(children.map(ended));
  rmSync(directory, { recursive: true, force: true });
});

/** Nothing else in a run looks like these. */
const CANARIES = {
  root: 'canary-root-7c1f5e0a',
  alice: 'canary-alice-93bd02c4',
  other: 'canary-other-5510fa8e',
  wrong: 'canary-wrong-e00b41d7',
};

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

let log = '';

async function startThree(): Promise<string[]> {
  const ports = await freePorts(6);
  const members = [0, 1, 2].map((i) => ({
    name: `m${i}`,
    client: `127.0.0.1:${ports[2 * i]}`,
    peer: `http://127.0.0.1:${ports[2 * i + 1]}`,
  }));
  const cluster = members.map(({ name, peer }) => `${name}=${peer}`).join();
  await Promise.all(
    members.map(async ({ name, client, peer }) => {
      const child = spawn(
        backend.executable,
        [
          ...(backend.arguments ?? []),
          ...[`--name=${name}`, `--data-dir=${join(directory, name)}`, '--log-level=debug'],
          ...[`--listen-client-urls=http://${client}`, `--advertise-client-urls=http://${client}`],
          ...[`--listen-peer-urls=${peer}`, `--initial-advertise-peer-urls=${peer}`],
          `--initial-cluster=${cluster}`,
        ],
        { stdio: ['ignore', 'pipe', 'pipe'] },
      );
      children.push(child);
      await new Promise<void>((resolve, reject) => {
        child.once('exit', () => reject(new Error(`${name} ended:\n${log}`)));
        for (const stream of [child.stdout, child.stderr]) {
          stream.on('data', (text: Buffer) => {
            log += text.toString();
            if (log.includes(`ready to serve client requests`) && log.includes(client)) resolve();
          });
        }
      });
    }),
  );
  return members.map(({ client }) => client);
}

/** Every file below a directory. */
function filesIn(path: string): string[] {
  return readdirSync(path).flatMap((name) => {
    const file = join(path, name);
    return statSync(file).isDirectory() ? filesIn(file) : [file];
  });
}

test('who logs in at one member is known at all, and no secret is written anywhere', async () => {
  const clients = (await startThree()).map((endpoint) => new WireClient(endpoint));
  const [first, second, third] = clients as [WireClient, WireClient, WireClient];
  const key = Buffer.from('app/a');
  await first.must('UserAdd', { name: 'root', password: CANARIES.root });
  await first.must('UserAdd', { name: 'alice', password: CANARIES.alice });
  await second.must('UserGrantRole', { user: 'root', role: 'root' });
  await second.must('RoleAdd', { name: 'app' });
  const perm = { permType: 2, key: Buffer.from('app/'), range_end: Buffer.from('app0') };
  await third.must('RoleGrantPermission', { name: 'app', perm });
  await third.must('UserGrantRole', { user: 'alice', role: 'app' });
  await third.must('AuthEnable', {});

  const secrets: string[] = Object.values(CANARIES);
  const logIn = async (client: WireClient, name: string, password: string): Promise<string> => {
    const { token } = await client.must('Authenticate', { name, password });
    secrets.push(token.split('.')[0] ?? '');
    return token;
  };
  const root = { metadata: { token: await logIn(first, 'root', CANARIES.root) } };
  for (const issuer of clients) {
    const alice = { metadata: { token: await logIn(issuer, 'alice', CANARIES.alice) } };
    // At once: a member that has not heard of the token yet finds out before it answers.
    const puts = clients.map((client) => client.call('Put', { key, value: key }, alice));
    for (const outcome of await Promise.all(puts)) responseOf(outcome, 'a put of alice');
    for (const client of clients) {
      assert.equal((await client.must('Range', { key }, alice)).count, '1');
      const beyond = await client.call('Range', { key: Buffer.from('z') }, alice);
      assert.ok('code' in beyond && beyond.code === 7);
      const unknown = await client.call('Range', { key });
      assert.ok('code' in unknown && unknown.message.includes('user name is empty'));
    }
    await issuer.call('Authenticate', { name: 'alice', password: CANARIES.wrong });
    await issuer.call('Range', { key }, { metadata: { token: `${CANARIES.wrong}.7` } });
  }
  const alice = { metadata: { token: await logIn(second, 'alice', CANARIES.alice) } };
  await third.must('UserChangePassword', { name: 'alice', password: CANARIES.other }, root);
  for (const client of clients) {
    // A write goes through the log, so that it meets the change on any member.
    const outcome = await client.call('Put', { key }, alice);
    assert.ok('code' in outcome && /invalid auth token|revision of auth/.test(outcome.message));
  }
  await logIn(second, 'alice', CANARIES.other);

  for (const client of clients) client.close();
  await Promise.all(children.map(ended));
  for (const secret of secrets) {
    assert.ok(secret.length >= 16);
    assert.equal(log.includes(secret), false, 'a secret is in a log');
    for (const file of filesIn(directory)) {
      assert.equal(readFileSync(file).includes(secret), false, `a secret is in ${file}`);
    }
  }
});
