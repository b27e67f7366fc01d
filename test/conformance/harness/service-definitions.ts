/**
 * etcd's services, read from the repository's .proto files by proto-loader: a second reading of the
 * contract, independent of the code that Concord generates from it.
 */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadSync } from '@grpc/proto-loader';
import type { MethodDefinition } from '@grpc/proto-loader';

const protoDirectory = resolve(import.meta.dirname, '../../../proto');

/** What stands before a method's name in tests: nothing where it is etcd's own, whose methods have distinct names. */
const services: readonly (readonly [prefix: string, service: string])[] = [
  ['', 'etcdserverpb.KV'],
  ['', 'etcdserverpb.Watch'],
  ['', 'etcdserverpb.Lease'],
  ['', 'etcdserverpb.Cluster'],
  ['', 'etcdserverpb.Maintenance'],
  ['', 'etcdserverpb.Auth'],
  ['', 'v3lockpb.Lock'],
  ['', 'v3electionpb.Election'],
  ['health.', 'grpc.health.v1.Health'],
  ['reflection.', 'grpc.reflection.v1.ServerReflection'],
];

const definitions = loadSync(
  ['etcd', 'grpc'].flatMap((folder) =>
    readdirSync(join(protoDirectory, folder))
      .filter((file) => file.endsWith('.proto'))
      .map((file) => join(folder, file)),
  ),
  {
    keepCase: true,
    longs: String,
    enums: String,
    defaults: true,
    includeDirs: [protoDirectory, join(protoDirectory, 'etcd')],
  },
);

const methods = new Map<string, MethodDefinition<object, object>>(
  services.flatMap(([prefix, service]) =>
    Object.entries(methodsOf(service)).map(([name, method]) => [prefix + name, method] as const),
  ),
);

/** The definition of one method, such as `Range` or `health.Check`. */
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
