/**
 * Counts the keys of a range as they were at a past revision, without walking the range: from those that live now,
 * and from what has changed since. Lists that are read page by page at one revision, while others write, ask for
 * this count with every page.
 */
import { contains } from '@concord/protocol';
import type { ByteString, KeyRange } from '@concord/protocol';
import type { KeySpace } from './key-space.ts';
import { keyOfRecord } from './record.ts';
import { revisionKey } from './revision-key.ts';

/** A changed key takes two look-ups and a record; a key that is walked over one step of a scan. */
const STEPS_PER_CHANGE = 8;

/**
 * How many keys of `range` lived at the end of `revision`, which is not compacted. Undefined where so much has
 * changed since that walking the range is cheaper.
 */
export function countPast(space: KeySpace, range: KeyRange, revision: number): number | undefined {
  const now = space.segments.count(range);
  const changesMax = Math.floor(now / STEPS_PER_CHANGE);
  const changed = new Set<ByteString>();
  let changes = 0;
  space.overlay.scan('revisions', { from: revisionKey(revision + 1, 0, false) }, (_key, row) => {
    changes++;
    const key = keyOfRecord(row);
    if (contains(range, key)) changed.add(key);
    return changes <= changesMax;
  });
  if (changes > changesMax) return undefined;
  let count = now;
  for (const key of changed) {
    if (space.current(key) !== undefined) count--;
    if (space.versionAt(key, revision) !== undefined) count++;
  }
  return count;
}
