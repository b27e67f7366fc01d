/**
 * As much of a Kubernetes as Helm's `lookup` asks for, which knows one thing: the StatefulSet of the release that is there
 * before an upgrade.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface StatefulSetState {
  readonly replicas: number;
  readonly annotations?: Readonly<Record<string, string>>;
}

const path = '/apis/apps/v1/namespaces/db/statefulsets/concord';
const resource = (name: string, kind: string): object => ({
  name,
  singularName: kind.toLowerCase(),
  namespaced: true,
  kind,
  verbs: ['get'],
});
const listOf = (groupVersion: string, resources: readonly object[]): object => ({
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion,
  resources,
});
const discovery: Readonly<Record<string, object>> = {
  '/version': { major: '1', minor: '33', gitVersion: 'v1.33.0' },
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/apis': {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: [{ name: 'apps', versions: [{ groupVersion: 'apps/v1', version: 'v1' }] }],
  },
  '/api/v1': listOf('v1', [resource('secrets', 'Secret')]),
  '/apis/apps/v1': listOf('apps/v1', [resource('statefulsets', 'StatefulSet')]),
};

export class KnownSet implements AsyncDisposable {
  readonly #server: Server;
  readonly #directory = mkdtempSync(join(tmpdir(), 'concord-kube-'));

  private constructor({ replicas, annotations = {} }: StatefulSetState) {
    const metadata = { name: 'concord', namespace: 'db', annotations };
    const set = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { replicas } };
    const notFound = { kind: 'Status', apiVersion: 'v1', reason: 'NotFound', code: 404 };
    this.#server = createServer(({ url = '' }, response) => {
      const [asked = ''] = url.split('?');
      const found = asked === path ? set : discovery[asked];
      response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(found ?? notFound));
    });
  }

  static async start(state: StatefulSetState): Promise<KnownSet> {
    const known = new KnownSet(state);
    await once(known.#server.listen(0, '127.0.0.1'), 'listening');
    const { port } = known.#server.address() as AddressInfo;
    const configuration = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'it', cluster: { server: `http://127.0.0.1:${port}` } }],
      users: [{ name: 'it', user: {} }],
      contexts: [{ name: 'it', context: { cluster: 'it', user: 'it' } }],
      'current-context': 'it',
    };
    writeFileSync(known.kubeconfig, JSON.stringify(configuration));
    return known;
  }

  /** A file that names it. */
  get kubeconfig(): string {
    return join(this.#directory, 'config');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await once(this.#server.close(), 'close');
    rmSync(this.#directory, { recursive: true });
  }
}
