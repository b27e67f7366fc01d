/**
 * The entries that a start replays. Where a new cluster is forced, changes of the membership that the log still
 * holds must not undo that: their places stay, and say nothing.
 */
import type { Entry } from '@concord/raft';

const nothing = new Uint8Array(0);

export function replayable(entries: readonly Entry[], isForced: boolean): readonly Entry[] {
  if (!isForced) return entries;
  return entries.map((entry) =>
    entry.kind === 'membership' ? { ...entry, kind: 'normal', data: nothing } : entry,
  );
}
