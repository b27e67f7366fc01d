import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFlags, takeVerb } from './command-line.ts';
import { grpcProxyFlags } from './grpc/flags.ts';
import { gatewayFlags } from './tcp/flags.ts';

test('defaults are those of etcd', () => {
  const gateway = readFlags(gatewayFlags, []);
  assert.ok(gateway !== 'help');
  assert.deepEqual(
    [gateway['listen-addr'], gateway.endpoints, gateway['retry-delay']],
    ['127.0.0.1:23790', ['127.0.0.1:2379'], 60_000],
  );
  const proxy = readFlags(grpcProxyFlags, []);
  assert.ok(proxy !== 'help');
  assert.deepEqual(
    [proxy['advertise-client-url'], proxy['data-dir'], proxy['grpc-keepalive-interval']],
    ['127.0.0.1:23790', 'default.proxy', 7_200_000],
  );
});

test('what to do may stand behind flags, which keep their values', () => {
  const orders: readonly (readonly [readonly string[], string | undefined, readonly string[]])[] = [
    [['start', '--endpoints', 'a:1'], 'start', ['--endpoints', 'a:1']],
    [['--endpoints=a:1', 'start', '--help'], 'start', ['--endpoints=a:1', '--help']],
    [['--endpoints', 'a:1', 'start'], 'start', ['--endpoints', 'a:1']],
    [['-h', 'start'], 'start', ['-h']],
    [['--endpoints', 'start'], undefined, ['--endpoints', 'start']],
    [[], undefined, []],
  ];
  for (const [args, verb, rest] of orders) assert.deepEqual(takeVerb(args), { verb, rest });
});

test('values stand behind the flag or an equals sign, lists grow, toggles need none', () => {
  const values = readFlags(grpcProxyFlags, [
    ...['--endpoints', 'a:1,b:2', '--endpoints=c:3', '--debug', '--auto-tls=false'],
  ]);
  assert.ok(values !== 'help');
  assert.deepEqual(values.endpoints, ['a:1', 'b:2', 'c:3']);
  assert.deepEqual([values.debug, values['auto-tls']], [true, false]);
  assert.equal(readFlags(grpcProxyFlags, ['--debug', '-h']), 'help');
});

test('refused: unknown flags, values that are none, words that are no flags', () => {
  const refusal =
    (...args: string[]) =>
    ({ message }: Error) => {
      assert.match(message, new RegExp(args[0] ?? ''));
      return true;
    };
  assert.throws(
    () => readFlags(gatewayFlags, ['--endpoint=x']),
    refusal('unknown flag: --endpoint; did you mean --endpoints'),
  );
  assert.throws(
    () => readFlags(gatewayFlags, ['-listen-addr=x']),
    refusal('flags begin with two dashes'),
  );
  assert.throws(
    () => readFlags(gatewayFlags, ['--endpoints']),
    refusal('flag needs an argument: --endpoints'),
  );
  assert.throws(() => readFlags(gatewayFlags, ['start']), refusal('"start" is not a flag'));
  assert.throws(
    () => readFlags(grpcProxyFlags, ['--resolver-ttl=soon']),
    refusal('invalid argument "soon" for "--resolver-ttl": expected a whole number'),
  );
});
