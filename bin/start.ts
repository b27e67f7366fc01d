/**
 * `npm start`: a member, or a cluster of several, on this machine for whoever wants to try it, with a line to type.
 * `concord` itself is what one runs in production.
 *
 * Usage: npm start [-- --members N] [--data-dir DIR] [--client-port PORT] [--no-gateway]
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import {
  StartError,
  membersToStart,
  parseStartOptions,
  readHeldCluster,
  recordCluster,
  type LocalMember,
} from './local-cluster.ts';

const READY_LINE = 'ready to serve client requests';

interface Plan {
  readonly dataDirectory: string;
  readonly members: readonly LocalMember[];
}

function plan(): Plan {
  try {
    const options = parseStartOptions(process.argv.slice(2));
    const { dataDirectory } = options;
    const members = membersToStart(options, readHeldCluster(dataDirectory));
    recordCluster(dataDirectory, members);
    return { dataDirectory, members };
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    console.error(`concord: ${error.message}`);
    process.exit(2);
  }
}

function welcome({ dataDirectory, members }: Plan): string {
  const urls = members.map(({ clientUrl }) => clientUrl);
  const endpoints = urls.map((url) => url.slice('http://'.length)).join();
  const lines = members.map(({ name, clientUrl }) =>
    members.length === 1 ? clientUrl : `${clientUrl}  ${name}`,
  );
  const more =
    members.length === 1
      ? `curl ${urls.join()}/kv/greeting`
      : `ETCDCTL_API=3 etcdctl --endpoints ${endpoints} endpoint status -w table`;
  return `
  Concord is running.   clients  ${lines.join(`\n${' '.repeat(33)}`)}
                                 (gRPC, and by HTTP /kv/, /v3/, /v2/, /health, /metrics)
                        data     ${dataDirectory}

  Try:   ETCDCTL_API=3 etcdctl --endpoints ${endpoints} put greeting hello
         ${more}

  Ctrl-C stops it cleanly.
`;
}

const planned = plan();
const running = new Map<LocalMember, ChildProcess>();
const ready = new Set<LocalMember>();
let stopping = false;

function stop(): void {
  stopping = true;
  for (const child of running.values()) child.kill('SIGTERM');
}

for (const member of planned.members) {
  const child = spawn('apps/server/bin/concord', member.flags, {
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  running.set(member, child);
  const prefix = planned.members.length === 1 ? '' : `${member.name} | `;
  createInterface({ input: child.stderr }).on('line', (line) => {
    console.error(prefix + line);
    if (!line.includes(READY_LINE) || ready.has(member)) return;
    ready.add(member);
    if (ready.size === planned.members.length) console.log(welcome(planned));
  });
  child.once('exit', (code, signal) => ended(member, code, signal));
}

/** A cluster goes on without one of its members, but it does not begin without one. */
function ended(member: LocalMember, code: number | null, signal: NodeJS.Signals | null): void {
  running.delete(member);
  if (signal === null && code !== 0) process.exitCode = code ?? 1;
  if (stopping || running.size === 0) return;
  const how = `member ${member.name} ended (${signal ?? `status ${code}`})`;
  if (ready.size === planned.members.length)
    return console.error(`concord: ${how}; the others go on`);
  console.error(`concord: ${how} before all were ready: stopping the others`);
  stop();
}

// Ctrl-C reaches the members by the terminal; this process waits for them to end.
process.on('SIGINT', () => (stopping = true));
process.on('SIGTERM', stop);
