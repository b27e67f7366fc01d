/** Tokens of every algorithm, and everything that is not one of ours. */
import assert from 'node:assert/strict';
import { createHmac, createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, test } from 'node:test';
import { signMethods, type SignMethod } from '../config/auth-token.ts';
import { signToken, verifyToken, type JwtKeys, type TokenClaims } from './jwt.ts';

const claims: TokenClaims = { username: 'alice', revision: 7, exp: 2000 };
const NOW = 1000;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const curves: Readonly<Record<string, string>> = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' };

function keysOf(method: SignMethod): JwtKeys & { readonly signing: KeyObject } {
  if (method.startsWith('HS')) {
    const secret = createSecretKey(Buffer.from('a secret of the cluster'));
    return { method, verifying: secret, signing: secret };
  }
  const curve = curves[method];
  const pair =
    method === 'EdDSA'
      ? generateKeyPairSync('ed25519')
      : curve === undefined
        ? rsa
        : generateKeyPairSync('ec', { namedCurve: curve });
  return { method, verifying: pair.publicKey, signing: pair.privateKey };
}

for (const method of signMethods) {
  test(`${method}: what is signed is verified, and nothing else`, () => {
    const keys = keysOf(method);
    const token = signToken(keys, keys.signing, claims);
    assert.deepEqual(verifyToken(keys, token, NOW), claims);
    assert.equal(verifyToken(keys, token, 2000), undefined, 'expired');
    const [header = '', payload = '', signature = ''] = token.split('.');
    const other = Buffer.from(JSON.stringify({ ...claims, username: 'root' })).toString(
      'base64url',
    );
    assert.equal(verifyToken(keys, `${header}.${other}.${signature}`, NOW), undefined, 'forged');
    assert.equal(verifyToken(keys, `${header}.${payload}.`, NOW), undefined, 'unsigned');
    assert.equal(verifyToken(keys, `${header}.${payload}`, NOW), undefined, 'cut');
    assert.equal(verifyToken(keys, `${token}.x`, NOW), undefined, 'too long');
    const cut = signature.slice(0, -6);
    assert.equal(verifyToken(keys, `${header}.${payload}.${cut}`, NOW), undefined, 'cut signature');
  });
}

describe('confusion of algorithms', () => {
  const keys = keysOf('RS256');
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

  test('a token without a signature is refused', () => {
    for (const alg of ['none', 'None', 'NONE', '']) {
      const token = `${part({ alg, typ: 'JWT' })}.${part(claims)}.`;
      assert.equal(verifyToken(keys, token, NOW), undefined);
      assert.equal(verifyToken(keys, `${token}AA`, NOW), undefined);
    }
  });

  test('the public key is no secret of HMAC', () => {
    const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
    const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' });
    const signature = createHmac('sha256', pem).update(content).digest('base64url');
    assert.equal(verifyToken(keys, `${content}.${signature}`, NOW), undefined);
  });

  test('another algorithm of the same key is another algorithm', () => {
    const other = { ...keys, method: 'RS512' } as const;
    assert.equal(verifyToken(keys, signToken(other, keys.signing, claims), NOW), undefined);
  });
});

describe('claims', () => {
  const keys = keysOf('EdDSA');
  const bad: readonly [string, object][] = [
    ['no user', { revision: 1, exp: 2000 }],
    ['a user that is no text', { username: 7, revision: 1, exp: 2000 }],
    ['an empty user', { username: '', revision: 1, exp: 2000 }],
    ['no revision', { username: 'a', exp: 2000 }],
    ['a revision that is no whole number', { username: 'a', revision: 1.5, exp: 2000 }],
    ['a negative revision', { username: 'a', revision: -1, exp: 2000 }],
    ['no end', { username: 'a', revision: 1 }],
    ['an end that is no number', { username: 'a', revision: 1, exp: '2000' }],
    ['a start to come', { username: 'a', revision: 1, exp: 2000, nbf: 1500 }],
    ['a list', []],
  ];
  for (const [claim, payload] of bad) {
    test(`a token with ${claim} is refused`, () => {
      const token = signToken(keys, keys.signing, payload as TokenClaims);
      assert.equal(verifyToken(keys, token, NOW), undefined);
    });
  }

  test('what is no token at all is refused', () => {
    for (const token of ['', '.', '..', '...', 'a.b.c', 'e30.e30.e30', 'x'.repeat(100_000)]) {
      assert.equal(verifyToken(keys, token, NOW), undefined);
    }
  });
});
