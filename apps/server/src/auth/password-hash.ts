/**
 * What is kept of a password: a hash that names its function and its cost, so that each can be checked for as long as
 * it is kept, whatever new ones are made with.
 *
 * | begins with   | is                                                                          |
 * | ------------- | --------------------------------------------------------------------------- |
 * | `$argon2id$`  | Argon2id, as new ones are made: 19 MiB, two passes (OWASP's first choice)   |
 * | `$scrypt$`    | scrypt, where Node has no Argon2 (before 24.7): 32 MiB, three times         |
 * | `$2a$`, `$2b$`| bcrypt, as etcd's: from its snapshots, or asked for with `--bcrypt-cost`    |
 *
 * Hashing takes tens of milliseconds, so all of this runs in a thread of its own (`password-thread.ts`).
 */
import * as crypto from 'node:crypto';
import { compareSync, genSaltSync, hashSync } from 'bcryptjs';

/** How a new hash is made; `bcrypt` can be checked by etcd too. */
export type HashFunction =
  { readonly kind: 'memory-hard' } | { readonly kind: 'bcrypt'; readonly cost: number };

/** bcrypt looks at no more of a password. */
export const BCRYPT_PASSWORD_BYTES_MAX = 72;

const SALT_BYTES = 16;
const HASH_BYTES = 32;
const ARGON2_MEMORY_KIB = 19_456;
const ARGON2_PASSES = 2;
const SCRYPT = { N: 2 ** 15, r: 8, p: 3 } as const;
/** What is found in a store must not take the member's memory, whoever wrote it. */
const MEMORY_BYTES_MAX = 256 * 1024 * 1024;
const PASSES_MAX = 16;

export function hashPassword(password: string, how: HashFunction): string {
  if (how.kind === 'bcrypt') return hashSync(password, genSaltSync(how.cost));
  const salt = crypto.randomBytes(SALT_BYTES);
  // Since Node 24.7.
  if ('argon2Sync' in crypto) {
    const cost = { memory: ARGON2_MEMORY_KIB, passes: ARGON2_PASSES, parallelism: 1 };
    const { memory, passes, parallelism } = cost;
    const hash = argon2id(password, salt, cost);
    return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${text(salt)}$${text(hash)}`;
  }
  const { N, r, p } = SCRYPT;
  return `$scrypt$n=${N},r=${r},p=${p}$${text(salt)}$${text(scrypt(password, salt, SCRYPT))}`;
}

/** False too for a hash that cannot be read: nobody gets in by it. */
export function isPassword(password: string, hash: string): boolean {
  try {
    if (hash.startsWith('$2')) return compareSync(password, hash);
    if (hash.startsWith('$argon2id$')) return isArgon2(password, hash);
    return hash.startsWith('$scrypt$') && isScrypt(password, hash);
  } catch {
    return false;
  }
}

function isArgon2(password: string, hash: string): boolean {
  const [, , , cost = '', salt = '', expected = ''] = hash.split('$');
  const { m = 0, t = 0, p = 0 } = numbersOf(cost);
  if (m * 1024 > MEMORY_BYTES_MAX || t > PASSES_MAX) return false;
  const found = argon2id(password, bytes(salt), { memory: m, passes: t, parallelism: p });
  return crypto.timingSafeEqual(found, bytes(expected));
}

function isScrypt(password: string, hash: string): boolean {
  const [, , cost = '', salt = '', expected = ''] = hash.split('$');
  const { n = 0, r = 0, p = 0 } = numbersOf(cost);
  if (n * r * 128 > MEMORY_BYTES_MAX || p > PASSES_MAX) return false;
  const found = scrypt(password, bytes(salt), { N: n, r, p });
  return crypto.timingSafeEqual(found, bytes(expected));
}

function argon2id(
  password: string,
  nonce: Uint8Array,
  cost: { readonly memory: number; readonly passes: number; readonly parallelism: number },
): Buffer {
  return crypto.argon2Sync('argon2id', {
    message: password,
    nonce,
    tagLength: HASH_BYTES,
    ...cost,
  });
}

const scrypt = (
  password: string,
  salt: Uint8Array,
  cost: { readonly N: number; readonly r: number; readonly p: number },
): Buffer => crypto.scryptSync(password, salt, HASH_BYTES, { ...cost, maxmem: MEMORY_BYTES_MAX });

/** `m=1,t=2`. */
function numbersOf(cost: string): Record<string, number> {
  return Object.fromEntries(
    cost.split(',').map((part) => {
      const [name = '', value = ''] = part.split('=');
      return [name, Number(value)];
    }),
  );
}

const text = (value: Buffer): string => value.toString('base64').replaceAll('=', '');
const bytes = (value: string): Buffer => Buffer.from(value, 'base64');
