/** The part of the allow-list that is about what watchers are told; see `differences.ts`. */
import { isDeepStrictEqual } from 'node:util';
import type { Version } from '../harness/version.ts';
import type { Json } from './canonical.ts';

/** What a version of etcd that compacts a tombstone too early does not tell a watch that starts there. */
const DELETIONS_AT_THE_COMPACTED_REVISION = {
  name: 'deletions at the compacted revision, told to a watch that starts there',
  reason:
    'etcd before 3.4.34 and 3.5.16 compacts the tombstone away and the watch misses its event',
} as const;

/** All entries, each with its reason. */
export const watchDifferences: readonly { readonly name: string; readonly reason: string }[] = [
  DELETIONS_AT_THE_COMPACTED_REVISION,
];

const TOMBSTONES_KEPT_SINCE = '3.4.34';

/** The entry that explains that two sides told their watchers different things, if one does. */
export function watchExplanationOf(
  [one, other]: readonly [Version, Version],
  reference: Json,
  subject: Json,
  compacted: number,
): { readonly name: string } | undefined {
  if (one.atLeast(TOMBSTONES_KEPT_SINCE) === other.atLeast(TOMBSTONES_KEPT_SINCE)) return undefined;
  const [fewer, more] = one.atLeast(TOMBSTONES_KEPT_SINCE)
    ? [subject, reference]
    : [reference, subject];
  const isAll = isEqualBeside(fewer, more, compacted);
  return isAll ? DELETIONS_AT_THE_COMPACTED_REVISION : undefined;
}

/** Whether `more` is `fewer` with deletions of one compacted revision before some lists of events. */
function isEqualBeside(fewer: Json, more: Json, compacted: number): boolean {
  if (isDeepStrictEqual(fewer, more)) return true;
  if (!isObject(fewer) || !isObject(more)) return false;
  if (!Array.isArray(fewer) || !Array.isArray(more) || isEventList(more)) {
    if (Array.isArray(fewer) && Array.isArray(more)) return isWithout(fewer, more, compacted);
    const names = [...new Set([...Object.keys(fewer), ...Object.keys(more)])];
    return names.every((name) => isEqualBeside(at(fewer, name), at(more, name), compacted));
  }
  return (
    fewer.length === more.length &&
    more.every((item: Json, i) => isEqualBeside(fewer[i] as Json, item, compacted))
  );
}

function isWithout(fewer: readonly Json[], more: readonly Json[], compacted: number): boolean {
  const extra = more.slice(0, more.length - fewer.length);
  const revisions = new Set(extra.map(deletedAt));
  const [revision] = revisions;
  const isOfOneRevision = revisions.size === 1 && revision !== undefined && revision <= compacted;
  return isOfOneRevision && isDeepStrictEqual(more.slice(extra.length), fewer);
}

/** The revision of a deletion; undefined of anything else. */
function deletedAt(event: Json): number | undefined {
  if (at(event, 'type') !== 'DELETE') return undefined;
  return Number(at(at(event, 'kv'), 'mod_revision'));
}

const isObject = (value: Json): value is readonly Json[] | { [key: string]: Json } =>
  typeof value === 'object' && value !== null;

const isEventList = (value: Json): boolean =>
  Array.isArray(value) && value.some((item: Json) => at(item, 'type') !== null);

function at(value: Json, name: string): Json {
  if (!isObject(value) || Array.isArray(value)) return null;
  return (value as { [key: string]: Json })[name] ?? null;
}
