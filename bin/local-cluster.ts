/**
 * What `npm start` starts: one member, or a cluster of several on this machine, and the gateway to it. Pure, but for the two functions that
 * look into the data directory and note there what was started.
 *
 * One member keeps its data in the directory itself. The members of a cluster are `m1`, `m2`, … in directories of
 * these names, on ports two apart from `--client-port` on: clients on the first of the two, members on the second.
 *
 * Invariant: a cluster goes on with as many members on the same ports as it began with: the members know each other
 * at these addresses.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const CLIENT_PORT = 2379;
const GATEWAY_PORT = 7379;
const PORTS_PER_MEMBER = 2;
const PORT_MAX = 65_535;
/** Beyond seven, a write waits for more disks without surviving more that matters; nine leaves room to see it. */
const MEMBERS_MAX = 9;
const RECORD = 'cluster.json';

/** What was asked for cannot be started; the message names the flag, the value and what to do. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

export interface StartOptions {
  readonly dataDirectory: string;
  /** Not given: as many as the data directory holds, else one. */
  readonly members: number | undefined;
  /** Not given: where the data directory's cluster listens, else 2379. */
  readonly clientPort: number | undefined;
  /** Where the gateway and its console listen; undefined without them. */
  readonly gatewayPort: number | undefined;
  /** Example services, so that there is something to see. */
  readonly hasDemo: boolean;
}

/** A cluster that a data directory holds. */
export interface HeldCluster {
  readonly members: number;
  /** Of a single member it does not matter: nobody has to find it. */
  readonly clientPort?: number;
}

export interface LocalMember {
  readonly name: string;
  readonly clientUrl: string;
  readonly dataDirectory: string;
  /** Of `concord`. */
  readonly flags: readonly string[];
}

/** Throws `StartError`. */
export function parseStartOptions(args: readonly string[]): StartOptions {
  const values = readFlags(args);
  return {
    dataDirectory: values['data-dir'],
    members: wholeNumber('members', values.members, MEMBERS_MAX),
    clientPort: wholeNumber('client-port', values['client-port'], PORT_MAX - 1),
    gatewayPort: values['no-gateway']
      ? undefined
      : (wholeNumber('gateway-port', values['gateway-port'], PORT_MAX) ?? GATEWAY_PORT),
    hasDemo: values.demo,
  };
}

function readFlags(args: readonly string[]): {
  readonly 'data-dir': string;
  readonly members?: string;
  readonly 'client-port'?: string;
  readonly 'gateway-port'?: string;
  readonly 'no-gateway': boolean;
  readonly demo: boolean;
} {
  try {
    return parseArgs({
      args: [...args],
      options: {
        members: { type: 'string' },
        'data-dir': { type: 'string', default: './.concord' },
        'client-port': { type: 'string' },
        'gateway-port': { type: 'string' },
        'no-gateway': { type: 'boolean', default: false },
        demo: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(flag: string, given: string | undefined, max: number): number | undefined {
  if (given === undefined) return undefined;
  const number = /^\d+$/.test(given) ? Number(given) : 0;
  if (number >= 1 && number <= max) return number;
  throw new StartError(`--${flag} ${given}: expected a whole number from 1 to ${max}`);
}

/** The members to start: new ones, or those that the data directory holds. Throws `StartError`. */
export function membersToStart(
  options: StartOptions,
  held: HeldCluster | undefined,
): readonly LocalMember[] {
  const { dataDirectory, members, clientPort } = options;
  if (held !== undefined && members !== undefined && members !== held.members) {
    throw new StartError(
      `--members ${members}: ${dataDirectory} holds a cluster of ${counted(held.members)}; leave the flag out to ` +
        'go on with it, or give the new cluster a --data-dir of its own. A running cluster grows by ' +
        '`etcdctl member add`',
    );
  }
  if (
    held?.clientPort !== undefined &&
    clientPort !== undefined &&
    clientPort !== held.clientPort
  ) {
    throw new StartError(
      `--client-port ${clientPort}: the members in ${dataDirectory} know each other at ports from ` +
        `${held.clientPort} on; leave the flag out, or give a new cluster a --data-dir of its own`,
    );
  }
  const count = members ?? held?.members ?? 1;
  const first = clientPort ?? held?.clientPort ?? CLIENT_PORT;
  if (first + PORTS_PER_MEMBER * count - 1 > PORT_MAX) {
    throw new StartError(
      `--client-port ${first}: ${counted(count)} need ${PORTS_PER_MEMBER * count} ports from there on, and the ` +
        `last port is ${PORT_MAX}`,
    );
  }
  return localMembers(dataDirectory, count, first);
}

const counted = (members: number): string => (members === 1 ? '1 member' : `${members} members`);

function localMembers(directory: string, count: number, firstPort: number): LocalMember[] {
  const members = Array.from({ length: count }, (_, i) => {
    const port = firstPort + PORTS_PER_MEMBER * i;
    return {
      name: count === 1 ? 'default' : `m${i + 1}`,
      clientUrl: `http://127.0.0.1:${port}`,
      peerUrl: `http://127.0.0.1:${port + 1}`,
    };
  });
  const list = members.map(({ name, peerUrl }) => `${name}=${peerUrl}`).join();
  return members.map(({ name, clientUrl, peerUrl }) => {
    const dataDirectory = count === 1 ? directory : join(directory, name);
    return {
      name,
      clientUrl,
      dataDirectory,
      flags: [
        ...['--name', name, '--data-dir', dataDirectory],
        ...['--listen-client-urls', clientUrl, '--advertise-client-urls', clientUrl],
        ...['--listen-peer-urls', peerUrl, '--initial-advertise-peer-urls', peerUrl],
        ...['--initial-cluster', list, '--log-format', 'console', '--enable-v2'],
      ],
    };
  });
}

/** What a data directory holds; undefined for one that nobody has started in. Throws `StartError`. */
export function readHeldCluster(directory: string): HeldCluster | undefined {
  const path = join(directory, RECORD);
  if (existsSync(join(directory, 'member'))) return { members: 1 };
  // A start that failed before there was any data binds nobody.
  if (!existsSync(path) || !existsSync(join(directory, 'm1', 'member'))) return undefined;
  try {
    const { members, clientPort } = JSON.parse(readFileSync(path, 'utf8')) as Partial<HeldCluster>;
    if (typeof members === 'number' && typeof clientPort === 'number')
      return { members, clientPort };
  } catch {
    // Told below, with what to do.
  }
  throw new StartError(
    `${path} does not say how many members to start; it should look like {"members":3,"clientPort":2379}`,
  );
}

/** Notes a cluster in its data directory, for the next start. */
export function recordCluster(directory: string, members: readonly LocalMember[]): void {
  if (members.length === 1) return;
  const clientPort = Number(new URL(members[0]?.clientUrl ?? '').port);
  mkdirSync(directory, { recursive: true });
  writeFileSync(
    join(directory, RECORD),
    `${JSON.stringify({ members: members.length, clientPort } satisfies HeldCluster)}\n`,
  );
}

/** The flags of `concord-gateway` for these members; whoever sits at this machine is its administrator. */
export const gatewayFlags = (port: number, members: readonly LocalMember[]): readonly string[] => [
  ...['--endpoints', members.map(({ clientUrl }) => clientUrl).join()],
  ...['--listen-host', '127.0.0.1', '--listen-port', String(port)],
  ...['--grpc-port', String(port === 0 ? 0 : port + 1)],
  ...['--mode', 'development', '--log-level', 'warn'],
];
