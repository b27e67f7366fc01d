/**
 * Goal: scripts written for etcdctl's v2 commands cannot tell concordctl from it. Method: each line goes to both,
 * one after the other, each with a Concord of its own; stdout, stderr and status must be the same to the byte.
 */
import { deepEqual, equal, match } from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import { startServer, type TestServer } from '@concord/testing';
import type { Terminal } from '../command.ts';
import { runV2 } from './program.ts';

const version = spawnSync('etcdctl', ['--version'], {
  encoding: 'utf8',
  env: { ...process.env, ETCDCTL_API: '2' },
});
const theirVersion = /etcdctl version: (3\.4\.\S+)\nAPI version: 2/.exec(
  // Nothing where the program could not be started.
  version.error === undefined ? version.stdout : '',
)?.[1];
const skip = theirVersion === undefined ? 'there is no etcdctl with the v2 commands' : false;

interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Line {
  readonly words: readonly string[];
  readonly stdin?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

let ours: TestServer;
let theirs: TestServer;
before(async () => {
  if (skip !== false) return;
  [ours, theirs] = await Promise.all([startV2(), startV2()]);
});
/** Its members list says where it is, so the port is not left to chance. */
async function startV2(): Promise<TestServer> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const url = `http://127.0.0.1:${(probe.address() as AddressInfo).port}`;
  probe.close();
  await once(probe, 'close');
  const flags = ['--enable-v2', `--listen-client-urls=${url}`, `--advertise-client-urls=${url}`];
  return startServer({ flags });
}
after(async () => {
  if (skip === false) await Promise.all([ours.stop(), theirs.stop()]);
});

const endpointOf = (server: TestServer): string => `http://${server.endpoints[0]}`;
const environmentOf = (server: TestServer, line: Line): Record<string, string> => ({
  ETCDCTL_API: '2',
  ETCDCTL_ENDPOINTS: endpointOf(server),
  PATH: process.env['PATH'] ?? '',
  ...line.environment,
});
/** `HERE` in a line is the server's own address. */
const addressed = (server: TestServer, { words }: Line): string[] =>
  words.map((word) => word.replaceAll('HERE', endpointOf(server)));

const terminal = (part: Partial<Terminal>): Terminal => ({
  environment: environmentOf(ours, { words: [] }),
  stdin: Readable.from([]),
  stdout: () => undefined,
  stderr: () => undefined,
  askPassword: () => Promise.resolve(''),
  runCommand: () => Promise.reject(new Error('no command of the user is run')),
  signal: new AbortController().signal,
  ...part,
});

async function runOurs(line: Line, signal = new AbortController().signal): Promise<Outcome> {
  const output = { stdout: '', stderr: '' };
  const world = terminal({
    environment: environmentOf(ours, line),
    stdin: Readable.from(line.stdin === undefined ? [] : [Buffer.from(line.stdin)]),
    stdout: (text) => void (output.stdout += String(text)),
    stderr: (text) => void (output.stderr += text),
    askPassword: (prompt) => {
      output.stdout += `${prompt}\n`;
      return Promise.resolve(line.stdin ?? '');
    },
    signal,
  });
  const identity = { name: 'etcdctl', version: theirVersion ?? '' };
  const status = await runV2(addressed(ours, line), world, identity);
  return { status, ...output };
}

async function runTheirs(line: Line): Promise<Outcome> {
  const child = spawn('etcdctl', addressed(theirs, line), { env: environmentOf(theirs, line) });
  child.stdin.end(line.stdin);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const status = await new Promise<number>((resolve) => {
    child.on('close', (code) => resolve(code ?? -1));
  });
  return { status, ...output };
}

/** What two servers cannot have in common: addresses, ids, moments. */
function blanked(text: string): string {
  return text
    .replaceAll(/127\.0\.0\.1:\d{4,}/g, 'ADDRESS')
    .replaceAll(/localhost:\d{4,}/g, 'ADDRESS')
    .replaceAll(/(?<![0-9a-f])[0-9a-f]{14,16}(?=[: [])/g, 'ID')
    .replaceAll(/"expiration":"[^"]*"/g, '"expiration":"TIME"')
    .replaceAll(/stty: .*\n/g, '');
}

async function same(line: Line): Promise<void> {
  const [mine, etcdctls] = await Promise.all([runOurs(line), runTheirs(line)]);
  const shown = ({ status, stdout, stderr }: Outcome): Outcome => ({
    status,
    stdout: blanked(stdout),
    stderr: blanked(stderr),
  });
  deepEqual(shown(mine), shown(etcdctls), `etcdctl ${line.words.join(' ')}`);
}

/** Lines of a script, in shell's quotes; what stands behind `<` is stdin, `NAME=value` before is environment. */
function read(script: string): Line[] {
  return script
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((text) => {
      const [command = '', stdin] = text.split(' < ');
      const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) =>
        quoted === undefined ? (word ?? '') : quoted,
      );
      const environment: Record<string, string> = {};
      while (/^[A-Z_]+=/.test(words[0] ?? '')) {
        const [name = '', value = ''] = (words.shift() ?? '').split(/=(.*)/s);
        environment[name] = value.replaceAll('HERE', '');
      }
      return { words, environment, ...(stdin !== undefined && { stdin }) };
    });
}

