/** Every option that can't be meant is refused at the call, by an error that names it, what was given and what is allowed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError } from '@concord/client';
import { defineService } from '../service-definition.ts';
import { checkRegisterOptions } from './register-options.ts';

const good = { name: 'orders', port: 3000 };

for (const [option, given, text] of [
  ['weight', -1, 'registry.register: option "weight" is -1; give an integer from 0 to 1000'],
  ['weight', 1001, 'option "weight" is 1001; give an integer from 0 to 1000'],
  ['weight', 1.5, 'option "weight" is 1.5'],
  ['weight', NaN, 'option "weight" is NaN'],
  ['weight', '100', 'option "weight" is "100"'],
  ['ttl', 0, 'option "ttl" is 0; give a span of time from "1s" to "24h"'],
  ['ttl', '500ms', 'option "ttl" is "500ms"'],
  ['ttl', 'soon', 'registry.register: option "ttl": "soon" is no span of time'],
  ['name', 'a/b', 'option "name" is "a/b"; give 1 to 128 letters, digits'],
  ['name', '', 'option "name" is ""'],
  ['name', undefined, 'option "name" is undefined'],
  ['id', '../x', 'option "id" is "../x"'],
  ['port', 0, 'option "port" is 0; give an integer from 1 to 65535'],
  ['port', 65536, 'option "port" is 65536'],
  ['port', '3000', 'option "port" is "3000"'],
  ['port', {}, 'option "port" is {}; give an object with at least one port'],
  ['port', { http: 0 }, 'option "port.http" is 0'],
  ['address', '10.0.0.1:3000', 'option "address" is "10.0.0.1:3000"; give a host name'],
  ['address', 'http://x', 'option "address" is "http://x"'],
  ['zone', '', 'option "zone" is ""'],
  ['labels', { a: 1 }, 'option "labels" is {"a":1}'],
  ['start', 'up', 'option "start" is "up"; give "serving" or "starting"'],
  ['warmup', -1, 'option "warmup": -1 is no span of time'],
  ['readiness', 'yes', 'options are "yes"'],
  ['readiness', { check: 1 }, 'option "readiness" is 1; give a function'],
  ['readiness', { check: () => true, failuresMax: 0 }, 'option "readiness.failuresMax" is 0'],
  ['onSessionLoss', 'panic', 'option "onSessionLoss" is "panic"; give "re-register" or "fail"'],
  ['replace', 'yes', 'option "replace" is "yes"; give true or false'],
  ['drainOn', ['SIGKILL'], 'option "drainOn" is ["SIGKILL"]; give a list of signals'],
  ['drainOn', 'SIGTERM', 'option "drainOn" is "SIGTERM"'],
  ['wieght', 1, 'there is no option "wieght"; did you mean "weight"?'],
] as const) {
  test(`"${option}" of ${JSON.stringify(given)} is refused`, () => {
    assert.throws(
      () => checkRegisterOptions({ ...good, [option]: given }),
      (error) => {
        assert.ok(ConcordError.is(error, 'INVALID_ARGUMENT'), String(error));
        assert.ok(error.message.includes(text), error.message);
        return error.outcome === 'not-applied' && !error.retryable;
      },
    );
  });
}

for (const options of [null, 'orders', [], undefined]) {
  test(`${JSON.stringify(options)} in place of options is refused`, () => {
    assert.throws(() => checkRegisterOptions(options as never), { code: 'INVALID_ARGUMENT' });
  });
}

test('what is left out has its default', () => {
  const checked = checkRegisterOptions(good);
  assert.deepEqual(
    { ...checked, definition: checked.definition.name },
    {
      definition: 'orders',
      port: 3000,
      ports: undefined,
      id: undefined,
      weight: 100,
      ttlMs: 15_000,
      address: 'auto',
      zone: undefined,
      labels: {},
      metadata: undefined,
      start: 'serving',
      warmupMs: 0,
      readiness: undefined,
      onSessionLoss: 're-register',
      replace: false,
      drainOn: [],
    },
  );
});

test('the ports of a definition must all be given, and the first is the port', () => {
  const name = defineService({ name: 'orders', ports: ['http', 'grpc'] });
  const checked = checkRegisterOptions({ name, port: { grpc: 2, http: 1 } } as never);
  assert.equal(checked.port, 1);
  for (const port of [1, { http: 1 }]) {
    assert.throws(() => checkRegisterOptions({ name, port } as never), /http, grpc/);
  }
});

test('a service that has a readiness check starts unready', () => {
  const { start, readiness } = checkRegisterOptions({ ...good, readiness: () => true });
  assert.equal(start, 'starting');
  assert.equal(readiness?.interval, 1000);
});

test('definitions are checked as they are made', () => {
  assert.throws(() => defineService({ name: 'a/b' }), { code: 'INVALID_ARGUMENT' });
  assert.throws(() => defineService({ name: 'a', metadata: {} as never }), /Standard Schema/);
  assert.throws(() => defineService({ name: 'a', ports: [] }), /"ports"/);
});
