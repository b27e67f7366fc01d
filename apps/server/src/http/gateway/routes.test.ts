/** Every RPC of the protos has its path, and the paths are those of etcd. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as protocol from '@concord/protocol';
import type { ServiceDescriptor } from '@concord/protocol';
import { GATEWAY_ROUTES } from './routes.ts';

const isService = (value: unknown): value is ServiceDescriptor =>
  typeof value === 'object' && value !== null && 'methods' in value;

/** gRPC's health service belongs to no API over HTTP: etcd's gateway leaves it out, too. */
const services = Object.values<unknown>(protocol)
  .filter(isService)
  .filter(({ name }) => !name.startsWith('grpc.'));

/** Newer than etcd's bindings: 3.7.3 has the RPC, and no path for it. */
const WITHOUT_PATH = ['/etcdserverpb.KV/RangeStream'];

test('every RPC of every service has a path, unless etcd has none for it', () => {
  assert.equal(services.length, 8);
  const bound = new Set([...GATEWAY_ROUTES.values()].map(({ path }) => path));
  for (const { methods } of services) {
    for (const { path } of Object.values(methods)) {
      assert.equal(bound.has(path), !WITHOUT_PATH.includes(path), path);
    }
  }
});

test('the lease RPCs have their second paths', () => {
  for (const name of ['revoke', 'timetolive', 'leases']) {
    assert.equal(GATEWAY_ROUTES.get(`kv/lease/${name}`), GATEWAY_ROUTES.get(`lease/${name}`));
  }
});

test('every RPC with a path takes and gives messages that have a JSON form', () => {
  for (const { request, response } of GATEWAY_ROUTES.values()) {
    const empty = protocol.jsonOfWire(response.name, new Uint8Array());
    assert.equal(Buffer.from(empty).toString(), '{}');
    assert.equal(protocol.wireOfJson(request.name, Buffer.from('{}')).length, 0);
  }
});
