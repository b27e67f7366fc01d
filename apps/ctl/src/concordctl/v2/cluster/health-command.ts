/** `cluster-health`: asks each member by the URLs that it publishes. */
import { setTimeout } from 'node:timers/promises';
import type { V2Command, V2Invocation, V2World } from '../command.ts';
import type { ClusterClient } from '../connection/cluster-client.ts';
import { parseEndpoint } from '../connection/endpoints.ts';
import { keyFailure, statuses } from '../failure.ts';
import { listMembers, type V2Member } from './member-requests.ts';

const PAUSE_MS = 10_000;

/** etcdctl waits for a member without end; this long is enough to see that none is there. */
const HEALTH_MS_MAX = 30_000;

export const healthCommand: V2Command = {
  name: 'cluster-health',
  usage: 'check the health of the etcd cluster',
  argsUsage: ' ',
  flags: [
    {
      kind: 'bool',
      names: ['forever', 'f'],
      help: 'forever check the health every 10 second until CTRL+C',
    },
  ],
  async run({ connection, flags, world }) {
    const client = await connection.unsynced();
    const members = await membersOf(client, world);
    const isForever = flags.bool('forever');
    for (;;) {
      const healthy = await healthyCount(members, client, world);
      const isWhole = healthy === members.length;
      world.print(
        `cluster is ${isWhole ? 'healthy' : healthy === 0 ? 'unavailable' : 'degraded'}\n`,
      );
      if (!isForever) return isWhole ? statuses.success : statuses.clusterNotHealthy;
      world.print('\nnext check after 10 second...\n\n');
      await setTimeout(PAUSE_MS, undefined, { signal: world.signal }).catch(() => undefined);
      if (world.signal.aborted) return statuses.success;
    }
  },
};

async function membersOf(
  client: ClusterClient,
  { print, signal }: V2World,
): Promise<readonly V2Member[]> {
  try {
    return await listMembers(client, signal);
  } catch (error) {
    print('cluster may be unhealthy: failed to list members\n');
    throw keyFailure(statuses.serverError, error as Error);
  }
}

async function healthyCount(
  members: readonly V2Member[],
  client: ClusterClient,
  world: V2Invocation['world'],
): Promise<number> {
  let healthy = 0;
  for (const member of members) if (await isHealthy(member, client, world)) healthy++;
  return healthy;
}

async function isHealthy(
  { id, clientURLs }: V2Member,
  { exchange }: ClusterClient,
  { print, signal }: V2World,
): Promise<boolean> {
  if (clientURLs.length === 0) {
    print(`member ${id} is unreachable: no available published client urls\n`);
    return false;
  }
  for (const url of clientURLs) {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(HEALTH_MS_MAX)]);
    try {
      const request = { method: 'GET', path: '/health', isQuiet: true } as const;
      const { body } = await exchange.send(parseEndpoint(url), request, limit);
      const health: unknown = (JSON.parse(body) as { health?: unknown }).health;
      const isWell = health === 'true' || health === true;
      print(
        `member ${id} is ${isWell ? '' : 'un'}healthy: got ${isWell ? '' : 'un'}healthy result from ${url}\n`,
      );
      return isWell;
    } catch (error) {
      const { message } = error as Error;
      const reason =
        error instanceof SyntaxError
          ? 'invalid character in answer'
          : `Get ${JSON.stringify(`${url}/health`)}: ${message}`;
      print(`failed to check the health of member ${id} on ${url}: ${reason}\n`);
    }
  }
  print(`member ${id} is unreachable: [${clientURLs.join(' ')}] are all unreachable\n`);
  return false;
}
