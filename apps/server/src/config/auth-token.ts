/**
 * `--auth-token`: which kind of tokens, in etcd's notation: `simple`, or `jwt,sign-method=RS256,priv-key=FILE` with
 * further options between commas.
 */
import { FlagError } from './flag-error.ts';
import { parseDurationMs } from './flag.ts';

export const signMethods = [
  ...(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'] as const),
  ...(['ES256', 'ES384', 'ES512', 'EdDSA', 'HS256', 'HS384', 'HS512'] as const),
] as const;
export type SignMethod = (typeof signMethods)[number];

export interface JwtOptions {
  readonly kind: 'jwt';
  readonly method: SignMethod;
  readonly publicKeyFile: string | undefined;
  readonly privateKeyFile: string | undefined;
  readonly ttlMs: number;
}

/** `none` is etcd's empty value: nobody gets a token, and certificates alone say who asks. */
export type AuthTokenOptions = { readonly kind: 'simple' } | { readonly kind: 'none' } | JwtOptions;

const JWT_TTL = '5m';
const optionNames = ['sign-method', 'pub-key', 'priv-key', 'ttl'] as const;
type OptionName = (typeof optionNames)[number];

/** Throws `FlagError`. */
export function parseAuthToken(given: string): AuthTokenOptions {
  const [kind = '', ...parts] = given.split(',');
  if (kind === '') return { kind: 'none' };
  if (kind === 'simple') return { kind };
  if (kind !== 'jwt') throw new FlagError('expected simple, or jwt with its options');
  const options = readOptions(parts);
  const method = signMethods.find((known) => known === options.get('sign-method'));
  if (method === undefined) {
    throw new FlagError(`expected jwt,sign-method=METHOD with one of ${signMethods.join(', ')}`);
  }
  const privateKeyFile = options.get('priv-key');
  const publicKeyFile = options.get('pub-key');
  if (method.startsWith('HS') && privateKeyFile === undefined) {
    throw new FlagError(`expected priv-key=FILE with the secret of ${method}`);
  }
  if (privateKeyFile === undefined && publicKeyFile === undefined) {
    throw new FlagError(
      'expected priv-key=FILE to make tokens, or pub-key=FILE to check them alone',
    );
  }
  const ttlMs = parseDurationMs(options.get('ttl') ?? JWT_TTL);
  if (ttlMs <= 0) throw new FlagError('expected a ttl above 0');
  return { kind, method, publicKeyFile, privateKeyFile, ttlMs };
}

function readOptions(parts: readonly string[]): ReadonlyMap<OptionName, string> {
  const options = new Map<OptionName, string>();
  for (const part of parts) {
    const at = part.indexOf('=');
    const name = optionNames.find((known) => known === part.slice(0, Math.max(at, 0)));
    if (name === undefined) {
      throw new FlagError(`expected ${optionNames.join('=, ')}=; got "${part}"`);
    }
    if (options.has(name)) throw new FlagError(`expected ${name} once`);
    options.set(name, part.slice(at + 1));
  }
  return options;
}
