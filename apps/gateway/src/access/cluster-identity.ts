/** Which cluster it is that people sign in to: what the console shows before anybody has. */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Client, ClientOptions, TlsOptions } from '@concord/client';
import { z } from 'zod';

export interface ClusterIdentity {
  /** Hexadecimal; empty while the cluster has not answered yet. */
  readonly id: string;
  readonly kind: 'concord' | 'etcd';
  readonly version: string;
}

const KNOWN_MS = 10_000;
const ASK_MS = 1_000;
const ANSWER_BYTES_MAX = 4096;
const versionsSchema = z.object({ concord: z.string().optional() });

export class ClusterIdentification {
  readonly #client: Client;
  readonly #tls: TlsOptions | undefined;
  #known: ClusterIdentity | undefined;
  #knownAtMs = -Infinity;
  #asking: Promise<void> | undefined;

  constructor(client: Client, { tls }: Pick<ClientOptions, 'tls'>) {
    this.#client = client;
    this.#tls = tls;
  }

  /** As last known; nobody waits for a cluster that is away. */
  async current(): Promise<ClusterIdentity> {
    if (performance.now() - this.#knownAtMs > KNOWN_MS) {
      this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
      if (this.#known === undefined) await this.#asking;
    }
    return this.#known ?? { id: '', kind: 'etcd', version: '' };
  }

  async #ask(): Promise<void> {
    this.#knownAtMs = performance.now();
    try {
      const { clusterId, version } = await this.#client.maintenance.status({ timeout: ASK_MS });
      const concord = await this.#concordVersion();
      this.#known = {
        id: clusterId.toString(16),
        kind: concord === undefined ? 'etcd' : 'concord',
        version: concord ?? version,
      };
    } catch {
      // It is away: what was known stays.
    }
  }

  /** Concord says by HTTP that it is none of etcd's own; `undefined` for those, and for whoever does not answer. */
  async #concordVersion(): Promise<string | undefined> {
    const healthy = this.#client.connections.find(({ state }) => state === 'healthy');
    const endpoint = healthy?.endpoint ?? this.#client.endpoints[0] ?? '';
    const scheme = this.#tls === undefined ? 'http' : 'https';
    const url = new URL(
      '/version',
      /^https?:/.test(endpoint) ? endpoint : `${scheme}://${endpoint}`,
    );
    try {
      return versionsSchema.parse(JSON.parse(await this.#text(url))).concord;
    } catch {
      return undefined;
    }
  }

  #text(url: URL): Promise<string> {
    const { ca, cert, key, serverName } = this.#tls ?? {};
    const material = (given: string | Uint8Array | undefined) =>
      given === undefined ? undefined : Buffer.from(given as Uint8Array);
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    return new Promise((resolve, reject) => {
      const asked = request(
        url,
        {
          timeout: ASK_MS,
          ca: material(ca),
          cert: material(cert),
          key: material(key),
          servername: serverName,
          agent: false,
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            text += chunk;
            if (text.length > ANSWER_BYTES_MAX) asked.destroy(new Error('too long an answer'));
          });
          response.on('end', () => resolve(text));
          response.on('error', reject);
        },
      );
      asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
      asked.on('error', reject);
      asked.end();
    });
  }
}
