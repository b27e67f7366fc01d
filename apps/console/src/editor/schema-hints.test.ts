import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldHints, valueHints, type JsonSchema } from './schema-hints.ts';

const schema: JsonSchema = {
  type: 'object',
  required: ['pool'],
  properties: {
    pool: { $ref: '#/$defs/pool' },
    hosts: { type: 'array', items: { type: 'object', properties: { zone: { enum: ['a', 'b'] } } } },
    labels: { type: 'object', additionalProperties: { type: 'boolean' } },
  },
  $defs: {
    pool: {
      type: 'object',
      description: 'Connections',
      properties: { max: { type: 'integer', minimum: 1, maximum: 100, default: 10 } },
    },
    circle: { $ref: '#/$defs/circle' },
  },
};

test('the fields of a place are told with their type, range and whether they are required', () => {
  assert.deepEqual(fieldHints(schema, [])[0], {
    label: 'pool',
    detail: 'object, required',
    info: 'Connections',
  });
  assert.deepEqual(fieldHints(schema, ['pool']), [{ label: 'max', detail: 'integer, 1 to 100' }]);
  assert.deepEqual(fieldHints(schema, ['hosts', 3]), [{ label: 'zone', detail: '"a" | "b"' }]);
  assert.deepEqual(fieldHints(schema, ['unheard', 'of']), []);
});

test('values are offered where the schema names them', () => {
  assert.deepEqual(
    valueHints(schema, ['hosts', 0, 'zone']).map(({ label }) => label),
    ['"a"', '"b"'],
  );
  assert.deepEqual(
    valueHints(schema, ['labels', 'any']).map(({ label }) => label),
    ['true', 'false'],
  );
  assert.deepEqual(
    valueHints(schema, ['pool', 'max']).map(({ label }) => label),
    ['10'],
  );
});

test('references that lead in circles or nowhere end', () => {
  assert.deepEqual(
    fieldHints(
      { ...schema, properties: { a: { $ref: '#/$defs/circle' }, b: { $ref: '#/$defs/none' } } },
      ['a'],
    ),
    [],
  );
});
