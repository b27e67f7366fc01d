/**
 * `concord pod`: what a member needs in a StatefulSet of Kubernetes beyond itself. The Helm chart (packaging/helm) calls it;
 * it needs no shell, and no access to Kubernetes.
 */
import { parseArgs } from 'node:util';
import { ConfigurationError } from '../config/command-line.ts';
import { configure, type Configuration } from '../config/configuration.ts';
import type { Log } from '../log.ts';
import { administratorFrom, administratorFlags } from './administrator-flags.ts';
import { readPodEnvironment, type Environment } from './pod-environment.ts';
import { PodMember } from './pod-member.ts';
import { shrink } from './shrinking.ts';
import { keepSnapshot } from './snapshot-keeping.ts';

export const podHelp = `Usage:
  concord pod start [FLAG …]      a member: joins where there is a cluster, replaces itself where its volume is lost
  concord pod shrink --replicas N --name-prefix PREFIX --endpoints URLS
                                  removes the members PREFIX0, PREFIX1, … from the N-th on, the last one first
  concord pod snapshot --directory DIR --keep N --endpoints URLS
                                  saves a snapshot as DIR/snapshot-TIME.db, and deletes all but the newest N

  start takes the flags and variables of a member, and CONCORD_POD_UID, CONCORD_POD_SNAPSHOT, CONCORD_POD_SECURES.
  The others take --cacert, --cert and --key. Root's password is CONCORD_ROOT_PASSWORD or in CONCORD_ROOT_PASSWORD_FILE.
`;

/** What a process that runs a member does around it. */
export interface MemberCompanion {
  /** Before the start; resolves with what to start. */
  prepare(configuration: Configuration, log: Log, signal: AbortSignal): Promise<Configuration>;
  /** Once clients are served. */
  settle(signal: AbortSignal): Promise<void>;
}

export interface PodWorld {
  readonly environment: Environment;
  readonly print: (text: string) => void;
  readonly runMember: (configuration: Configuration, companion: MemberCompanion) => Promise<void>;
}

/** Throws `ConfigurationError`, `GrpcError`, and what the file system throws. */
export async function podCommand(args: readonly string[], world: PodWorld): Promise<void> {
  const [verb, ...rest] = args;
  switch (verb) {
    case 'start':
      return start(rest, world);
    case 'shrink':
      return shrinkTo(rest, world);
    case 'snapshot':
      return snapshot(rest, world);
    case undefined:
    case '--help':
    case '-h':
      world.print(podHelp);
      return;
    default:
      throw new ConfigurationError(
        `pod ${verb}: there is no such verb; expected start, shrink or snapshot`,
      );
  }
}

async function start(args: readonly string[], world: PodWorld): Promise<void> {
  const command = configure(args, world.environment);
  if (command.kind !== 'run') {
    world.print(podHelp);
    return;
  }
  const pod = readPodEnvironment(world.environment);
  let member: PodMember | undefined;
  await world.runMember(command, {
    prepare: (configuration, log, signal) => {
      member = new PodMember(configuration, pod, log);
      return member.prepare(signal);
    },
    settle: async (signal) => member?.settle(signal),
  });
}

async function shrinkTo(args: readonly string[], world: PodWorld): Promise<void> {
  const values = flagsOf(args, {
    ...administratorFlags,
    replicas: { type: 'string' },
    'name-prefix': { type: 'string' },
  });
  const prefix = values['name-prefix'] ?? '';
  if (prefix === '') throw new ConfigurationError('--name-prefix is missing');
  const administrator = administratorFrom(values, world.environment);
  try {
    await shrink(administrator, wholeNumber('replicas', values.replicas), prefix, world.print);
  } finally {
    administrator.close();
  }
}

async function snapshot(args: readonly string[], world: PodWorld): Promise<void> {
  const values = flagsOf(args, {
    ...administratorFlags,
    directory: { type: 'string' },
    keep: { type: 'string' },
  });
  const directory = values.directory ?? '';
  if (directory === '') throw new ConfigurationError('--directory is missing');
  const administrator = administratorFrom(values, world.environment);
  try {
    const kept = { directory, keep: wholeNumber('keep', values.keep), now: new Date() };
    world.print(`saved ${await keepSnapshot(administrator, kept)}\n`);
  } finally {
    administrator.close();
  }
}

type Options = Readonly<Record<string, { readonly type: 'string' }>>;

function flagsOf<O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs<{ args: string[]; options: O }>({ args: [...args], options }).values as {
      readonly [Name in keyof O]?: string;
    };
  } catch (error) {
    throw new ConfigurationError((error as Error).message);
  }
}

function wholeNumber(flag: string, given: string | undefined): number {
  if (given !== undefined && /^[1-9]\d{0,5}$/.test(given)) return Number(given);
  throw new ConfigurationError(`--${flag} ${given ?? ''}: expected a whole number from 1 on`);
}
