/** Several items as one value, which moves as a whole. */
import { ConcordError } from '@concord/client';
import type { ConfigDefinition, ConfigValue } from '../item/definition.ts';

/** All members are read in one transaction, of which etcd takes 128 operations; a member has two keys. */
export const BUNDLE_MEMBERS_MAX = 64;

export type BundleMembers = Readonly<Record<string, ConfigDefinition | string>>;

/** The value of a bundle: of a plain path what its format makes of it. */
export type BundleValue<M extends BundleMembers> = {
  readonly [K in keyof M]: M[K] extends string ? unknown : ConfigValue<M[K]>;
};

/** @throws ConcordError `INVALID_ARGUMENT` for none, or more than 64 */
export function membersOf(members: BundleMembers): [string, ConfigDefinition | string][] {
  const entries =
    typeof (members as unknown) === 'object' && (members as unknown) !== null
      ? Object.entries(members)
      : [];
  if (entries.length >= 1 && entries.length <= BUNDLE_MEMBERS_MAX) return entries;
  throw new ConcordError('INVALID_ARGUMENT', {
    operation: 'config.bundle',
    problem: `${entries.length} members are given`,
    remedy: `give 1 to ${BUNDLE_MEMBERS_MAX}, such as { db: defineConfig(…), cache: defineConfig(…) }`,
  });
}
