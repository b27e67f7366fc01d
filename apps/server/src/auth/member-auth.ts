/** Puts together what a member needs to know who asks, by its flags. */
import type { Replica } from '@concord/kv';
import type { FlagValues } from '../config/flags.ts';
import type { Log } from '../log.ts';
import { Authenticator } from './authenticator.ts';
import { GuessLimit } from './guess-limit.ts';
import { LoginDesk } from './login-desk.ts';
import { Passwords } from './passwords.ts';
import { SimpleTokens } from './simple-tokens.ts';

export interface MemberAuth {
  readonly authenticator: Authenticator;
  readonly desk: LoginDesk;
  stop(): Promise<void>;
}

export function createMemberAuth(replica: Replica, values: FlagValues, log: Log): MemberAuth {
  const now = (): number => performance.now();
  const tokens = new SimpleTokens(replica, now);
  const passwords = new Passwords(values['bcrypt-cost']);
  const guesses = new GuessLimit(now);
  return {
    authenticator: new Authenticator({
      replica,
      tokens,
      trustsCertificates: values['client-cert-auth'],
    }),
    desk: new LoginDesk({ replica, tokens, passwords, guesses, log }),
    stop: () => passwords.stop(),
  };
}
