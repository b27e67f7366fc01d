/**
 * The versions of a key as a chain through `revisions`, from the newest to the oldest that is kept. A walk goes from
 * link to link, and by the landmarks past hundreds of them at once: of a million versions it reads some eighty rows.
 *
 * Invariant: a change newer than the compacted revision has its row. So a walk that asks for a revision that can be
 * read reads only rows that are there, and stops before any that are not.
 */
import { assert } from '@concord/raft';
import type { ChangePosition, KeyVersion } from './key-version.ts';
import type { Overlay } from './overlay.ts';
import { revisionKey } from './revision-key.ts';
import { linkOf } from './revision-row.ts';

/** The newest of `newest` and the versions before it that is not newer than `revision`; it may be a tombstone. */
export function versionNotAfter(
  overlay: Overlay,
  newest: KeyVersion | undefined,
  revision: number,
): KeyVersion | undefined {
  assert(revision >= 0, 'versions are looked up at a revision that can have been');
  let version = newest;
  while (version !== undefined && version.modRevision > revision) {
    version = versionBefore(overlay, oldestAfter(version, revision));
  }
  return version;
}

/** The version of the key before a change whose row is there. */
export function versionBefore(overlay: Overlay, change: ChangePosition): KeyVersion | undefined {
  const { modRevision, subRevision, isTombstone } = change;
  const row = overlay.get('revisions', revisionKey(modRevision, subRevision, isTombstone));
  assert(row !== undefined, 'a change that is not compacted has its row');
  return linkOf(row);
}

/** The landmark furthest back that is still newer than `revision`, or else the version itself. */
function oldestAfter(version: KeyVersion, revision: number): ChangePosition {
  const { landmarks } = version;
  for (let level = landmarks.length - 1; level >= 0; level--) {
    const landmark = landmarks[level] as ChangePosition;
    if (landmark.modRevision > revision) return landmark;
  }
  return version;
}
