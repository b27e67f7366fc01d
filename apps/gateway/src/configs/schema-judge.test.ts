/** Schemas of others are applied, and cannot hold the gateway up. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SchemaJudge } from './schema-judge.ts';

const judge = new SchemaJudge();
const pool = {
  $id: 'pool',
  type: 'object',
  properties: {
    max: { type: 'number', exclusiveMinimum: 0 },
    hosts: { type: 'array', items: { type: 'string' } },
  },
  required: ['max'],
  additionalProperties: false,
};

test('what a schema has against a value is told by the place in it', () => {
  assert.deepEqual(judge.judge(pool, { max: 5 }, false), { state: 'valid' });
  const judgement = judge.judge(pool, { hosts: ['a', 7], colour: 1 }, false);
  assert.ok(judgement.state === 'invalid');
  assert.deepEqual(judgement.issues.map(({ path }) => path).sort(), ['colour', 'hosts.1', 'max']);
});

test('a value that is merged with others may lack what the schema requires', () => {
  assert.deepEqual(judge.judge(pool, { hosts: [] }, true), { state: 'valid' });
  assert.equal(judge.judge(pool, { max: 0 }, true).state, 'invalid');
});

test('two versions may declare different schemas of one id', () => {
  assert.equal(judge.judge({ ...pool, required: [] }, {}, false).state, 'valid');
  assert.equal(judge.judge(pool, {}, false).state, 'invalid');
});

test('a schema that cannot be applied judges nothing: it is told why', () => {
  const bad: Record<string, unknown>[] = [
    { type: 'nonsense' },
    { $ref: 'https://example.com/elsewhere.json' },
    { type: 'string', pattern: '(' },
  ];
  for (const schema of bad) {
    const judgement = judge.judge(schema, 'x', false);
    assert.equal(judgement.state, 'unchecked', JSON.stringify(schema));
  }
});

test('a pattern that would run for ever is given up', () => {
  const began = performance.now();
  const schema = { type: 'string', pattern: '^(a+)+$' };
  const judgement = judge.judge(schema, `${'a'.repeat(40)}b`, false);
  assert.equal(judgement.state, 'unchecked');
  assert.ok(performance.now() - began < 5_000);
});
