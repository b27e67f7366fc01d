/**
 * `npm start`: a member, or a cluster of several, on this machine with the gateway and its console, for whoever wants to try
 * it. `concord` and `concord-gateway` are what one runs in production.
 *
 * Usage: npm start [-- --members N] [--data-dir DIR] [--client-port PORT] [--gateway-port PORT] [--no-gateway]
 *                     [--demo]        with example services at work
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import {
  StartError,
  gatewayFlags,
  membersToStart,
  parseStartOptions,
  readHeldCluster,
  recordCluster,
  type LocalMember,
} from './local-cluster.ts';

const MEMBER_READY = 'ready to serve client requests';
/** How a gateway says where it listens, on a line of its own. */
const GATEWAY_READY = /^concord-gateway: ready at (\S+)$/;

interface Plan {
  readonly dataDirectory: string;
  readonly members: readonly LocalMember[];
  readonly gatewayPort: number | undefined;
  readonly hasDemo: boolean;
}

function plan(): Plan {
  try {
    const options = parseStartOptions(process.argv.slice(2));
    const { dataDirectory, gatewayPort, hasDemo } = options;
    const members = membersToStart(options, readHeldCluster(dataDirectory));
    recordCluster(dataDirectory, members);
    return { dataDirectory, members, gatewayPort, hasDemo };
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    console.error(`concord: ${error.message}`);
    process.exit(2);
  }
}

function welcome({ dataDirectory, members }: Plan, console: string | undefined): string {
  const urls = members.map(({ clientUrl }) => clientUrl);
  const endpoints = urls.map((url) => url.slice('http://'.length)).join();
  const lines = members.map(({ name, clientUrl }) =>
    members.length === 1 ? clientUrl : `${clientUrl}  ${name}`,
  );
  const more =
    members.length === 1
      ? `curl ${urls.join()}/kv/greeting`
      : `ETCDCTL_API=3 etcdctl --endpoints ${endpoints} endpoint status -w table`;
  const gateway =
    console === undefined
      ? ''
      : `                       console  ${console}
                                (API under /v1/, its description at /docs; gRPC at the next port)
`;
  return `
  Concord is running.  clients  ${lines.join(`\n${' '.repeat(32)}`)}
                                (gRPC, and by HTTP /kv/, /v3/, /v2/, /health, /metrics)
${gateway}                       data     ${dataDirectory}

  Try:   ETCDCTL_API=3 etcdctl --endpoints ${endpoints} put greeting hello
         ${more}

  Ctrl-C stops it cleanly.
`;
}

const planned = plan();
const running = new Map<string, ChildProcess>();
const ready = new Set<LocalMember>();
let stopping = false;
let hasWelcomed = false;

const GATEWAY = 'the gateway';
const DEMO = 'the demo';

/** What stands on the members goes first: it takes its leave of them. */
function stop(): void {
  stopping = true;
  const guests = [running.get(DEMO), running.get(GATEWAY)].filter((child) => child !== undefined);
  let left = guests.length;
  if (left === 0) return stopMembers();
  for (const child of guests) {
    child.once('exit', () => (left -= 1) === 0 && stopMembers());
    child.kill('SIGTERM');
  }
}

function stopMembers(): void {
  for (const child of running.values()) child.kill('SIGTERM');
}

function startMember(member: LocalMember): void {
  const child = spawn('apps/server/bin/concord', member.flags, {
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const prefix = planned.members.length === 1 ? '' : `${member.name} | `;
  createInterface({ input: child.stderr }).on('line', (line) => {
    console.error(prefix + line);
    if (!line.includes(MEMBER_READY) || ready.has(member)) return;
    ready.add(member);
    if (ready.size === planned.members.length) membersAreReady();
  });
  watchOver(`member ${member.name}`, child);
}

function membersAreReady(): void {
  const { gatewayPort, members } = planned;
  if (gatewayPort === undefined) return welcomed(undefined);
  const child = spawn('apps/gateway/bin/concord-gateway', gatewayFlags(gatewayPort, members), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const url = GATEWAY_READY.exec(line)?.[1];
    // Where it speaks gRPC is one port on.
    if (url !== undefined) welcomed(url);
    else if (!line.startsWith('concord-gateway: gRPC at ')) console.error(`gateway | ${line}`);
  });
  watchOver(GATEWAY, child);
}

function welcomed(gatewayUrl: string | undefined): void {
  hasWelcomed = true;
  console.log(welcome(planned, gatewayUrl));
  if (planned.hasDemo) startDemo();
}

function startDemo(): void {
  const endpoints = planned.members.map(({ clientUrl }) => clientUrl).join();
  const child = spawn(process.execPath, ['--conditions=@concord/source', 'examples/demo/main.ts'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CONCORD: endpoints },
  });
  watchOver(DEMO, child);
}

function watchOver(name: string, child: ChildProcess): void {
  running.set(name, child);
  child.once('exit', (code, signal) => ended(name, code, signal));
}

/** What is running goes on without one that ended, but it does not begin without one. */
function ended(name: string, code: number | null, signal: NodeJS.Signals | null): void {
  running.delete(name);
  if (signal === null && code !== 0) process.exitCode = code ?? 1;
  if (stopping || running.size === 0) return;
  const how = `${name} ended (${signal ?? `status ${code}`})`;
  if (hasWelcomed) return console.error(`concord: ${how}; the others go on`);
  console.error(`concord: ${how} before all were ready: stopping the others`);
  stop();
}

for (const member of planned.members) startMember(member);

// Ctrl-C reaches all of them by the terminal; this process waits for them to end.
process.on('SIGINT', () => (stopping = true));
process.on('SIGTERM', stop);
