/** `GET /version`: the API level for etcd's clients, and which Concord it is. */
import { CLUSTER_VERSION, CONCORD_VERSION, ETCD_VERSION, STORAGE_VERSION } from '../version.ts';
import type { Endpoint } from './router.ts';

const body = JSON.stringify({
  etcdserver: ETCD_VERSION,
  etcdcluster: CLUSTER_VERSION,
  storage: STORAGE_VERSION,
  concord: CONCORD_VERSION,
});

export const version: Endpoint = () => ({ status: 200, contentType: 'application/json', body });
