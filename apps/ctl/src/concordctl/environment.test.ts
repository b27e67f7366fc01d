/** What the environment says of the flags. */
import { deepEqual, throws } from 'node:assert/strict';
import { test } from 'node:test';
import type { Environment } from './command.ts';
import { flagsOfEnvironment, settingLines } from './environment.ts';
import { globalFlags } from './global-flags.ts';

class Refusal extends Error {}

function read(environment: Environment, ...given: string[]): [Record<string, unknown>, string[]] {
  const warnings: string[] = [];
  const values = flagsOfEnvironment(globalFlags, new Set(given), environment, {
    warn: (message, variable) => warnings.push(`${message}: ${variable}`),
    refuse: (message, variable) => {
      throw new Refusal(`${message}: ${variable}`);
    },
  });
  return [Object.fromEntries(values), warnings];
}

test('a variable is what its flag is, and ours wins over etcdctl’s', () => {
  const [values, warnings] = read({
    ETCDCTL_ENDPOINTS: 'a:1,b:2',
    ETCDCTL_DIAL_TIMEOUT: '1m',
    ETCDCTL_HEX: 'true',
    CONCORDCTL_HEX: 'false',
    ETCDCTL_CERT: '',
    PATH: '/bin',
  });
  deepEqual(values, { endpoints: ['a:1', 'b:2'], 'dial-timeout': 60_000, hex: false });
  deepEqual(warnings, []);
});

test('what is not known, or cannot be read, is told and passed over', () => {
  const [values, warnings] = read({
    ETCDCTL_ENDPOINT: 'a:1',
    ETCDCTL_API: '3',
    ETCDCTL_WATCH_KEY: 'k',
    ETCDCTL_DIAL_TIMEOUT: '5',
  });
  deepEqual(values, {});
  deepEqual(warnings, [
    'unrecognized environment variable: ETCDCTL_ENDPOINT=a:1',
    'ignored: time: missing unit in duration "5": ETCDCTL_DIAL_TIMEOUT=5',
  ]);
});

test('a flag that is given both ways is refused, also where the variable is empty', () => {
  throws(() => read({ ETCDCTL_ENDPOINTS: '' }, 'endpoints'), /shadowed.*: ETCDCTL_ENDPOINTS$/);
  throws(() => read({ CONCORDCTL_ENDPOINTS: 'a' }, 'endpoints'), Refusal);
});

test('the settings are shown as variables, without secrets', () => {
  const { endpoints, 'dial-timeout': dialTimeout, user, password } = globalFlags;
  const flags = { endpoints, 'dial-timeout': dialTimeout, user, password };
  const values = { endpoints: ['a', 'b'], 'dial-timeout': 90_000, user: 'me:pw', password: 'pw' };
  deepEqual(settingLines(flags, values), [
    'ETCDCTL_DIAL_TIMEOUT=1m30s',
    'ETCDCTL_ENDPOINTS=[a,b]',
    'ETCDCTL_PASSWORD=***',
    'ETCDCTL_USER=me:***',
  ]);
});
