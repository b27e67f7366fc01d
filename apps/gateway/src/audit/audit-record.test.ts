import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditKeyOf, auditTimeOf, MASK, presentable } from './audit-record.ts';

test('what is secret by name is masked, however deep it lies, and what only tells of a secret stays', () => {
  const state = {
    user: 'alice',
    password: 'hunter2',
    secret: true,
    nested: [{ clientSecret: 's', accessToken: 't', tokens: 3 }],
  };
  assert.deepEqual(presentable(state), {
    user: 'alice',
    password: MASK,
    secret: true,
    nested: [{ clientSecret: MASK, accessToken: MASK, tokens: 3 }],
  });
});

test('a state that is too long is cut, and says how long it was', () => {
  const shown = presentable({ content: 'x'.repeat(10_000) }) as { cut: string; bytes: number };
  assert.ok(shown.cut.length < 2000);
  assert.equal(shown.bytes, 10_000 + '{"content":""}'.length);
});

test('keys sort by time, and tell it', () => {
  const [early, late] = [auditKeyOf(999, 'ff'), auditKeyOf(1_700_000_000_000, '00')];
  assert.ok(early < late);
  assert.equal(auditTimeOf(late), 1_700_000_000_000);
  assert.ok(Number.isNaN(auditTimeOf('/concord/gateway/audit/other')));
});
