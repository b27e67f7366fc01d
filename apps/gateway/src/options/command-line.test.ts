import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { OptionsError, readOptions } from './command-line.ts';

const directory = mkdtempSync(join(tmpdir(), 'concord-options-'));
after(() => rmSync(directory, { recursive: true, force: true }));
const file = (text: string): string => {
  const path = join(directory, `${Math.random()}.yaml`);
  writeFileSync(path, text);
  return path;
};
const refuses = (
  argv: readonly string[],
  environment: Record<string, string>,
  message: RegExp,
): void => {
  assert.throws(
    () => readOptions(argv, environment),
    (error) => error instanceof OptionsError && message.test(error.message),
    String(message),
  );
};

test('a flag wins over the variable of the same option, that over the file, and the rest are defaults', () => {
  const path = file('listen-port: 7000\nlog-level: error\nendpoints: [a:1, b:2]\n');
  const options = readOptions(['--listen-port=8000', '--config-file', path], {
    CONCORD_GATEWAY_LISTEN_PORT: '9000',
    CONCORD_GATEWAY_LOG_LEVEL: 'warn',
  });
  assert.equal(options.listenPort, 8000);
  assert.equal(options.logLevel, 'warn');
  assert.deepEqual(options.endpoints, ['a:1', 'b:2']);
  assert.equal(options.listenHost, '127.0.0.1');
});

test('a setting that cannot be meant is named with where it was given, what was given and what is near', () => {
  refuses(
    [],
    { CONCORD_GATEWAY_LISTEN_PORT: 'many' },
    /--listen-port \(CONCORD_GATEWAY_LISTEN_PORT\).*"many"/,
  );
  refuses(
    [],
    { CONCORD_GATEWAY_LISTENPORT: '1' },
    /no such option; did you mean CONCORD_GATEWAY_LISTEN_PORT/,
  );
  refuses(['--port', '1'], {}, /--port: no such flag; --help lists them/);
  refuses(['--listen-port'], {}, /--listen-port: it needs a value/);
  refuses(['--config-file', file('listen-prot: 1\n')], {}, /"listen-prot" is no option/);
  refuses(['--config-file', file('a: [1\n')], {}, /--config-file: .*line/);
  refuses(['--config-file', '/nowhere'], {}, /cannot be read/);
});

test('secrets are neither taken from where others see them nor told again', () => {
  refuses(
    ['--password', 'hunter2'],
    {},
    /--password: whoever lists processes would see it; give --password-file/,
  );
  refuses(
    ['--config-file', file('password: hunter2\n')],
    {},
    /"password" does not stand in this file/,
  );
  assert.throws(
    () => readOptions([], { CONCORD_GATEWAY_PASSWORD: 'hunter2' }),
    (error) => error instanceof OptionsError && !error.message.includes('hunter2'),
  );
});

test('development mode is refused on an address that others reach', () => {
  refuses(
    ['--mode', 'development', '--listen-host', '0.0.0.0'],
    {},
    /--listen-host has to be a loopback address/,
  );
  assert.equal(
    readOptions(['--mode', 'development', '--listen-host', '::1'], {}).mode,
    'development',
  );
});
