/**
 * The service descriptors against what grpc-js makes of the same `.proto` files.
 */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { loadSync, type MethodDefinition } from '@grpc/proto-loader';
import { PROTO_DIRECTORY } from '../codegen/generate.ts';
import * as protocol from './index.ts';
import type { ServiceDescriptor } from './index.ts';

const protoFiles = readdirSync(PROTO_DIRECTORY, { recursive: true, encoding: 'utf8' });
const loaded = loadSync(
  protoFiles.filter((path) => path.endsWith('.proto')),
  { includeDirs: [PROTO_DIRECTORY], keepCase: true },
);

const isService = (value: unknown): value is ServiceDescriptor =>
  typeof value === 'object' && value !== null && 'methods' in value;

const services = Object.values<unknown>(protocol).filter(isService);

function kindOf({ requestStream, responseStream }: MethodDefinition<object, object>): string {
  if (requestStream) return responseStream ? 'bidi' : 'client-stream';
  return responseStream ? 'server-stream' : 'unary';
}

describe('the services', () => {
  test('are all that etcd serves, and reflection', () => {
    const names = services.map(({ name }) => name).filter((name) => !name.startsWith('concord.'));
    assert.deepEqual(names.sort(), [
      'etcdserverpb.Auth',
      'etcdserverpb.Cluster',
      'etcdserverpb.KV',
      'etcdserverpb.Lease',
      'etcdserverpb.Maintenance',
      'etcdserverpb.Watch',
      'grpc.health.v1.Health',
      'grpc.reflection.v1.ServerReflection',
      'v3electionpb.Election',
      'v3lockpb.Lock',
    ]);
  });

  for (const service of services) {
    test(`${service.name} has the methods, paths, kinds and messages of its .proto file`, () => {
      const definition = loaded[service.name] as Record<string, MethodDefinition<object, object>>;
      const ours = Object.values(service.methods).map((method) => ({
        name: method.name,
        path: method.path,
        kind: method.kind,
        request: method.request.name.split('.').at(-1),
        response: method.response.name.split('.').at(-1),
      }));
      const theirs = Object.entries(definition).map(([name, method]) => ({
        name,
        path: method.path,
        kind: kindOf(method) as (typeof ours)[number]['kind'],
        request: (method.requestType.type as { name: string }).name,
        response: (method.responseType.type as { name: string }).name,
      }));
      assert.deepEqual(ours, theirs);
    });
  }

  test('name their methods in lower case', () => {
    assert.equal(protocol.KV.methods.deleteRange.path, '/etcdserverpb.KV/DeleteRange');
    assert.equal(protocol.Maintenance.methods.hashKV.path, '/etcdserverpb.Maintenance/HashKV');
    assert.equal(protocol.Watch.methods.watch.kind, 'bidi');
    assert.equal(protocol.Maintenance.methods.snapshot.kind, 'server-stream');
  });
});