const scripts: Readonly<Record<string, string>> = {
  'keys are set, read and removed': `
    set /a 1
    set /a 2
    -o extended set /a 3
    -o json set /a 4
    --output json get /a
    -o=extended get /a
    get a
    get //a/../a
    -o json get --quorum /a
    get -q --sort /a
    get /nope
    -o json get /nope
    -o foo get /a
    set /empty ''
    set /a '<&> "quoted" \\u2028'
    -o json get /a
    set /b < from stdin
    set /b < two\nlines
    set /x
    set /ttl v --ttl 100
    -o json get /ttl
    set --ttl=100 /ttl v
    set --swap-with-value 9 /a 2
    set --swap-with-index 99 /a 2
    set /c 1
    set --swap-with-value 1 /c 2
    -o extended set --swap-with-value 2 /c 3
    update /c 4
    update /nn 1
    update --ttl 50 /c 5
    mk /m 1
    mk /m 1
    mk --in-order /q v
    -o json mk --in-order /q v --ttl 100
    rm /c
    rm /c
    set /c 1
    rm --with-value 9 /c
    rm --with-index 9999 /c
    rm --with-value 1 /c
    -o extended rm /b
    -o json rm /m
    set '/key with spaces!(x)*' 'a b+c&d=e%f'
    get '/key with spaces!(x)*'
    rm '/key with spaces!(x)*'
    set /ключ значение
    -o json get /ключ
    set -- /neg -1
    set /neg -1
    set /neg -1 --ttl 5
    set
    get
    rm
    mk
    update
    get /a /b
  `,
  'directories are made, listed and removed': `
    ls
    mkdir /d
    mkdir /d
    -o extended mkdir /d/e
    -o json mkdir /d/f --ttl 100
    setdir /d/e --ttl 60
    updatedir /d/e --ttl 70
    updatedir /none
    set /d/e/k v
    get /d
    rm /d
    rmdir /d
    rmdir /d/f
    ls /
    ls -p /
    ls -p -r /
    ls --recursive --sort /d
    ls -r -p /d
    ls /d/e/k
    ls /none
    -o json ls -r /d
    -o extended ls /d
    -o json ls --sort /
    rm --dir /d/e
    rm -r /d/e
    -o json rm --recursive /d
    -o json rmdir /q
    mkdir
    setdir
    updatedir
    rmdir
    mkdir /a
    ls a b c
  `,
  'command lines that cannot be read are answered alike': `
    nonesuch
    --nonesuch
    set --nonesuch
    set --ttl=x a b
    set --ttl
    get --sort=maybe /x
    get ---x /a
    get -=x
    --output
    --timeout=x ls
    --total-timeout=1x ls
    ls -r --recursive /
    -o json --output json ls
    member nonesuch
    member --nonesuch
    user grant
    help nonesuch
    member help nonesuch
    set --ttl 99999999999999999999 /x y
    set --ttl 0x10 /x y
    exec-watch
    exec-watch /a
    watch
    member list x
    member add
    member add a
    member remove
    member remove zz
    member update
    member update a
    member add name nourl
    member add name http://127.0.0.1
    member add name http://127.0.0.1:1/path
    user get
    user list x
    user grant bob
    role list x
    role get
    role grant r1
    role grant r1 --path x
    role grant r1 --path /x
    role grant r1 --path /x --read --write
    auth enable x
  `,
  'the help has the same pages': `
    help
    h
    --help
    -h
    --version
    -v
    ${['backup', 'cluster-health', 'mk', 'mkdir', 'rm', 'rmdir', 'get', 'ls', 'set'].map((name) => `help ${name}`).join('\n')}
    ${['setdir', 'update', 'updatedir', 'watch', 'exec-watch', 'member', 'user', 'role', 'auth', 'help'].map((name) => `help ${name}`).join('\n')}
    set --help
    set -h
    ls a -h
    member
    user
    role
    auth
    member -h
    member help
    member help list
    member h add
    member list --help
    member add --help
    user grant --help
    user revoke -h
    role grant --help
    role revoke --help
    auth enable -h
  `,
  'members, health, users and roles are told alike': `
    member list
    cluster-health
    user list
    role list
    role get root
    role get none
    user get nobody
    auth disable
    auth enable
    user add bob:pw
    user add bob < pw
    user remove bob
    user passwd bob < pw
    user grant bob --roles r1 --roles r2
    user revoke bob --roles r1
    role add r1
    role remove r1
    role grant r1 --path /x --readwrite
    role revoke r1 --path /x --rw
  `,
  'endpoints are found and lost alike': `
    --endpoints http://127.0.0.1:1 ls
    --no-sync --endpoints http://127.0.0.1:1 ls
    --endpoint http://127.0.0.1:1 ls
    ETCDCTL_ENDPOINTS= ETCDCTL_ENDPOINT=http://127.0.0.1:1 get /a
    ETCDCTL_ENDPOINTS= ETCDCTL_PEERS=http://127.0.0.1:1 get /a
    --peers http://127.0.0.1:1 --endpoints HERE get /a
    --endpoints 127.0.0.1:1 ls
    --endpoints nohost:3 ls
    --endpoints :3 ls
    --total-timeout 0 ls
    --total-timeout 1ns ls
    --timeout 1ns ls
    --debug set /debug 1 --ttl 5
    --debug get 'a b!(x)'
    --debug ls
    --debug rm --with-value 1 /debug
    --debug --no-sync ls -q /a
    --debug mkdir /debugged
    --debug mk --in-order /debugged x
    --debug member list
    --debug cluster-health
    --debug role get root
    --cert-file /none --key-file /none ls
    --ca-file /none ls
    --cert-file /none ls
    ETCDCTL_KEY_FILE=/none ls
    -u root:x get /a
    -u root get /a < pw
    ETCDCTL_USERNAME=root:x get /a
    member update 1 http://127.0.0.1:1
    cluster-health --endpoints x
    --endpoints http://127.0.0.1:1 cluster-health
    --endpoints http://127.0.0.1:1 member list
  `,
};

