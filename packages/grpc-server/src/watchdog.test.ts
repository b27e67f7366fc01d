import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ConnectionError } from './errors.ts';
import { ErrorCode } from './frame.ts';
import { DEFAULT_KEEPALIVE } from './keepalive.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { ConnectionFacts, Verdict } from './watchdog.ts';
import { Watchdog } from './watchdog.ts';

const FINE: ConnectionFacts = { settingsSeen: true, pendingBytes: 0, writtenBytes: 0 };
const create = (): Watchdog => new Watchdog(DEFAULT_LIMITS, DEFAULT_KEEPALIVE, 0);

function assertError(verdict: Verdict, code: number, message: string): void {
  assert.ok(verdict instanceof ConnectionError);
  assert.equal(verdict.code, code);
  assert.equal(verdict.message, message);
}

test('SETTINGS must come within ten seconds', () => {
  const waiting = { ...FINE, settingsSeen: false };
  assert.equal(create().tick(9_999, waiting), 'fine');
  assertError(create().tick(10_000, waiting), ErrorCode.settingsTimeout, 'no SETTINGS');
});

test('a frame must end within ten seconds, however slowly its bytes drip', () => {
  const watchdog = create();
  watchdog.onRead(1_000, true);
  watchdog.onRead(9_000, true);
  assert.equal(watchdog.tick(10_999, FINE), 'fine');
  assertError(watchdog.tick(11_000, FINE), ErrorCode.enhanceYourCalm, 'frame_too_slow');
  watchdog.onRead(11_500, false);
  assert.equal(watchdog.tick(11_500, FINE), 'fine');
});

test('a reader with 8 MiB pending must take an eighth of it every thirty seconds', () => {
  const pendingBytes = 8 * 1024 * 1024 + 1;
  const watchdog = create();
  assert.equal(watchdog.tick(0, { ...FINE, pendingBytes }), 'fine');
  assert.equal(watchdog.tick(30_000, { ...FINE, pendingBytes, writtenBytes: 1 << 20 }), 'fine');
  const dripping = { ...FINE, pendingBytes, writtenBytes: (1 << 20) + 5_000 };
  assert.equal(watchdog.tick(59_999, dripping), 'fine');
  assertError(watchdog.tick(60_000, dripping), ErrorCode.enhanceYourCalm, 'reader_too_slow');
});

test('a reader that is slow but has little pending is left alone', () => {
  const watchdog = create();
  for (let nowMs = 0; nowMs < 600_000; nowMs += 1_000) {
    assert.equal(watchdog.tick(nowMs, { ...FINE, pendingBytes: 8 * 1024 * 1024 }), 'fine');
  }
});
