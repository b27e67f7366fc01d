/**
 * JSON Web Tokens with one algorithm, the member's own (RFC 7519, 7515 compact serialization): a token that names
 * another, `none` among them, is not looked at. Synchronous, because a request must not wait for a promise to be known.
 */
import {
  constants,
  createHmac,
  sign,
  timingSafeEqual,
  verify,
  type KeyObject,
  type SignKeyObjectInput,
} from 'node:crypto';
import type { SignMethod } from '../config/auth-token.ts';

/** etcd's claims; `exp` is in seconds since 1970. */
export interface TokenClaims {
  readonly username: string;
  readonly revision: number;
  readonly exp: number;
}

export interface JwtKeys {
  readonly method: SignMethod;
  /** The secret of HMAC, or the public key. */
  readonly verifying: KeyObject;
  /** Absent where tokens are made elsewhere. */
  readonly signing: KeyObject | undefined;
}

/** No more is read: etcd's own tokens are below 1 KiB with RSA. */
const TOKEN_LENGTH_MAX = 8192;

export function signToken({ method }: JwtKeys, key: KeyObject, claims: TokenClaims): string {
  const content = `${encode({ alg: method, typ: 'JWT' })}.${encode(claims)}`;
  return `${content}.${signatureOf(method, key, Buffer.from(content)).toString('base64url')}`;
}

/** Undefined for what is not one of ours, or has expired by `nowSeconds`. */
export function verifyToken(
  { method, verifying }: JwtKeys,
  token: string,
  nowSeconds: number,
): TokenClaims | undefined {
  if (token.length > TOKEN_LENGTH_MAX) return undefined;
  const [header = '', payload = '', signature = '', ...rest] = token.split('.');
  if (rest.length > 0 || signature === '') return undefined;
  if (readObject(header)?.['alg'] !== method) return undefined;
  const content = Buffer.from(`${header}.${payload}`);
  if (!isSigned(method, verifying, content, Buffer.from(signature, 'base64url'))) return undefined;
  const { username, revision, exp, nbf } = readObject(payload) ?? {};
  if (typeof username !== 'string' || username === '') return undefined;
  if (typeof revision !== 'number' || !Number.isSafeInteger(revision) || revision < 0)
    return undefined;
  if (typeof exp !== 'number' || exp <= nowSeconds) return undefined;
  if (typeof nbf === 'number' && nbf > nowSeconds) return undefined;
  return { username, revision, exp };
}

function signatureOf(method: SignMethod, key: KeyObject, content: Uint8Array): Buffer {
  if (method.startsWith('HS')) return createHmac(digestOf(method), key).update(content).digest();
  const padded = keyInput(method, key, constants.RSA_PSS_SALTLEN_DIGEST);
  return sign(method === 'EdDSA' ? null : digestOf(method), content, padded);
}

function isSigned(
  method: SignMethod,
  key: KeyObject,
  content: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (method.startsWith('HS')) {
    const expected = signatureOf(method, key, content);
    return expected.length === signature.length && timingSafeEqual(expected, signature);
  }
  // Others choose the length of their salt.
  const padded = keyInput(method, key, constants.RSA_PSS_SALTLEN_AUTO);
  return verify(method === 'EdDSA' ? null : digestOf(method), content, padded, signature);
}

function keyInput(method: SignMethod, key: KeyObject, saltLength: number): SignKeyObjectInput {
  if (method.startsWith('PS')) return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
  if (method.startsWith('ES')) return { key, dsaEncoding: 'ieee-p1363' };
  return { key };
}

const digestOf = (method: SignMethod): string => `sha${method.slice(2)}`;

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function readObject(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
