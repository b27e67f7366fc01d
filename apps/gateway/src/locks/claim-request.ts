/** What a request wants of a lock, as a claim in its line. */
import type { ClaimKind } from '@concord/lock/records';
import { Problem, type FieldFault } from '../http/problem.ts';

export interface ClaimRequest {
  readonly mode: 'exclusive' | 'shared' | 'permits';
  readonly permits?: number | undefined;
  readonly count?: number | undefined;
}

/** @throws Problem `invalid-request` for permits that are not told, or told where there are none */
export function claimOf({ mode, permits, count }: ClaimRequest): ClaimKind {
  if (mode !== 'permits') {
    if (permits !== undefined) throw faulty('permits', `means nothing for mode "${mode}"`);
    if (count !== undefined) throw faulty('count', `means nothing for mode "${mode}"`);
    return { mode };
  }
  if (permits === undefined)
    throw faulty('permits', 'says how many there are: give it for mode "permits"');
  if (count !== undefined && count > permits) {
    throw faulty('count', `is ${count} of ${permits} permits: that can never be had`);
  }
  return { mode, permits, count: count ?? 1 };
}

function faulty(name: string, message: string): Problem {
  const fault: FieldFault = { field: `body.${name}`, message };
  return new Problem('invalid-request', { detail: `body.${name}: ${message}`, errors: [fault] });
}
