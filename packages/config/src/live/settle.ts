/** What becomes of the members of a live value: of those that are gone, by what their definitions say of deletion. */
import { ConcordError } from '@concord/client';
import type { Item } from '../item/item.ts';
import type { Issue } from '../item/issue.ts';
import type { Resolution } from '../layers/resolve.ts';

/** A member that has a value, or, being optional, none. */
export type SettledMember = Exclude<Resolution, { state: 'invalid' }>;

export interface InvalidMember {
  readonly index: number;
  readonly issues: readonly Issue[];
}

export type Settled =
  | { readonly state: 'settled'; readonly members: readonly SettledMember[] }
  | { readonly state: 'invalid'; readonly invalid: readonly InvalidMember[] }
  | { readonly state: 'gone'; readonly error: ConcordError };

/** @param had - the members of the value that is current, if one is */
export function settle(
  items: readonly Item[],
  resolutions: readonly Resolution[],
  had: readonly SettledMember[] | undefined,
): Settled {
  const members: SettledMember[] = [];
  const invalid: InvalidMember[] = [];
  for (const [index, resolution] of resolutions.entries()) {
    const item = items[index]!;
    if (resolution.state === 'invalid') {
      invalid.push({ index, issues: resolution.issues });
      continue;
    }
    const before = had?.[index];
    if (isAbsent(resolution) && before !== undefined && !isAbsent(before)) {
      const onDelete = item.definition.onDelete ?? (item.optional ? 'fallback' : 'keep-last');
      if (onDelete === 'keep-last') {
        members.push(before);
        continue;
      }
      if (onDelete === 'fail') return { state: 'gone', error: missing(item, 'was deleted') };
    }
    if (resolution.state === 'missing' && !item.optional) {
      return { state: 'gone', error: missing(item, 'is not there') };
    }
    members.push(resolution);
  }
  return invalid.length > 0 ? { state: 'invalid', invalid } : { state: 'settled', members };
}

/** Nobody set it: neither the cluster nor the machine. */
const isAbsent = (member: SettledMember): boolean =>
  member.state === 'missing' || member.top === 'fallback';

function missing(item: Item, what: string): ConcordError {
  const { name, plainKey, address } = item;
  const place = plainKey === undefined ? '' : ` or put ${JSON.stringify(plainKey)}`;
  return new ConcordError('CONFIG_MISSING', {
    operation: 'config.watch',
    subject: name,
    problem: `${name} ${what}`,
    remedy: `release ${JSON.stringify(address.path)}${place}, give it a fallback, or read it as optional`,
  });
}
