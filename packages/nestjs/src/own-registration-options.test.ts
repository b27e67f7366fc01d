/** What is wrong with options of a registration is said at the call, not when the application listens. */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { defineService } from '@concord/sdk';
import { ConcordModule } from './concord-module.ts';
import {
  checkOwnOptions,
  portsWith,
  type OwnRegistrationOptions,
} from './own-registration-options.ts';

const metered = defineService({ name: 'metered', metadata: z.object({ meter: z.number() }) });
const twoPorts = defineService({ name: 'two', ports: ['http', 'admin'] });

const bad: readonly [what: string, options: object, message: RegExp][] = [
  ['no name', {}, /option "name" is undefined/],
  ['a name with a slash', { name: 'a/b' }, /option "name" is "a\/b"; give 1 to 128 letters/],
  ['a negative weight', { name: 'a', weight: -1 }, /option "weight" is -1; give an integer from 0/],
  ['a TTL of zero', { name: 'a', ttl: 0 }, /option "ttl" is 0; give a span of time from "1s"/],
  ['a TTL that is no time', { name: 'a', ttl: 'soon' }, /option "ttl"/],
  ['port 0', { name: 'a', port: 0 }, /option "port" is 0; give an integer from 1 to 65535/],
  ['a port in words', { name: 'a', port: 'http' }, /option "port" is "http"/],
  ['a bad port of several', { name: 'a', port: { http: 70_000 } }, /option "port.http" is 70000/],
  ['no port of several', { name: 'a', port: {} }, /option "port" is .*; give an object/],
  [
    'one port where two are meant',
    { name: twoPorts },
    /"port" is "from-http-server"; give an object with http, admin/,
  ],
  ['an address with a port', { name: 'a', address: 'host:1' }, /option "address" is "host:1"/],
  ['an empty zone', { name: 'a', zone: '' }, /option "zone" is ""/],
  ['a label that is no text', { name: 'a', labels: { version: 2 } }, /label/],
  [
    'metadata that its schema refuses',
    { name: metered, metadata: { meter: 'x' } },
    /option "metadata" is .*meter/,
  ],
  ['a signal that nobody can hear', { name: 'a', drainOn: ['SIGKILL'] }, /option "drainOn"/],
  ['readiness that is no function', { name: 'a', readiness: { check: 1 } }, /option "readiness"/],
  ['what to do about lost leases', { name: 'a', onSessionLoss: 'cry' }, /option "onSessionLoss"/],
  ['a linger that is no time', { name: 'a', linger: 'a bit' }, /option "linger"/],
  ['a drain that is no time', { name: 'a', drainWait: -1 }, /option "drainWait"/],
  [
    'what to do without a cluster',
    { name: 'a', whenAway: 'wait' },
    /option "whenAway" is "wait"; give "fail" or "retry"/,
  ],
  ['a state', { name: 'a', start: 'serving' }, /there is no option "start"/],
  [
    'an option that is none',
    { name: 'a', wieght: 7 },
    /there is no option "wieght"; did you mean "weight"/,
  ],
];

for (const [what, options, message] of bad) {
  test(`${what} is refused where it is given`, () => {
    assert.throws(() => ConcordModule.register(options as OwnRegistrationOptions), {
      code: 'INVALID_ARGUMENT',
      message,
    });
    assert.throws(() => ConcordModule.register(options as OwnRegistrationOptions), {
      message: /^ConcordModule\.register/,
    });
  });
}

test('no options at all are refused too', () => {
  assert.throws(() => ConcordModule.register(undefined as never), { code: 'INVALID_ARGUMENT' });
  assert.throws(() => ConcordModule.register(null as never), { code: 'INVALID_ARGUMENT' });
});

test('what a schema can only say later is left to the start', () => {
  const slow = defineService({
    name: 'slow',
    metadata: z.object({}).refine(() => Promise.resolve(false)),
  });
  assert.ok(ConcordModule.register({ name: slow, metadata: {} }));
});

test("the HTTP server's port takes its place among others", () => {
  const { port } = checkOwnOptions({
    name: twoPorts,
    port: { http: 'from-http-server', admin: 9 },
  });
  assert.deepEqual(portsWith(port, 8080), { http: 8080, admin: 9 });
  assert.equal(portsWith(checkOwnOptions({ name: 'a' }).port, 8080), 8080);
  assert.equal(portsWith(checkOwnOptions({ name: 'a', port: 7 }).port, undefined), 7);
});

test('options of a connection come from exactly one place', () => {
  const useFactory = (): { endpoints: string[] } => ({ endpoints: [] });
  class Settings {
    createConcordOptions = useFactory;
  }
  const code = 'INVALID_ARGUMENT';
  const refused = (options: object, message: RegExp): void =>
    assert.throws(() => ConcordModule.forRootAsync(options), { code, message });
  assert.throws(() => ConcordModule.forRoot(undefined as never), { code });
  refused({}, /none of useFactory, useClass, useExisting is given; give one/);
  refused({ useFactory, useClass: Settings }, /useFactory and useClass of .* is given/);
  refused({ useFactroy: useFactory }, /there is no option "useFactroy"/);
});
