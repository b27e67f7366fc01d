/** The ping policy of gRPC servers with etcd's defaults, and this server's own probes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ClientProbe, DEFAULT_KEEPALIVE, PingPolicy } from './keepalive.ts';

test('the third early ping in a row is one too many', () => {
  const policy = new PingPolicy(DEFAULT_KEEPALIVE);
  const verdicts = [0, 1, 2, 3].map((nowMs) => policy.onPing(nowMs, 1, false));
  assert.deepEqual(verdicts, [true, true, true, false]);
});

test('pings every five seconds are fine while a stream is open', () => {
  const policy = new PingPolicy(DEFAULT_KEEPALIVE);
  for (let nowMs = 0; nowMs < 1_000_000; nowMs += 5_000) {
    assert.equal(policy.onPing(nowMs, 1, false), true);
  }
});

test('without a stream the same pings are too many, unless that is permitted', () => {
  const strict = new PingPolicy(DEFAULT_KEEPALIVE);
  const verdicts = [0, 5_000, 10_000, 15_000].map((nowMs) => strict.onPing(nowMs, 0, false));
  assert.deepEqual(verdicts, [true, true, true, false]);
  const lenient = new PingPolicy({ ...DEFAULT_KEEPALIVE, permitWithoutStream: true });
  for (let nowMs = 0; nowMs < 1_000_000; nowMs += 5_000) {
    assert.equal(lenient.onPing(nowMs, 0, false), true);
  }
});

test('progress clears the strikes', () => {
  const policy = new PingPolicy(DEFAULT_KEEPALIVE);
  for (let nowMs = 0; nowMs < 100; nowMs++) {
    assert.equal(policy.onPing(nowMs, 1, nowMs % 3 === 0), true);
  }
});

test('a silent client is pinged after the interval and given up after the timeout', () => {
  const probe = new ClientProbe({ ...DEFAULT_KEEPALIVE, intervalMs: 100, timeoutMs: 20 }, 0);
  assert.equal(probe.tick(99), 'nothing');
  assert.equal(probe.tick(100), 'ping');
  assert.equal(probe.tick(119), 'nothing');
  assert.equal(probe.tick(120), 'give-up');
});

test('an answer in time starts the interval again', () => {
  const probe = new ClientProbe({ ...DEFAULT_KEEPALIVE, intervalMs: 100, timeoutMs: 20 }, 0);
  assert.equal(probe.tick(100), 'ping');
  probe.onRead(110);
  assert.equal(probe.tick(209), 'nothing');
  assert.equal(probe.tick(210), 'ping');
});

test('an interval of 0 never pings', () => {
  const probe = new ClientProbe({ ...DEFAULT_KEEPALIVE, intervalMs: 0 }, 0);
  assert.equal(probe.tick(1e12), 'nothing');
});
