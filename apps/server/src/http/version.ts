/** `GET /version`: the API level for etcd's clients, and which Concord it is. */
import { CONCORD_VERSION, ETCD_VERSION } from '../version.ts';
import type { Endpoint } from './router.ts';

/** @param clusterVersion what is stored is of the same level */
export const versionJson = (clusterVersion: string): string =>
  JSON.stringify({
    etcdserver: ETCD_VERSION,
    etcdcluster: clusterVersion,
    storage: clusterVersion,
    concord: CONCORD_VERSION,
  });

export const version =
  (clusterVersion: () => string): Endpoint =>
  () => ({ status: 200, contentType: 'application/json', body: versionJson(clusterVersion()) });
