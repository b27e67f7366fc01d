/** Puts together what a member needs to know who asks, by its flags. */
import type { Replica } from '@concord/kv';
import type { FlagValues } from '../config/flags.ts';
import type { Log } from '../log.ts';
import { Authenticator } from './authenticator.ts';
import { GuessLimit } from './guess-limit.ts';
import { LoginDesk } from './login-desk.ts';
import { Passwords } from './passwords.ts';
import { readJwtKeys } from './jwt-keys.ts';
import { JwtTokens } from './jwt-tokens.ts';
import { SimpleTokens } from './simple-tokens.ts';
import type { TokenScheme } from './token-scheme.ts';

export interface MemberAuth {
  readonly authenticator: Authenticator;
  readonly desk: LoginDesk;
  stop(): Promise<void>;
}

/** Throws `ConfigurationError`. */
export function createMemberAuth(replica: Replica, values: FlagValues, log: Log): MemberAuth {
  const now = (): number => performance.now();
  const tokens = createTokens(replica, values);
  const passwords = new Passwords(values['bcrypt-cost']);
  const guesses = new GuessLimit(now);
  return {
    authenticator: new Authenticator({
      replica,
      tokens,
      trustsCertificates: values['client-cert-auth'],
      now,
    }),
    desk: new LoginDesk({ replica, tokens, passwords, guesses, log }),
    stop: () => passwords.stop(),
  };
}

function createTokens(replica: Replica, values: FlagValues): TokenScheme | undefined {
  const options = values['auth-token'];
  switch (options.kind) {
    case 'none':
      return undefined;
    case 'simple':
      return new SimpleTokens(replica, () => replica.machine.leaseNow);
    case 'jwt':
      return new JwtTokens({
        replica,
        keys: readJwtKeys(options),
        ttlMs: options.ttlMs,
        nowMs: () => Date.now(),
      });
  }
}
