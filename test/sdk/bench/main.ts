/**
 * Our client beside those of npm: `etcd3` on the same member, `consul` and `nacos` on servers of theirs, in turn and each
 * in a process of its own; then picks a second, and how far a view of a large service is behind.
 *
 * Usage: node test/sdk/bench/main.ts [--backend etcd] [--consul EXECUTABLE|URL] [--nacos FOLDER|URL] [--rounds 3] [--quick]
 *
 * Servers of Consul and Nacos come neither with npm nor with this repository: who has them says where (`CONCORD_CONSUL`
 * and `CONCORD_NACOS` do as well), and else those clients are left out.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { availableBackends } from '../../conformance/harness/backend.ts';
import { Server } from '../../conformance/harness/server.ts';
import type { Contestant } from './clients/contestant.ts';
import { measureAll, type Measure } from './measures.ts';
import { report } from './report.ts';
import { consulServer } from './servers/consul.ts';
import { nacosServer } from './servers/nacos.ts';

/** Each is loaded in its own process alone. */
const clients = {
  '@concord/client': () => import('./clients/concord.ts'),
  etcd3: () => import('./clients/etcd3.ts'),
  consul: () => import('./clients/consul.ts'),
  nacos: () => import('./clients/nacos.ts'),
} satisfies Record<
  string,
  () => Promise<{ openContestant(endpoint: string): Promise<Contestant> }>
>;

type ClientName = keyof typeof clients;

/** A client, and the server that it is measured on. */
interface Pair {
  readonly client: ClientName;
  readonly server: string;
  readonly endpoint: string;
}

const { values } = parseArgs({
  options: {
    backend: { type: 'string', default: 'concord' },
    consul: { type: 'string' },
    nacos: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    quick: { type: 'boolean', default: false },
    /** Of a process that measures one client: which, and where. */
    client: { type: 'string' },
    endpoint: { type: 'string' },
  },
});

const roundCount = Number(values.rounds);
if (!Number.isInteger(roundCount) || roundCount < 1) {
  throw new Error(`--rounds is ${values.rounds}; give an integer from 1`);
}
// An exit takes the servers along, a signal by itself would not.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const callers = 100;
const effort = values.quick
  ? { calls: 400, seconds: 1, secondsMax: 3, callers }
  : { calls: 4000, seconds: 5, secondsMax: 10, callers };
const ROOT = join(import.meta.dirname, '../../..');

if (values.client === undefined) await compare();
else await measureOne(values.client as ClientName, values.endpoint ?? '');

async function measureOne(client: ClientName, endpoint: string): Promise<void> {
  const { openContestant } = await clients[client]();
  console.log(JSON.stringify(await measureAll(() => openContestant(endpoint), effort)));
}

async function compare(): Promise<void> {
  const backend = availableBackends().find(({ name }) => name === values.backend);
  if (backend === undefined) throw new Error(`there is no ${values.backend} here`);
  await using servers = new AsyncDisposableStack();
  const member = servers.use(await Server.start(backend, { tls: false }));
  const { endpoint } = member;
  const server = backend.name === 'etcd' ? `etcd ${member.version.toString()}` : 'Concord';
  const pairs: Pair[] = [
    { client: '@concord/client', server, endpoint },
    { client: 'etcd3', server, endpoint },
  ];
  for (const [client, start] of [
    ['consul', consulServer],
    ['nacos', nacosServer],
  ] as const) {
    const where = values[client] ?? process.env[`CONCORD_${client.toUpperCase()}`];
    if (where === undefined) {
      console.log(`npm ${client} is left out: no --${client} says where its server is`);
      continue;
    }
    const peer = servers.use(await start(where));
    pairs.push({ client, server: `${client} ${peer.version}`, endpoint: peer.endpoint });
  }
  console.log(measured(pairs));
  console.log('\npicks with 1,000 instances:');
  console.log(node(['packages/registry/bench/pick.ts']));
  console.log('a view of 10,000 instances at 1,000 changes a second:');
  console.log(node(['--expose-gc', 'test/sdk/registry/scale.ts', endpoint]));
}

/** All servers stand there all the time; the clients take turns. */
function measured(pairs: readonly Pair[]): string {
  const rounds = Array.from({ length: roundCount }, (_, round) =>
    pairs.map(({ client, endpoint }) => {
      console.error(`round ${round + 1}: ${client}`);
      const parameters = ['--client', client, '--endpoint', endpoint];
      if (values.quick) parameters.push('--quick');
      return JSON.parse(node(['test/sdk/bench/main.ts', ...parameters])) as Measure[];
    }),
  );
  const standings = pairs.map(({ client, server }, i) => ({
    name: `${client} ${versionOf(client)} on ${server}`,
    rounds: rounds.map((round) => round[i] ?? []),
  }));
  const title = `medians of ${rounds.length} rounds; p50 and p99 in µs, cpu in µs of the client a call`;
  return `${title}\n\n${report(standings)}`;
}

function versionOf(client: ClientName): string {
  const manifest = readFileSync(join(ROOT, 'node_modules', client, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

/** What a program of this repository prints. */
function node(parameters: readonly string[]): string {
  const flags = ['--conditions=@concord/source', '--disable-warning=ExperimentalWarning'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, ...parameters], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${parameters.join(' ')} failed:\n${stderr}`);
  return stdout;
}
