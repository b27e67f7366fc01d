import assert from 'node:assert/strict';
import { test } from 'node:test';

import { WindowGrants } from './window-grants.ts';
import type { GrantHolder } from './window-grants.ts';

interface Holder extends GrantHolder {
  receiving: boolean;
}

function holder(name: string, log: string[]): Holder {
  return {
    grantedBytes: 0,
    receiving: true,
    onGrant: (bytes) => log.push(`${name}${String(bytes)}`),
  };
}

test('requests are served in order, and wait when the limit is reached', () => {
  const log: string[] = [];
  const grants = new WindowGrants(100);
  const [a, b, c] = [holder('a', log), holder('b', log), holder('c', log)];
  grants.request(a, 60);
  grants.request(b, 60);
  grants.request(c, 10);
  assert.deepEqual(log, ['a60'], 'c does not overtake b');
  grants.release(a);
  assert.deepEqual(log, ['a60', 'b60', 'c10']);
  assert.equal(a.grantedBytes, 0);
});

test('a request above the limit is served alone', () => {
  const log: string[] = [];
  const grants = new WindowGrants(100);
  const [a, b] = [holder('a', log), holder('b', log)];
  grants.request(a, 500);
  grants.request(b, 1);
  assert.deepEqual(log, ['a500']);
  grants.release(a);
  assert.deepEqual(log, ['a500', 'b1']);
});

test('a stream that is gone is passed over', () => {
  const log: string[] = [];
  const grants = new WindowGrants(100);
  const [a, b, c] = [holder('a', log), holder('b', log), holder('c', log)];
  grants.request(a, 100);
  grants.request(b, 100);
  grants.request(c, 100);
  b.receiving = false;
  grants.release(a);
  assert.deepEqual(log, ['a100', 'c100']);
});
