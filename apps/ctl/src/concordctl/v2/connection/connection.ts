/** A connection as the global flags ask for it: made when a command needs it, and not for help. */
import { readFileSync } from 'node:fs';
import type { V2World } from '../command.ts';
import { ClusterError, keyFailure, plainFailure, statuses } from '../failure.ts';
import type { FlagSet } from '../line/flag-set.ts';
import { listMembers } from '../cluster/member-requests.ts';
import { ClusterClient } from './cluster-client.ts';
import { discoveryName, endpointsOf } from './endpoints.ts';
import { Exchange } from './exchange.ts';
import { ConnectionError } from './network-error.ts';

export class V2Connection implements Disposable {
  readonly #globals: FlagSet;
  readonly #world: V2World;
  #exchange: Exchange | undefined;
  #synced: Promise<ClusterClient> | undefined;

  constructor(globals: FlagSet, world: V2World) {
    this.#globals = globals;
    this.#world = world;
  }

  /** Begins anew with each call, as the commands do with each request of a command. */
  deadline(): AbortSignal {
    const ms = this.#globals.duration('total-timeout');
    return ms < 1 ? AbortSignal.abort() : AbortSignal.timeout(Math.min(ms, 2 ** 31 - 1));
  }

  /** Knows the endpoints that members publish, unless `--no-sync` says otherwise. Throws `V2Failure`. */
  synced(timesTold = 1): Promise<ClusterClient> {
    return (this.#synced ??= this.#connect(timesTold));
  }

  async #connect(timesTold: number): Promise<ClusterClient> {
    const { complain } = this.#world;
    const client = await this.unsynced(false);
    const debug = this.#globals.bool('debug') ? complain : (): void => undefined;
    if (!this.#globals.bool('no-sync')) {
      debug(`start to sync cluster using endpoints(${client.endpoints.join()})\n`);
      await this.#sync(client);
      debug(`got endpoints(${client.endpoints.join()}) after sync\n`);
    }
    debug(`Cluster-Endpoints: ${client.endpoints.join(', ')}\n`.repeat(timesTold));
    return client;
  }

  /** Knows the endpoints that were given. Throws `V2Failure`. */
  async unsynced(isTold = true): Promise<ClusterClient> {
    const { environment, complain } = this.#world;
    const endpoints = await endpointsOf(this.#globals, environment, complain);
    const isDebug = this.#globals.bool('debug');
    const text = this.#globals.string('username') || environment['ETCDCTL_USERNAME'];
    this.#exchange = new Exchange({
      headerTimeoutMs: this.#globals.duration('timeout'),
      tls: this.#certificates(),
      serverName: discoveryName(this.#globals, environment),
      credentials: text ? await this.#credentials(text) : undefined,
      debug: isDebug ? complain : undefined,
    });
    const client = new ClusterClient(this.#exchange, endpoints);
    if (isDebug && isTold) complain(`Cluster-Endpoints: ${client.endpoints.join(', ')}\n`);
    return client;
  }

  async #sync(client: ClusterClient): Promise<void> {
    try {
      const members = await listMembers(client, this.deadline());
      const published = members.flatMap(({ clientURLs }) => clientURLs);
      if (published.length > 0) {
        client.useEndpoints(published);
        return;
      }
    } catch (error) {
      // What else goes wrong here will again, and be told, when the command itself is sent.
      if (isConnectionError(error)) throw keyFailure(statuses.badConnection, error);
      return;
    }
    this.#world.complain(
      'etcd cluster has no published client endpoints.\n' +
        `Try '--no-sync' if you want to access non-published client endpoints(${client.endpoints.join()}).\n`,
    );
    throw keyFailure(statuses.serverError, new Error('client: no endpoints available'));
  }

  #certificates(): { ca?: Buffer; cert?: Buffer; key?: Buffer } {
    const pathOf = (flag: string): string => {
      const variable = `ETCDCTL_${flag.toUpperCase().replace('-', '_')}`;
      return this.#globals.string(flag) || (this.#world.environment[variable] ?? '');
    };
    const read = (flag: string): Buffer | undefined => {
      const path = pathOf(flag);
      if (path === '') return undefined;
      try {
        return readFileSync(path);
      } catch {
        throw plainFailure(`open ${path}: no such file or directory`);
      }
    };
    const [keyPath, certPath] = [pathOf('key-file'), pathOf('cert-file')];
    if ((keyPath === '') !== (certPath === '')) {
      throw plainFailure(
        `KeyFile and CertFile must both be present[key: ${keyPath}, cert: ${certPath}]`,
      );
    }
    const cert = read('cert-file');
    const key = read('key-file');
    const ca = read('ca-file');
    // Node takes a file without certificates for one that trusts nobody.
    if (ca !== undefined && !ca.includes('-----BEGIN CERTIFICATE-----')) {
      throw plainFailure(`x509: ${pathOf('ca-file')} has no certificate`);
    }
    return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
  }

  async #credentials(text: string): Promise<string> {
    if (text.includes(':')) return text;
    return `${text}:${await this.#world.askPassword('Password: ')}`;
  }

  [Symbol.dispose](): void {
    this.#exchange?.[Symbol.dispose]();
  }
}

function isConnectionError(error: unknown): error is Error {
  if (error instanceof ClusterError) return error.errors.every(isConnectionError);
  return error instanceof ConnectionError;
}
