/** The flags about passwords and tokens. */
import type { HashFunction } from '../auth/password-hash.ts';
import { parseAuthToken, type AuthTokenOptions } from './auth-token.ts';
import { integer, type Flag } from './flag.ts';
import { FlagError } from './flag-error.ts';

/** bcrypt's own limits; etcd takes its default, 10, for what is outside of them. */
const COST_MIN = 4;
const COST_MAX = 31;
const COST_DEFAULT = 10;

export const authFlags = {
  'auth-token': authToken(),
  'auth-token-ttl': integer(
    'Auth',
    300,
    'SECONDS',
    'Seconds that a simple token lives without being used.',
    { min: 1 },
  ),
  'bcrypt-cost': bcryptCost(),
} as const;

function authToken(): Flag<AuthTokenOptions> {
  return {
    group: 'Auth',
    help:
      'Kind of tokens: simple, or jwt,sign-method=METHOD,priv-key=FILE[,pub-key=FILE][,ttl=5m] with RS, PS, ES or HS ' +
      'and 256, 384 or 512, or EdDSA.',
    initial: 'simple',
    value: 'KIND[,OPTION=…]',
    parse: parseAuthToken,
  };
}

function bcryptCost(): Flag<HashFunction> {
  return {
    group: 'Auth',
    help:
      'Makes new password hashes with bcrypt of this cost (4 to 31), which etcd can check; without it a memory-hard ' +
      'function is used.',
    initial: '',
    value: 'COST',
    parse: (given) => {
      if (given === '') return { kind: 'memory-hard' };
      if (!/^\d+$/.test(given)) throw new FlagError('expected a whole number');
      const cost = Number(given);
      return { kind: 'bcrypt', cost: cost < COST_MIN || cost > COST_MAX ? COST_DEFAULT : cost };
    },
  };
}
