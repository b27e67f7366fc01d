/** Sealing: nothing of the text shows, nothing can be changed, nothing of the keys is said. */
import assert from 'node:assert/strict';
import { createDecipheriv, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { ConcordError } from '@concord/client';
import { KeyRing, type KeyRingOptions } from './key-ring.ts';
import { redact } from './redact.ts';
import { isSealed, seal, unseal } from './sealed.ts';

const key = randomBytes(32);

test('a sealed text opens with its key and name alone, and is another each time', () => {
  const sealed = seal('hunter2', 'default/db', 'a', key);
  assert.ok(isSealed(JSON.parse(JSON.stringify(sealed))));
  assert.equal(unseal(sealed, 'default/db', key), 'hunter2');
  assert.equal(unseal(sealed, 'default/other', key), undefined);
  assert.equal(unseal(sealed, 'default/db', randomBytes(32)), undefined);
  assert.notDeepEqual(seal('hunter2', 'default/db', 'a', key), sealed);
});

test('a changed byte anywhere, or a short tag, opens nothing', () => {
  const sealed = seal('hunter2', 'default/db', 'a', key);
  for (const field of ['iv', 'tag', 'data'] as const) {
    const bytes = Buffer.from(sealed[field], 'base64');
    bytes[0]! ^= 1;
    assert.equal(
      unseal({ ...sealed, [field]: bytes.toString('base64') }, 'default/db', key),
      undefined,
    );
  }
  const tag = Buffer.from(sealed.tag, 'base64').subarray(0, 4).toString('base64');
  assert.equal(unseal({ ...sealed, tag }, 'default/db', key), undefined);
  assert.equal(unseal({ ...sealed, iv: '' }, 'default/db', key), undefined);
});

test('another program opens it with nothing but AES-256-GCM', () => {
  const sealed = seal('päss', 'default/db', 'a', key);
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.iv, 'base64'));
  decipher.setAAD(Buffer.from('default/db'));
  decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'));
  assert.equal(decipher.update(sealed.data, 'base64', 'utf8') + decipher.final('utf8'), 'päss');
});

test('a ring shows no key, not in an error either', () => {
  const short = randomBytes(16).toString('base64');
  const cases: [unknown, RegExp][] = [
    [{ current: 'a', keys: { a: short } }, /has a key "a" of 16 bytes, not 32/],
    [{ current: 'b', keys: { a: key } }, /has no key "b", which "current" names/],
    [{ current: 'a' }, /has no "keys"/],
    [null, /has no "keys"/],
    [{ current: 'a', keys: { a: 7 } }, /has a key "a" that is no base64/],
  ];
  for (const [options, text] of cases) {
    assert.throws(
      () => new KeyRing('Configuration', options as KeyRingOptions),
      (error) =>
        ConcordError.is(error, 'INVALID_ARGUMENT') &&
        text.test(error.message) &&
        !error.message.includes(short),
    );
  }
  const ring = new KeyRing('test', { current: 'a', keys: { a: key } });
  const shown = inspect(ring, { showHidden: true, depth: 9 }) + JSON.stringify(ring);
  assert.equal(shown, 'KeyRing { current: "a" }"[key ring]"');
});

test('named fields are redacted wherever they are, and the value is left alone', () => {
  const value = { user: 'me', db: { password: 'hunter2', hosts: ['a', 'b'] } };
  assert.deepEqual(redact(value, ['db.password', 'db.hosts.1', 'nothing']), {
    user: 'me',
    db: { password: '[secret]', hosts: ['a', '[secret]'] },
  });
  assert.equal(redact(value, true), '[secret]');
  assert.equal(redact(value, false), value);
  assert.equal(value.db.password, 'hunter2');
});
