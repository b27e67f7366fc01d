/** Hashes of all kinds, ours and those that others made. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashPassword, isPassword } from './password-hash.ts';

test('a memory-hard hash is of its password alone, and no two are equal', () => {
  const hash = hashPassword('secret', { kind: 'memory-hard' });
  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$|^\$scrypt\$/);
  assert.equal(isPassword('secret', hash), true);
  assert.equal(isPassword('Secret', hash), false);
  assert.equal(isPassword('', hash), false);
  assert.notEqual(hashPassword('secret', { kind: 'memory-hard' }), hash);
});

test('a bcrypt hash has the cost that was asked for', () => {
  const hash = hashPassword('pässword', { kind: 'bcrypt', cost: 4 });
  assert.match(hash, /^\$2b\$04\$/);
  assert.equal(isPassword('pässword', hash), true);
  assert.equal(isPassword('password', hash), false);
});

/** Made by etcd 3.7.3. */
const foreign: readonly [password: string, hash: string][] = [
  ['pässword', '$2a$10$Gp4peIvTok3MpfHG7ZM17eZh9uH3E/jOEuWCMIgfkqQJpPsmlXedO'],
  ['', '$2a$10$HLUKTqleHnOS8jjJ2.b6TuSZLVvY/fxtnGQqsDoLSDKsR5ZTFzy2y'],
];
for (const [password, hash] of foreign) {
  test(`the hash that etcd made of "${password}" is of that password alone`, () => {
    assert.equal(isPassword(password, hash), true);
    assert.equal(isPassword(`${password}x`, hash), false);
  });
}

test('an empty password is a password', () => {
  const hash = hashPassword('', { kind: 'memory-hard' });
  assert.equal(isPassword('', hash), true);
  assert.equal(isPassword('x', hash), false);
});

const unreadable: readonly string[] = [
  '',
  'x',
  '$2',
  '$2a$10$short',
  '$argon2id$',
  '$argon2id$v=19$m=19456,t=2,p=1$$',
  '$argon2id$v=19$m=99999999,t=2,p=1$c2FsdHNhbHQ$aGFzaA',
  '$scrypt$n=1073741824,r=8,p=1$c2FsdA$aGFzaA',
  '$scrypt$n=3,r=8,p=1$c2FsdA$aGFzaA',
  '$md5$x',
];
for (const hash of unreadable) {
  test(`nobody gets in by "${hash}"`, () => {
    assert.equal(isPassword('', hash), false);
    assert.equal(isPassword('x', hash), false);
  });
}
