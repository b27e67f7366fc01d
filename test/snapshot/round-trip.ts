/**
 * Goal: a large store goes from etcd to Concord and back, and HashKV, keys, leases and users are the same at every hop.
 * Method: etcd is filled, its snapshot restored for Concord, Concord's snapshot for etcd, each started and asked.
 *
 *     npm run roundtrip -- --keys 1000000
 *     PATH=/path/to/etcd-3.6:$PATH npm run roundtrip          another etcd than the one that is installed
 */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { concord, etcd, type Backend } from '../conformance/harness/backend.ts';
import { WireClient } from '../conformance/harness/wire-client.ts';
import { fillLarge } from './large-population.ts';
import { peakMegabytesOf, runMeasured } from './measured-program.ts';
import { MemberProcess, clusterFlags, memberPlaces, type MemberPlace } from './member-process.ts';
import { concordutlCommand, isOnPath } from './programs.ts';

const { values: flags } = parseArgs({ options: { keys: { type: 'string', default: '1000000' } } });
const keys = Number(flags.keys);

/** What every hop has to have alike. */
interface Hop {
  readonly revision: string;
  /** HashKV of moments of the history, the oldest that is left and the last among them. */
  readonly hashes: Readonly<Record<string, number>>;
  readonly keys: string;
  readonly leases: number;
  readonly leasedKeys: number;
  /** With their roles. */
  readonly users: Readonly<Record<string, readonly string[]>>;
}

/** The history between the compaction and the last revision is asked at its ends and at so many moments between. */
const MOMENTS_BETWEEN = 6;

const quota = ['--quota-backend-bytes', String(8 * 2 ** 30)];
const directory = mkdtempSync(join(tmpdir(), 'concord-round-trip-'));
const hops: [string, Hop][] = [];

const tell = (what: string, seconds: number, megabytes: number, more = ''): void =>
  console.log(
    `${what.padEnd(44)} ${seconds.toFixed(1).padStart(7)} s ${String(megabytes).padStart(6)} MB ${more}`,
  );

async function place(name: string): Promise<MemberPlace> {
  const parent = join(directory, name);
  mkdirSync(parent);
  const [only] = await memberPlaces(parent, 1);
  if (only === undefined) throw new Error('there are ports');
  return only;
}

/** Starts a member, has it filled if that is asked for, looks at it, and saves its snapshot. */
async function visit(
  backend: Backend,
  name: string,
  own: MemberPlace,
  revision: string | undefined,
  fill?: (endpoint: string) => Promise<void>,
): Promise<string> {
  const beganMs = performance.now();
  await using member = await MemberProcess.start(backend, own, [own], quota);
  await fill?.(member.endpoint);
  const startedMs = performance.now();
  const hop = await lookAt(member.endpoint, revision);
  hops.push([name, hop]);
  const file = join(directory, `${name.replaceAll(' ', '-')}.db`);
  const saved = await runMeasured('etcdctl', [
    '--endpoints',
    member.endpoint,
    'snapshot',
    'save',
    file,
  ]);
  tell(
    fill ? `${name}: filled` : `${name}: started`,
    (startedMs - beganMs) / 1000,
    peakMegabytesOf(member.pid),
    JSON.stringify(hop),
  );
  const size = `${Math.round(statSync(file).size / 2 ** 20)} MiB`;
  tell(`${name}: etcdctl snapshot save`, saved.seconds, saved.peakMegabytes, size);
  return file;
}

async function lookAt(endpoint: string, revision: string | undefined): Promise<Hop> {
  const client = new WireClient(endpoint, 300_000);
  try {
    const all = { key: Buffer.from([0]), range_end: Buffer.from([0]), count_only: true };
    const { header, count } = await client.must('Range', all);
    const at = revision ?? header?.revision ?? '0';
    const hashes = await hashesOf(client, Number(at));
    const { leases } = await client.must('LeaseLeases', {});
    let leasedKeys = 0;
    for (const { ID } of leases) {
      leasedKeys += (await client.must('LeaseTimeToLive', { ID, keys: true })).keys.length;
    }
    const users = await usersOf(client);
    return { revision: at, hashes, keys: count, leases: leases.length, leasedKeys, users };
  } finally {
    client.close();
  }
}

async function hashesOf(client: WireClient, last: number): Promise<Hop['hashes']> {
  const { compact_revision } = await client.must('HashKV', { revision: String(last) });
  // etcd 3.4 has no hash of the compacted revision itself.
  const first = Number(compact_revision) + 1;
  const hashes: Record<string, number> = {};
  for (let i = 0; i <= MOMENTS_BETWEEN + 1; i++) {
    const moment = first + Math.round(((last - first) * i) / (MOMENTS_BETWEEN + 1));
    hashes[moment] = (await client.must('HashKV', { revision: String(moment) })).hash;
  }
  return hashes;
}

async function usersOf(client: WireClient): Promise<Hop['users']> {
  const { users } = await client.must('UserList', {});
  const withRoles = users.map(async (name) => {
    const { roles } = await client.must('UserGet', { name });
    return [name, roles] as const;
  });
  return Object.fromEntries(await Promise.all(withRoles));
}

async function restore(by: 'concordutl' | 'etcd', file: string, own: MemberPlace): Promise<void> {
  const args = ['snapshot', 'restore', file, ...clusterFlags(own, [own])];
  const tool = isOnPath('etcdutl') ? 'etcdutl' : 'etcdctl';
  const [program, ...before] = by === 'etcd' ? [tool] : concordutlCommand;
  const { seconds, peakMegabytes } = await runMeasured(program ?? '', [...before, ...args]);
  tell(`${by === 'etcd' ? tool : by} snapshot restore`, seconds, peakMegabytes);
}

async function main(): Promise<void> {
  const [ours, theirs] = [concord(), etcd()];
  if (ours === undefined || theirs === undefined) throw new Error('there is no etcd on the PATH');
  const first = await visit(theirs, 'etcd', await place('etcd'), undefined, (endpoint) =>
    fillLarge(endpoint, keys),
  );
  const revision = hops[0]?.[1].revision;
  const second = await place('concord');
  await restore('concordutl', first, second);
  const saved = await visit(ours, 'Concord', second, revision);
  const offline = await runMeasured(concordutlCommand[0] ?? '', [
    ...concordutlCommand.slice(1),
    'hashkv',
    saved,
  ]);
  tell('concordutl hashkv', offline.seconds, offline.peakMegabytes, offline.stdout.trim());
  const third = await place('etcd-again');
  await restore('etcd', saved, third);
  await visit(theirs, 'etcd again', third, revision);
  const [expected, ...others] = hops.map(([, hop]) => JSON.stringify(hop));
  const isSame = others.every((hop) => hop === expected);
  console.log(isSame ? 'the same at every hop' : `differs: ${JSON.stringify(hops, undefined, 1)}`);
  process.exitCode = isSame ? 0 : 1;
}

try {
  await main();
} finally {
  rmSync(directory, { recursive: true, force: true });
}
