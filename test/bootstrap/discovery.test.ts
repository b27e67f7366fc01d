/** Members of a new cluster meet at a running one: etcd or Concord, in plain text and with TLS, with users. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { createServer, type Server as TlsServer, type TLSSocket } from 'node:tls';
import { bootstrap, type Bootstrap } from '../../apps/server/src/bootstrap/bootstrap.ts';
import { configure, type Configuration } from '../../apps/server/src/config/configuration.ts';
import { etcd } from '../conformance/harness/backend.ts';
import { onEachBackend, type Target } from '../conformance/harness/each-backend.ts';
import { Server } from '../conformance/harness/server.ts';

/** Nobody listens there, and loopback says so at once. */
const peerUrl = (name: string): string => `http://127.0.0.1:${name.charCodeAt(0) - 96}`;

interface Attempt {
  readonly name: string;
  readonly token: string;
  readonly endpoints: string;
  readonly flags?: readonly string[];
  readonly signal?: AbortSignal;
  readonly said?: (text: string) => void;
}

function joinAs({ name, token, endpoints, flags = [], signal, said }: Attempt): Promise<Bootstrap> {
  const args = [
    ...['--name', name, '--initial-advertise-peer-urls', peerUrl(name)],
    ...['--discovery-endpoints', endpoints, '--discovery-token', token, ...flags],
  ];
  const say = said ?? ((): void => undefined);
  return bootstrap(configure(args, {}) as Configuration, {
    log: { info: say, warn: say },
    ...(signal !== undefined && { signal }),
  });
}

async function announce({ client }: Target, token: string, size: string): Promise<void> {
  const key = Buffer.from(`/_etcd/registry/${token}/_config/size`);
  await client.must('Put', { key, value: Buffer.from(size) });
}

const namesOf = ({ members }: Bootstrap): string =>
  members
    .map(({ name }) => name)
    .sort()
    .join('');

