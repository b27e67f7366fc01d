/** What becomes of registrations that can't be or can no longer be, in words. */
import type { Entry } from '@concord/client';
import { ConcordError } from '@concord/client';
import type { PutOutcome } from './own-key.ts';
import { REGISTER } from './register-options.ts';

/** Which life of an instance an entry is of; empty where it can't be read. */
export function incarnationIn(entry: Entry): string {
  try {
    return String(entry.json<{ incarnation?: unknown }>().incarnation);
  } catch {
    return '';
  }
}

function describe(holder: Entry): string {
  try {
    const { address, port, app } = holder.json<{
      address: string;
      port: number;
      app?: { name: string };
    }>();
    return `${app === undefined ? '' : `${app.name} at `}${address}:${port}, incarnation ${incarnationIn(holder)}`;
  } catch {
    return 'a value that is no instance';
  }
}

export function conflict(
  key: string,
  outcome: Exclude<PutOutcome, { kind: 'written' }>,
): ConcordError {
  return new ConcordError('CONFLICT', {
    operation: REGISTER,
    subject: key,
    problem: `${key} belongs to ${outcome.kind === 'taken' ? describe(outcome.holder) : 'somebody else'}`,
    remedy: 'give another id, or "replace: true" to take it over',
  });
}

export function superseded(key: string, holder: Entry): ConcordError {
  return new ConcordError('CONFLICT', {
    operation: 'registration',
    subject: key,
    problem: `${key} was taken over by ${describe(holder)}`,
    remedy: 'give every instance an id of its own',
  });
}

export function sessionLost(key: string): ConcordError {
  return new ConcordError('SESSION_LOST', {
    operation: 'registration',
    subject: key,
    problem: `the lease of ${key} is lost`,
    remedy: 'register again, or leave "onSessionLoss" at "re-register"',
  });
}

export function closed(operation: string): ConcordError {
  return new ConcordError('CLOSED', { operation, problem: 'the registration is closed' });
}
