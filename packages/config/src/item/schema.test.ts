/** Any Standard Schema: what it makes, what it refuses, and what is none. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError } from '@concord/client';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { checkedSchema, validateValue } from './schema.ts';

const schema = (validate: StandardSchemaV1.Props['validate']): StandardSchemaV1 => ({
  '~standard': { version: 1, vendor: 'test', validate },
});

test('a schema may transform, may take its time, and may be a function', async () => {
  const doubling = schema((value) => Promise.resolve({ value: Number(value) * 2 }));
  assert.deepEqual(await validateValue(doubling, '21'), { ok: true, value: 42 });
  const callable = Object.assign(
    () => undefined,
    schema((value) => ({ value })),
  );
  assert.equal(checkedSchema('test', callable), callable);
  assert.deepEqual(await validateValue(undefined, 'as is'), { ok: true, value: 'as is' });
});

test('issues keep their text and place, and a schema that throws is an issue too', async () => {
  const refusing = schema(() => ({
    issues: [{ message: 'too low', path: ['pool', { key: 0 }] }, { message: 'odd' }],
  }));
  assert.deepEqual(await validateValue(refusing, 1), {
    ok: false,
    issues: [
      { message: 'too low', path: 'pool.0' },
      { message: 'odd', path: '' },
    ],
  });
  const broken = schema(() => {
    throw new Error('bug');
  });
  const result = await validateValue(broken, 1);
  assert.ok(!result.ok);
  assert.equal(result.issues[0]?.message, 'its schema threw: bug');
});

test('what is no Standard Schema is refused, with what it is', () => {
  const cases: [unknown, RegExp][] = [
    [{ parse: 1 }, /is an object of Object/],
    [null, /is null/],
    ['string', /is a string/],
    [() => undefined, /is a function/],
    [{ '~standard': { version: 2, validate: () => undefined } }, /no Standard Schema of version 1/],
  ];
  for (const [given, text] of cases) {
    assert.throws(
      () => checkedSchema('defineConfig', given),
      (error) => ConcordError.is(error, 'INVALID_ARGUMENT') && text.test(error.message),
    );
  }
});