onEachBackend('discovery', (target) => {
  test('three members that come at once are one cluster, and a fourth is told that it is full', async () => {
    const { endpoint: endpoints } = target.server;
    await announce(target, 'three', '3');
    const joined = await Promise.all(
      ['a', 'b', 'c'].map((name) => joinAs({ name, token: 'three', endpoints })),
    );
    for (const { kind, identity, members } of joined) {
      assert.equal(kind, 'new');
      assert.equal(identity.clusterId, joined[0]?.identity.clusterId);
      assert.deepEqual(members, joined[0]?.members);
    }
    assert.equal(new Set(joined.map(({ identity }) => identity.memberId)).size, 3);
    assert.equal(joined[0] && namesOf(joined[0]), 'abc');
    await assert.rejects(joinAs({ name: 'd', token: 'three', endpoints }), {
      message:
        /^failed to join discovery cluster \(discovery: cluster is full: 3 members have registered \(.*b=http/,
    });
  });

  test('members that come one after the other wait for the last', async () => {
    const { endpoint: endpoints } = target.server;
    await announce(target, 'waiting', '2');
    const waits = Promise.withResolvers<string>();
    const first = joinAs({
      name: 'a',
      token: 'waiting',
      endpoints,
      said: (text) => text.includes('waiting for peers') && waits.resolve(text),
    });
    assert.match(await waits.promise, /1 of 2 have registered/);
    const second = await joinAs({ name: 'b', token: 'waiting', endpoints });
    assert.deepEqual((await first).members, second.members);
  });

  test('a member that starts again finds its place', async () => {
    const { endpoint: endpoints } = target.server;
    await announce(target, 'again', '1');
    const first = await joinAs({ name: 'a', token: 'again', endpoints });
    assert.deepEqual(await joinAs({ name: 'a', token: 'again', endpoints }), first);
  });

  test('a wait for others ends when it is told to', async () => {
    const { endpoint: endpoints } = target.server;
    await announce(target, 'ended', '2');
    const stop = new AbortController();
    const joining = joinAs({
      name: 'a',
      token: 'ended',
      endpoints,
      signal: stop.signal,
      said: (text) => {
        if (text.includes('waiting for peers')) stop.abort(new Error('told to stop'));
      },
    });
    await assert.rejects(joining, { message: 'told to stop' });
  });

  test('a token without a size, or with a bad one, is told with the command that sets it', async () => {
    const { endpoint: endpoints } = target.server;
    await assert.rejects(joinAs({ name: 'a', token: 'unheard-of', endpoints }), {
      message: /^failed to join discovery cluster \(discovery: size key not found: .*`etcdctl put/,
    });
    await announce(target, 'bad', 'many');
    await assert.rejects(joinAs({ name: 'a', token: 'bad', endpoints }), {
      message: /\(discovery: size key is bad: .* holds "many"/,
    });
  });

  test('the next endpoint is tried where one does not answer', async () => {
    const endpoints = `127.0.0.1:9,http://${target.server.endpoint}`;
    await announce(target, 'second', '1');
    assert.equal(namesOf(await joinAs({ name: 'a', token: 'second', endpoints })), 'a');
  });

  test('an endpoint with TLS is checked, and may ask who comes', async () => {
    await announce(target, 'secure', '1');
    await using front = await TlsFront.start(target.server.clientPort);
    const { directory, endpoint } = front;
    const trust = ['--discovery-cacert', join(directory, 'cert.pem')];
    const show = [
      ...['--discovery-cert', join(directory, 'cert.pem')],
      ...['--discovery-key', join(directory, 'key.pem')],
    ];
    const attempt = { name: 'a', token: 'secure', endpoints: endpoint };
    const joined = await joinAs({ ...attempt, flags: [...trust, ...show] });
    assert.equal(namesOf(joined), 'a');
    assert.equal(front.lastSubject, 'front');
    const careless = [...show, '--discovery-insecure-skip-tls-verify'];
    assert.deepEqual(await joinAs({ ...attempt, flags: careless }), joined);
    const said = Promise.withResolvers<string>();
    const stop = new AbortController();
    const refused = joinAs({ ...attempt, flags: show, signal: stop.signal, said: said.resolve });
    assert.match(await said.promise, /cannot connect to https:.*self-signed certificate/);
    stop.abort(new Error('seen enough'));
    await assert.rejects(refused, { message: 'seen enough' });
  });
});

/** TLS before a server that speaks plain text; asks for a certificate. */
class TlsFront implements AsyncDisposable {
  readonly directory: string;
  readonly endpoint: string;
  lastSubject: unknown;
  readonly #server: TlsServer;
  readonly #sockets: Set<TLSSocket>;

  private constructor(directory: string, server: TlsServer, sockets: Set<TLSSocket>) {
    this.directory = directory;
    this.#server = server;
    this.#sockets = sockets;
    this.endpoint = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(port: number): Promise<TlsFront> {
    const directory = mkdtempSync(join(tmpdir(), 'tls-front-'));
    const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
    const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const subject = ['-subj', '/CN=front', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync('openssl', ['req', ...kind, ...subject, '-keyout', key, '-out', cert], {
      stdio: 'ignore',
    });
    const pem = { key: readFileSync(key), cert: readFileSync(cert) };
    const sockets = new Set<TLSSocket>();
    const server = createServer({ ...pem, ca: pem.cert, requestCert: true, ALPNProtocols: ['h2'] });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const front = new TlsFront(directory, server, sockets);
    server.on('secureConnection', (socket) => {
      sockets.add(socket);
      front.lastSubject = socket.getPeerCertificate().subject.CN;
      const behind = connect(port, '127.0.0.1');
      socket.on('error', () => behind.destroy()).pipe(behind);
      behind.on('error', () => socket.destroy()).pipe(socket);
    });
    return front;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.directory, { recursive: true });
  }
}

const backend = etcd();
describe(
  'discovery through an etcd with users',
  { skip: backend ? false : 'this machine has no etcd' },
  () => {
    const servers: Server[] = [];
    after(() => Promise.all(servers.map((server) => server.stop())));

    test('the password decides, and a wrong one ends the start instead of being tried again', async () => {
      if (backend === undefined) return;
      const server = await Server.start(backend);
      servers.push(server);
      const { endpoint: endpoints } = server;
      const etcdctl = (...args: string[]): string =>
        execFileSync('etcdctl', ['--endpoints', endpoints, ...args], {
          env: { ...process.env, ETCDCTL_API: '3' },
          encoding: 'utf8',
        });
      etcdctl('put', '/_etcd/registry/users/_config/size', '1');
      // A user is no obstacle where authentication is off.
      const named = {
        name: 'a',
        token: 'users',
        endpoints,
        flags: ['--discovery-user', 'root:secret'],
      };
      const joined = await joinAs(named);
      etcdctl('user', 'add', 'root:secret');
      etcdctl('user', 'grant-role', 'root', 'root');
      etcdctl('auth', 'enable');
      assert.deepEqual(await joinAs(named), joined);
      const apart = ['--discovery-user', 'root', '--discovery-password', 'secret'];
      assert.deepEqual(await joinAs({ ...named, flags: apart }), joined);
      for (const flags of [['--discovery-user', 'root:wrong'], []]) {
        await assert.rejects(joinAs({ ...named, flags }), {
          message:
            /^failed to join discovery cluster \(InvalidArgument: etcdserver: .*; check --discovery-endpoints, --discovery-user/,
        });
      }
    });
  },
);
