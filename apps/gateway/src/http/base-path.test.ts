import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lacksSlash, withoutBasePath } from './base-path.ts';

test('what is below the path is known without it, and nothing else is touched', () => {
  assert.equal(withoutBasePath('/tools/concord/v1/keys?a=1', '/tools/concord'), '/v1/keys?a=1');
  assert.equal(withoutBasePath('/tools/concord', '/tools/concord'), '/');
  assert.equal(withoutBasePath('/tools/concord?x', '/tools/concord'), '/?x');
  assert.equal(withoutBasePath('/tools/concordia/v1', '/tools/concord'), '/tools/concordia/v1');
  assert.equal(withoutBasePath('/health/ready', '/tools/concord'), '/health/ready');
  assert.equal(withoutBasePath('/v1', ''), '/v1');
});

test('the path itself lacks its slash', () => {
  assert.ok(lacksSlash('/tools/concord?x=1', '/tools/concord'));
  assert.ok(!lacksSlash('/tools/concord/', '/tools/concord'));
  assert.ok(!lacksSlash('/', ''));
});
