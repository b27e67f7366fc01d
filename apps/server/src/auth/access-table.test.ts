/** Every method that any service serves has a row that says what it asks of its caller, and no row is of nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as protocol from '@concord/protocol';
import type { ServiceDescriptor } from '@concord/protocol';
import { configure } from '../config/configuration.ts';
import { registerServices } from '../rpc/services.ts';
import { OLDER_REFLECTION, accessOf, accessTable } from './access-table.ts';

/** All that the generated code knows, whether it is served yet or not. */
const services = Object.values(protocol as Record<string, unknown>).filter(
  (value): value is ServiceDescriptor =>
    typeof value === 'object' && value !== null && 'methods' in value && 'name' in value,
);
const paths = services.flatMap(({ methods }) => Object.values(methods).map(({ path }) => path));

test('every method of every service has a row, and every row is of a method', () => {
  assert.ok(paths.length > 40, 'the services were found');
  assert.deepEqual(Object.keys(accessTable).sort(), [...paths, OLDER_REFLECTION].sort());
});

test('every method that a member registers has a row', () => {
  // Services keep what they are given for later: registering needs none of it.
  const nothing = {} as never;
  const known = configure([], {});
  assert.ok(known.kind === 'run');
  const { registry } = registerServices({
    replica: nothing,
    store: nothing,
    identity: nothing,
    values: known.values,
    log: nothing,
    operatorLog: nothing,
    noSpaceRaised: () => undefined,
    monitor: { calls: undefined, reads: undefined } as never,
  });
  assert.ok(registry.methods.size >= 40);
  for (const path of registry.methods.keys()) assert.ok(path in accessTable, path);
});

test('what has no row is for root alone', () => {
  assert.equal(accessOf('/new.Service/Method'), 'root');
});
