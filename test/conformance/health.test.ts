/**
 * gRPC's own services: health as etcd serves it, and reflection, which etcd does not have.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import protobuf from 'protobufjs';
import {
  FileDescriptorProto,
  type IFileDescriptorProto,
} from '../../packages/protocol/codegen/descriptor.ts';
import { onEachBackend } from './harness/each-backend.ts';
import type {
  HealthCheckResponse,
  ReflectionRequest,
  ReflectionResponse,
} from './harness/messages.ts';
import { assertFails } from './harness/outcome.ts';
import type { WireClient } from './harness/wire-client.ts';

const NOT_FOUND = 5;

onEachBackend('Health', (target) => {
  test('the server as a whole serves, and there is no other service', async () => {
    assert.deepEqual(await target.client.must('health.Check', {}), { status: 'SERVING' });
    for (const service of ['etcdserverpb.KV', 'nobody']) {
      const outcome = await target.client.call('health.Check', { service });
      assertFails(outcome, { code: NOT_FOUND, message: 'unknown service' });
    }
  });

  test('all services are listed', async (t) => {
    if (target.backend.name === 'etcd' && !target.server.version.atLeast('3.7.0')) {
      return t.skip('its gRPC library is older');
    }
    const { statuses } = await target.client.must('health.List', {});
    assert.deepEqual(statuses, { '': { status: 'SERVING' } });
  });

  test('who watches is told at once, also that a service is not known', async () => {
    for (const [service, status] of [
      ['', 'SERVING'],
      ['nobody', 'SERVICE_UNKNOWN'],
    ] as const) {
      const stream = target.client.ask<HealthCheckResponse>('health.Watch', { service });
      assert.deepEqual(await stream.inbox.next(), { status });
      stream.close();
    }
  });

  test('who watches is told that the server stops', async (t) => {
    if (target.backend.name === 'etcd') return t.skip('etcd ends the stream');
    const stream = target.client.ask<HealthCheckResponse>('health.Watch', {});
    assert.deepEqual(await stream.inbox.next(), { status: 'SERVING' });
    const restarted = target.server.restart();
    assert.deepEqual(await stream.inbox.next(), { status: 'NOT_SERVING' });
    await restarted;
  });
});

async function reflect(
  client: WireClient,
  request: ReflectionRequest,
): Promise<ReflectionResponse> {
  const stream = client.ask<ReflectionResponse>('reflection.ServerReflectionInfo', request);
  const response = await stream.inbox.next();
  assert.equal(
    (await stream.inbox.ended()).code,
    0,
    'the stream ends when there is no more to ask',
  );
  return response;
}

const filesOf = (response: ReflectionResponse): IFileDescriptorProto[] =>
  (response.file_descriptor_response?.file_descriptor_proto ?? []).map(
    (bytes) => FileDescriptorProto.decode(bytes) as unknown as IFileDescriptorProto,
  );

onEachBackend('Reflection', (target) => {
  const testHere = (name: string, body: (client: WireClient) => Promise<void>): void =>
    void test(name, async (t) => {
      if (target.backend.name === 'etcd') return t.skip('etcd has none');
      await body(target.client);
    });

  testHere('lists the services, itself included', async (client) => {
    const { list_services_response: list } = await reflect(client, { list_services: '*' });
    const services = list?.service.map(({ name }) => name) ?? [];
    for (const name of [
      'etcdserverpb.KV',
      'etcdserverpb.Maintenance',
      'grpc.health.v1.Health',
      'grpc.reflection.v1.ServerReflection',
      'grpc.reflection.v1alpha.ServerReflection',
      'v3electionpb.Election',
      'v3lockpb.Lock',
    ]) {
      assert.ok(services.includes(name), name);
    }
  });

  testHere(
    'every service that is listed is described, with all that its messages need',
    async (client) => {
      const { list_services_response: list } = await reflect(client, { list_services: '' });
      for (const { name } of list?.service ?? []) {
        const file = filesOf(await reflect(client, { file_containing_symbol: name }));
        const root = protobuf.Root.fromDescriptor({ file }, { keepCase: true });
        root.resolveAll();
        const service = root.lookupService(name);
        assert.ok(service.methodsArray.length > 0, name);
        for (const { resolvedRequestType, resolvedResponseType } of service.methodsArray) {
          assert.ok(resolvedRequestType !== null && resolvedResponseType !== null, name);
        }
      }
    },
  );

  testHere('what is described reads what is answered', async (client) => {
    const file = filesOf(
      await reflect(client, { file_containing_symbol: 'etcdserverpb.KV.Range' }),
    );
    const root = protobuf.Root.fromDescriptor({ file }, { keepCase: true });
    root.resolveAll();
    const request = root.lookupType('etcdserverpb.RangeRequest');
    const response = root.lookupType('etcdserverpb.RangeResponse');
    await client.must('Put', { key: Buffer.from('reflected'), value: Buffer.from('value') });
    const bytes = request.encode({ key: Buffer.from('reflected') }).finish();
    const outcome = await client.rawCall('/etcdserverpb.KV/Range', Buffer.from(bytes));
    assert.ok('response' in outcome);
    const { kvs } = response.decode(outcome.response) as unknown as {
      kvs: { value: Uint8Array }[];
    };
    assert.equal(Buffer.from(kvs[0]?.value ?? '').toString(), 'value');
  });

  testHere(
    'files come by name, and an import that was sent on the stream is not sent again',
    async (client) => {
      const stream = client.ask<ReflectionResponse>('reflection.ServerReflectionInfo', {
        file_by_filename: 'etcd/v3lock.proto',
      });
      const names = filesOf(await stream.inbox.next()).map(({ name }) => name);
      assert.deepEqual(names.sort(), [
        'etcd/auth.proto',
        'etcd/kv.proto',
        'etcd/rpc.proto',
        'etcd/v3lock.proto',
      ]);
      const open = client.openStream('reflection.ServerReflectionInfo');
      const answers: ReflectionResponse[] = [];
      open.on('data', (answer: ReflectionResponse) => answers.push(answer));
      for (const path of ['etcd/rpc.proto', 'etcd/v3lock.proto'])
        open.write({ file_by_filename: path });
      open.end();
      await new Promise((resolve) => open.once('end', resolve));
      assert.deepEqual(
        answers.map((answer) => filesOf(answer).length),
        [3, 1],
      );
    },
  );

  testHere('what is not there is an answer, and the stream goes on', async (client) => {
    for (const request of [
      { file_by_filename: 'none.proto' },
      { file_containing_symbol: 'etcdserverpb.Nothing' },
      {
        file_containing_extension: {
          containing_type: 'etcdserverpb.RangeRequest',
          extension_number: 1,
        },
      },
      { all_extension_numbers_of_type: 'etcdserverpb.Nothing' },
    ]) {
      const { error_response: error } = await reflect(client, request);
      assert.deepEqual(error, { error_code: NOT_FOUND, error_message: 'proto: not found' });
    }
    const known = await reflect(client, {
      all_extension_numbers_of_type: 'etcdserverpb.RangeRequest',
    });
    assert.equal(known.all_extension_numbers_response?.base_type_name, 'etcdserverpb.RangeRequest');
  });

  testHere('the older version answers alike', async (client) => {
    const definition = '/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo';
    // list_services is field 7: a tag, a length, a byte.
    const outcome = await client.rawCall(definition, Buffer.from([0x3a, 1, 0x2a]));
    assert.ok('response' in outcome);
    assert.ok(outcome.response.includes('grpc.reflection.v1alpha.ServerReflection'));
  });
});
