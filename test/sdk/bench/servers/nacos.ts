/** A single Nacos server as its `startup.sh -m standalone` starts it: configuration in the Derby that it brings along. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../../../conformance/harness/free-ports.ts';
import { askJson, peerDirectory, runningPeer, startPeer, type PeerServer } from './peer-server.ts';

/** What `startup.sh` gives it. */
const MEMORY = ['-Xms512m', '-Xmx512m', '-Xmn256m'];

/** @param where - the folder of a release, with `target/nacos-server.jar` and `conf`; or the URL of a server that runs */
export async function nacosServer(where: string): Promise<PeerServer> {
  if (where.startsWith('http')) return runningPeer(where, askVersion);
  // It takes the port 1,000 below and two that are 1,000 above, too.
  const [port = 0] = await freePorts(1);
  const directory = peerDirectory('nacos');
  cpSync(join(where, 'conf'), join(directory, 'conf'), { recursive: true });
  const flags = [
    ...MEMORY,
    '-Dnacos.standalone=true',
    `-Dnacos.home=${directory}`,
    '-Dnacos.server.ip=127.0.0.1',
    '-jar',
    join(where, 'target/nacos-server.jar'),
    '--server.address=127.0.0.1',
    `--server.port=${port}`,
    `--spring.config.additional-location=file:${directory}/conf/`,
    `--logging.config=${directory}/conf/nacos-logback.xml`,
  ];
  const endpoint = `127.0.0.1:${port}`;
  return startPeer({ command: 'java', arguments: flags, endpoint, directory }, askVersion);
}

async function askVersion(endpoint: string): Promise<string | undefined> {
  const state = await askJson(`http://${endpoint}/nacos/v1/console/server/state`);
  return (state as { version?: string } | undefined)?.version;
}
