import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OptionsError, readOptions } from './command-line.ts';

test('a flag wins over the variable of the same option, and the rest are defaults', () => {
  const options = readOptions(['--listen-port=8000', '--endpoints', 'a:1,b:2'], {
    CONCORD_GATEWAY_LISTEN_PORT: '9000',
    CONCORD_GATEWAY_LOG_LEVEL: 'warn',
  });
  assert.equal(options.listenPort, 8000);
  assert.equal(options.logLevel, 'warn');
  assert.deepEqual(options.endpoints, ['a:1', 'b:2']);
  assert.equal(options.listenHost, '127.0.0.1');
});

test('a setting that cannot be meant is named with its flag, its variable and what was given', () => {
  assert.throws(
    () => readOptions([], { CONCORD_GATEWAY_LISTEN_PORT: 'many' }),
    (error) =>
      error instanceof OptionsError &&
      /--listen-port \(CONCORD_GATEWAY_LISTEN_PORT\).*"many"/.test(error.message),
  );
  assert.throws(() => readOptions(['--port', '1'], {}), /--port: no such flag/);
  assert.throws(() => readOptions(['--listen-port'], {}), /--listen-port: it needs a value/);
});