for (const [name, script] of Object.entries(scripts)) {
  test(name, { skip }, async () => {
    for (const line of read(script)) await same(line);
  });
}

test('watches tell what has happened since an index', { skip }, async () => {
  for (const line of read(`
    mkdir /w
    set /w/x 1
    set /w/x 2
    rm /w/x
    set /w/y 3 --ttl 100
  `)) {
    await same(line);
  }
  const { stdout } = await runOurs({ words: ['-o', 'json', 'get', '/w/y'] });
  const { node } = JSON.parse(stdout) as { node: { modifiedIndex: number } };
  const first = node.modifiedIndex - 4;
  for (const line of read(`
    watch --after-index ${first} /w/x
    watch --recursive=true --after-index ${first} /w
    -o json watch /w/x --after-index ${first + 1}
    -o extended watch --after-index ${first + 2} --recursive /w
    watch --after-index ${first + 3} /w/y
  `)) {
    await same(line);
  }
});

test('a watch without end is ended by an interrupt, and that is a success', { skip }, async () => {
  const interrupt = new AbortController();
  const output = new PassThrough();
  const world = terminal({
    stdout: (text) => void output.write(text),
    signal: interrupt.signal,
  });
  await runOurs({ words: ['set', '/endless/x', '1'] });
  const { stdout } = await runOurs({ words: ['-o', 'json', 'get', '/endless/x'] });
  const { node } = JSON.parse(stdout) as { node: { modifiedIndex: number } };
  const words = ['watch', '-f', '--recursive', '--after-index', `${node.modifiedIndex - 1}`];
  const watching = runV2([...words, '/endless'], world, { name: 'etcdctl', version: '3' });
  for await (const chunk of output as AsyncIterable<Buffer>) {
    equal(chunk.toString(), '[set] /endless/x\n1\n');
    break;
  }
  interrupt.abort();
  equal(await watching, 0);
});

test('exec-watch hands the change to the command by its environment', { skip }, async () => {
  const interrupt = new AbortController();
  await runOurs({ words: ['set', '/exec', '1'] });
  const { stdout } = await runOurs({ words: ['-o', 'json', 'get', '/exec'] });
  const { node } = JSON.parse(stdout) as { node: { modifiedIndex: number } };
  const told = Promise.withResolvers<string>();
  const world = terminal({
    stdout: (text) => told.resolve(String(text)),
    stderr: (text) => told.reject(new Error(text)),
    signal: interrupt.signal,
  });
  const after = ['--after-index', `${node.modifiedIndex - 1}`];
  const command = ['sh', '-c', 'echo $ETCD_WATCH_ACTION $ETCD_WATCH_KEY $ETCD_WATCH_VALUE'];
  const identity = { name: 'etcdctl', version: '3' };
  const watching = runV2(['exec-watch', ...after, '/exec', '--', ...command], world, identity);
  equal(await told.promise, 'set /exec 1\n');
  interrupt.abort();
  equal(await watching, 0);
  const failing = await runOurs({ words: ['exec-watch', ...after, '/exec', '--', '/no/such'] });
  equal(failing.status, 1);
  match(failing.stderr, /no\/such/);
});
