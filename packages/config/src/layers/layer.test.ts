/** Which layer gives what: of values, and of variables. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError } from '@concord/client';
import { itemAddress } from '../item/address.ts';
import { checkedEnvironment, environmentValue, variableOf } from './environment.ts';
import { combine, provenance, type Layer, type LayerName } from './layer.ts';

const layer = (name: LayerName, value: unknown): Layer => ({ name, origin: `the ${name}`, value });
const layers = [
  layer('fallback', { host: 'a', pool: { min: 1, max: 1 }, tags: ['x'] }),
  layer('release', { pool: { max: 2 }, tags: ['y', 'z'] }),
  layer('override', { pool: { max: 3 }, extra: {} }),
];

test('the topmost replaces the others, unless objects are merged', () => {
  assert.deepEqual(combine(layers, false)?.value, { pool: { max: 3 }, extra: {} });
  assert.deepEqual(combine(layers, true)?.value, {
    host: 'a',
    pool: { min: 1, max: 3 },
    tags: ['y', 'z'],
    extra: {},
  });
  assert.equal(combine(layers, true)?.top.name, 'override');
  assert.equal(combine([], true), undefined);
});

test('every field is traced to the layer that gave it', () => {
  const traced = (isMerged: boolean): Record<string, LayerName> =>
    Object.fromEntries(provenance(layers, isMerged).map(({ path, layer }) => [path, layer]));
  assert.deepEqual(traced(true), {
    host: 'fallback',
    'pool.min': 'fallback',
    tags: 'release',
    'pool.max': 'override',
    extra: 'override',
  });
  assert.deepEqual(traced(false), { '': 'override' });
});

test('a value in place of an object, and an object in place of a value, take its fields with them', () => {
  const traced = (...values: unknown[]): string[] =>
    provenance(
      values.map((value, index) => layer(index === 0 ? 'plain' : 'release', value)),
      true,
    ).map(({ path, layer }) => `${path} ${layer}`);
  assert.deepEqual(traced({ a: { b: 1, c: 1 } }, { a: 7 }), ['a release']);
  assert.deepEqual(traced({ a: 7 }, { a: { b: 1 } }), ['a.b release']);
  assert.deepEqual(traced({ a: { b: 1 } }, { a: {} }), ['a.b plain']);
  assert.deepEqual(traced({ a: 1 }, 'text'), [' release']);
});

test('the variable of an item is its name in capitals, or the one it was given', () => {
  const address = itemAddress('test', '/db/pool-size.max', 'blue');
  assert.equal(variableOf(address), 'CONCORD_CONFIG_BLUE_DB_POOL_SIZE_MAX');
  const variables = { CONCORD_CONFIG_BLUE_DB_POOL_SIZE_MAX: '3', POOL: '4', EMPTY: '' };
  assert.deepEqual(environmentValue(address, { variables }), {
    variable: 'CONCORD_CONFIG_BLUE_DB_POOL_SIZE_MAX',
    text: '3',
  });
  for (const name of ['/db/pool-size.max', 'db/pool-size.max', 'blue:db/pool-size.max']) {
    assert.equal(environmentValue(address, { variables, names: { [name]: 'POOL' } })?.text, '4');
  }
  const empty = { variables, names: { 'db/pool-size.max': 'EMPTY' } };
  assert.equal(environmentValue(address, empty), undefined);
  assert.equal(checkedEnvironment('test', false), undefined);
  assert.throws(
    () => checkedEnvironment('Configuration', { names: { x: 7 as never } }),
    (error) => ConcordError.is(error, 'INVALID_ARGUMENT') && /maps "x" to 7/.test(error.message),
  );
});
