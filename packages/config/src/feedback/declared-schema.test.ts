/** What a definition declares to operators, and how it is found again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { z } from 'zod';
import { itemAddress } from '../item/address.ts';
import { defineConfig } from '../item/definition.ts';
import { declarationOf, decodeDeclaration, schemaKey, schemaOwner } from './declared-schema.ts';

const at = '2026-01-01T00:00:00.000Z';

test('a definition declares what documents must be, before defaults, and what it says of them', () => {
  const pool = defineConfig({
    id: 'orders/pool',
    schema: z.object({ max: z.number().positive(), waitMs: z.number().default(100) }),
    format: 'yaml',
    restartRequired: ['max'],
  });
  const declared = declarationOf(pool, at);
  assert.deepEqual(declared?.schema['required'], ['max']);
  assert.deepEqual(
    { ...declared, schema: undefined },
    { schema: undefined, format: 'yaml', restartRequired: ['max'], at },
  );
  assert.deepEqual(decodeDeclaration(JSON.stringify(declared)), declared);
});

test('a library that makes no JSON Schema declares nothing', () => {
  assert.equal(declarationOf(defineConfig({ id: 'x', schema: v.string() }), at), undefined);
});

test('app and version are found again in a key, whatever they hold', () => {
  const address = itemAddress('test', 'a/b', 'default');
  for (const [app, version] of [
    ['orders', '1.4.0'],
    ['a@b/c', '1.0.0+build@7'],
  ] as const) {
    const key = schemaKey(address, app, version);
    assert.ok(key.startsWith('/concord/config/schemas/default/a%2Fb/'));
    assert.deepEqual(schemaOwner(key), { app, version });
  }
  assert.equal(schemaOwner('/concord/config/schemas/default/a/%E0%A4%A@1'), undefined);
  for (const bad of [
    'x',
    'null',
    '{}',
    '{"schema":1,"at":""}',
    '{"schema":{},"at":"","format":"xml"}',
  ]) {
    assert.equal(decodeDeclaration(bad), undefined, bad);
  }
});
