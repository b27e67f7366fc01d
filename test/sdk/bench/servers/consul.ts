/**
 * A single Consul server, as one would run it: its log of Raft in a file that is synced before a write is answered. (The
 * mode for development, `-dev`, keeps all in memory and would compare nothing.)
 */
import { join } from 'node:path';
import { freePorts } from '../../../conformance/harness/free-ports.ts';
import { askJson, peerDirectory, runningPeer, startPeer, type PeerServer } from './peer-server.ts';

/** @param where - the executable `consul`, or the URL of an agent that runs */
export async function consulServer(where: string): Promise<PeerServer> {
  if (where.startsWith('http')) return runningPeer(where, askVersion);
  const [http = 0, server = 0, serf = 0] = await freePorts(3);
  const directory = peerDirectory('consul');
  const flags = [
    'agent',
    '-server',
    '-bootstrap-expect=1',
    `-data-dir=${join(directory, 'data')}`,
    '-bind=127.0.0.1',
    '-client=127.0.0.1',
    `-http-port=${http}`,
    `-server-port=${server}`,
    `-serf-lan-port=${serf}`,
    '-serf-wan-port=-1',
    '-dns-port=-1',
    '-grpc-port=-1',
    '-log-level=warn',
  ];
  const endpoint = `127.0.0.1:${http}`;
  return startPeer({ command: where, arguments: flags, endpoint, directory }, askVersion);
}

/** It serves when it has a leader. */
async function askVersion(endpoint: string): Promise<string | undefined> {
  const leader = await askJson(`http://${endpoint}/v1/status/leader`);
  if (leader === undefined || leader === '') return undefined;
  const self = await askJson(`http://${endpoint}/v1/agent/self`);
  return (self as { Config?: { Version?: string } } | undefined)?.Config?.Version;
}
