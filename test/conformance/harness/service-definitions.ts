/**
 * etcd's services, read from the repository's .proto files by proto-loader: a second reading of the
 * contract, independent of the code that Concord generates from it.
 */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadSync } from '@grpc/proto-loader';
import type { MethodDefinition } from '@grpc/proto-loader';

const protoDirectory = resolve(import.meta.dirname, '../../../proto');

const services = ['KV', 'Watch', 'Lease', 'Cluster', 'Maintenance', 'Auth'];

const definitions = loadSync(
  readdirSync(join(protoDirectory, 'etcd'))
    .filter((file) => file.endsWith('.proto'))
    .map((file) => join('etcd', file)),
  {
    keepCase: true,
    longs: String,
    enums: String,
    defaults: true,
    includeDirs: [protoDirectory, join(protoDirectory, 'etcd')],
  },
);

const methods = new Map<string, MethodDefinition<object, object>>(
  services.flatMap((service) => Object.entries(methodsOf(`etcdserverpb.${service}`))),
);

/** The definition of one method; methods of these services have distinct names. */
export function methodDefinition(name: string): MethodDefinition<object, object> {
  const method = methods.get(name);
  if (method === undefined) throw new Error(`proto/etcd declares no method ${name}`);
  return method;
}

function methodsOf(service: string): Record<string, MethodDefinition<object, object>> {
  const definition = definitions[service];
  if (definition === undefined || 'format' in definition) {
    throw new Error(`proto/etcd declares no service ${service}`);
  }
  return definition;
}
