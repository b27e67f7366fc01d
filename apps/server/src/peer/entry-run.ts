/**
 * The entries of an append as they travel: payloads, cut where the term changes. An entry's index follows from its
 * place behind the append's previous position, so that it costs two or three bytes beside its payload.
 *
 * Invariant: entries of an append follow each other and its previous position without a gap.
 */
import type { PeerEntryRun } from '@concord/protocol';
import { assert, type Entry, type LogPosition } from '@concord/raft';

/** Throws `AssertionError` when the entries do not follow `previous`. */
export function runsOf(previous: LogPosition, entries: readonly Entry[]): PeerEntryRun[] {
  const runs: PeerEntryRun[] = [];
  let run: PeerEntryRun | undefined;
  let { index } = previous;
  for (const entry of entries) {
    index++;
    assert(entry.index === index, 'entries follow the position before them');
    if (run?.term !== entry.term) {
      run = { term: entry.term, data: [], membership: [] };
      runs.push(run);
    }
    if (entry.kind === 'membership') run.membership.push(run.data.length);
    run.data.push(entry.data);
  }
  return runs;
}

/** The entries with payloads as they are in `runs`, not copied. */
export function entriesOf(previous: LogPosition, runs: readonly PeerEntryRun[]): Entry[] {
  const entries: Entry[] = [];
  let { index } = previous;
  for (const { term, data, membership } of runs) {
    const changes = membership.length === 0 ? undefined : new Set(membership);
    for (let place = 0; place < data.length; place++) {
      index++;
      const kind = changes?.has(place) === true ? 'membership' : 'normal';
      entries.push({ term, index, kind, data: data[place]! });
    }
  }
  return entries;
}
