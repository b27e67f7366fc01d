import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostOf, isLoopback } from './access-mode.ts';

test('only names and addresses that can be nobody else are this machine', () => {
  for (const host of [
    '127.0.0.1',
    '127.8.9.1',
    'localhost',
    'a.localhost',
    '::1',
    '[::1]',
    'LOCALHOST',
  ])
    assert.equal(isLoopback(host), true, host);
  for (const host of [
    '0.0.0.0',
    '::',
    '10.0.0.1',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    '',
    '127.1',
  ])
    assert.equal(isLoopback(host), false, host);
});

test('the port of a Host header does not belong to its name', () => {
  assert.equal(hostOf('localhost:7379'), 'localhost');
  assert.equal(hostOf('[::1]:7379'), '[::1]');
  assert.equal(hostOf('evil.example'), 'evil.example');
  assert.equal(hostOf(undefined), undefined);
});
