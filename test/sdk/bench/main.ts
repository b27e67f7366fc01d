/**
 * Our client beside npm etcd3, on the same member, one after the other and each in a process of its own; then picks a
 * second, and how far a view of a large service is behind. The npm clients of Nacos and Consul need servers of theirs,
 * which come neither with npm nor with this repository: they are not compared.
 *
 * Usage: node test/sdk/bench/main.ts [--backend etcd] [--quick]
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { availableBackends } from '../../conformance/harness/backend.ts';
import { Server } from '../../conformance/harness/server.ts';
import { concordClient, npmEtcd3 } from './contestants.ts';
import { measureAll, type Measure } from './measures.ts';

const { values } = parseArgs({
  options: {
    backend: { type: 'string', default: 'concord' },
    quick: { type: 'boolean', default: false },
    /** Of a process that measures one client: which, and where. */
    client: { type: 'string' },
    endpoint: { type: 'string' },
  },
});

const { calls, seconds } = values.quick ? { calls: 400, seconds: 1 } : { calls: 4000, seconds: 5 };
const ROOT = join(import.meta.dirname, '../../..');

if (values.client === undefined) await compare();
else await measureOne(values.client, values.endpoint ?? '');

async function measureOne(client: string, endpoint: string): Promise<void> {
  const open = client === 'concord' ? concordClient : npmEtcd3;
  const measures = await measureAll(() => open(endpoint), { calls, seconds, callers: 100 });
  console.log(JSON.stringify(measures));
}

async function compare(): Promise<void> {
  const backend = availableBackends().find(({ name }) => name === values.backend);
  if (backend === undefined) throw new Error(`there is no ${values.backend} here`);
  await using server = await Server.start(backend, { tls: false });
  const quick = values.quick ? ['--quick'] : [];
  const measured = ['concord', 'etcd3'].map((client) => {
    const parameters = ['--client', client, '--endpoint', server.endpoint, ...quick];
    return JSON.parse(node(['test/sdk/bench/main.ts', ...parameters])) as Measure[];
  });
  console.log(`on ${backend.name}; p50 and p99 in µs, cpu in µs of the client a call\n`);
  const [ours = [], theirs = []] = measured;
  console.log(row('', '@concord/client', 'npm etcd3 1.1.2'));
  for (const [i, { what, result }] of ours.entries()) {
    console.log(row(what, told(result), told(theirs[i]?.result ?? {})));
  }
  console.log('\npicks with 1,000 instances:');
  console.log(node(['packages/registry/bench/pick.ts']));
  console.log('a view of 10,000 instances at 1,000 changes a second:');
  console.log(node(['--expose-gc', 'test/sdk/registry/scale.ts', server.endpoint]));
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

function row(...cells: readonly string[]): string {
  return cells
    .map((cell, i) => cell.padEnd(i === 0 ? 28 : 30))
    .join('')
    .trimEnd();
}

function told(result: Readonly<Record<string, number>>): string {
  return Object.entries(result)
    .map(([name, value]) => `${name} ${value}`)
    .join('  ');
}
