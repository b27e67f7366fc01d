/**
 * Whether a snapshot is the base of an archive: of the same cluster, and inside of what was archived. A restoration finds
 * out when it replays; here it is to be known before anything is thrown away.
 */
import { formatId } from '../identity.ts';
import { StorageError } from '../errors.ts';
import type { LoggedRecord } from '../wal/record-walk.ts';
import { walkEndText, type ArchiveReader } from './archive-reader.ts';
import type { BaseSnapshot } from './base-snapshot.ts';
import { CommittedEntries } from './committed-entries.ts';

export interface BaseAgreement {
  /** Whether the archive holds the snapshot's last entry; it may begin right behind it. */
  readonly holdsBase: boolean;
}

/**
 * Reads the archive from the snapshot's entry on, as far as that takes. Throws `wal-mismatch` where they do not belong
 * together, and where the archive does not lead on from there.
 */
export function agreeOnBase(archive: ArchiveReader, base: BaseSnapshot): BaseAgreement {
  assertMarksAgree(archive, base);
  const entries = new CommittedEntries(archive.directory, base.position);
  const kept = archive.segmentsFrom(base.position);
  const beginsBehind = kept[0]?.firstIndex === base.position.index + 1;
  const records = archive.records(kept);
  try {
    for (;;) {
      const { done, value } = records.next();
      if (done === true) return concluded(entries.termAtBase, beginsBehind, walkEndText(value));
      assertKnown(value);
      const gap = entries.add(value);
      // One that is behind the snapshot's: its own term has been compared then.
      if (entries.take().next().done !== true)
        return { holdsBase: entries.termAtBase !== undefined };
      if (gap !== undefined) return concluded(entries.termAtBase, beginsBehind, gap.reason);
    }
  } finally {
    records.return({ kind: 'end', path: archive.directory, offset: 0 });
  }

  function assertKnown({ path, content }: LoggedRecord): void {
    if (content.kind !== 'segment') return;
    const { memberId } = content.payload.identity;
    if (base.memberIds.has(memberId)) return;
    throw mismatch(
      base.path,
      `a snapshot of a cluster with the members ${[...base.memberIds].map(formatId).join(', ')}`,
      `one that has member ${formatId(memberId)}, whose log ${path} is`,
      'Use a snapshot that a member of the archived cluster gave, after this one had joined it.',
    );
  }

  function concluded(
    termFound: number | undefined,
    isBehind: boolean,
    reason: string,
  ): BaseAgreement {
    const { index, term } = base.position;
    if (termFound === term) return { holdsBase: true };
    if (termFound === undefined && isBehind) return { holdsBase: false };
    const found =
      termFound === undefined
        ? `no entry ${index}: ${reason}`
        : `entry ${index} of term ${termFound}`;
    throw mismatch(
      archive.directory,
      found,
      `entry ${index} of term ${term}, which ${base.path} was taken at`,
      termFound === undefined
        ? 'Wait until the member has archived it, or use a snapshot of a time that is archived.'
        : 'The snapshot is of another cluster: use one that a member of the archived cluster gave.',
    );
  }
}

/** Entries and revisions grow together, so what was noted before and behind the snapshot encloses it. */
function assertMarksAgree(
  archive: ArchiveReader,
  { path, position, revision }: BaseSnapshot,
): void {
  for (const mark of archive.marks()) {
    const isBefore = mark.index < position.index && mark.revision <= revision;
    const isBehind = mark.index > position.index && mark.revision >= revision;
    const isSame =
      mark.index === position.index && mark.revision === revision && mark.term === position.term;
    if (isBefore || isBehind || isSame) continue;
    const time = new Date(mark.timeMs).toISOString();
    throw mismatch(
      path,
      `revision ${revision} at entry ${position.index} of term ${position.term}`,
      `what fits revision ${mark.revision} at entry ${mark.index} of term ${mark.term}, as ${archive.directory} has it of ${time}`,
      'The snapshot is of another cluster: use one that a member of the archived cluster gave.',
    );
  }
}

const mismatch = (path: string, found: string, expected: string, remedy: string): StorageError =>
  new StorageError({ code: 'wal-mismatch', path, found, expected, remedy });
