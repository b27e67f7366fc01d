import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordClientsModule } from './clients.ts';

test('a client that can not be meant is refused where it is given', () => {
  const refused = (client: object, message: RegExp): void =>
    assert.throws(() => ConcordClientsModule.register([client as never]), {
      code: 'INVALID_ARGUMENT',
      message,
    });
  const client = { transport: 'tcp', name: 'PAYMENTS', service: 'payments' };
  refused({ ...client, transport: 'nats' }, /option "transport" is "nats"; give "grpc" or "tcp"/);
  refused({ ...client, service: 'a b' }, /option "service" is "a b"; give the name of a service/);
  refused({ ...client, service: undefined }, /option "service" is undefined/);
  const { exports } = ConcordClientsModule.register([client as never]);
  assert.deepEqual(exports, ['PAYMENTS']);
  const named = { transport: 'grpc', name: 'A', service: 'payments/admin', options: {} };
  assert.ok(ConcordClientsModule.register([named as never]));
});
