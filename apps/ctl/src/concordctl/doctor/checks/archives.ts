/** Whether members that archive their log get it there: what is not in an archive is lost with the member's disk. */
import { answering, titleOf, type AnsweringMember, type Survey } from '../../survey/survey.ts';
import { counted, judged, skipped, type Finding, type Verdict } from '../finding.ts';

/** A member notes the time in its archive once a minute where nothing else happens. */
const BEHIND_MS_MAX = 180_000;
/** What waits longer is removed from the log without having been copied. */
const WAITING_SEGMENTS_MAX = 16;

interface ArchivingMember {
  readonly one: AnsweringMember;
  /** Since something was written to its archive, by the member's own clock where it is known. */
  readonly behindMs: number;
  readonly waitingSegments: number;
  readonly failures: number;
  readonly gaps: number;
}

export function judgeArchives(survey: Survey): Verdict {
  const members = answering(survey).flatMap((one) => archivingOf(one, survey.atMs) ?? []);
  if (members.length === 0) return skipped('no member archives its log (--archive-dir)');
  const behindMs = Math.max(0, ...members.map((member) => member.behindMs));
  return judged(
    `${counted(members.length, 'member')} with an archive, the last mark ${span(behindMs)} ago`,
    members.flatMap((member) => [...behind(member), ...gapped(member)]),
  );
}

function archivingOf(one: AnsweringMember, atMs: number): ArchivingMember | undefined {
  const lastMark = one.metrics?.value('concord_archive_last_mark_timestamp_seconds');
  if (lastMark === undefined) return undefined;
  const value = (name: string): number => one.metrics?.value(`concord_archive_${name}`) ?? 0;
  return {
    one,
    behindMs: (one.clock?.dateMs ?? atMs) - lastMark * 1000,
    waitingSegments: value('waiting_segments'),
    failures: value('failures_total'),
    gaps: value('gaps_total'),
  };
}

function behind({ one, behindMs, waitingSegments, failures }: ArchivingMember): readonly Finding[] {
  if (behindMs <= BEHIND_MS_MAX) return [];
  return [
    {
      severity: 'problem',
      subject: titleOf(one),
      what:
        `nothing has come into the archive of its log for ${span(behindMs)} (${failures} attempts failed): what is ` +
        `written since is lost with its disk, and ${waitingSegments} of at most ${WAITING_SEGMENTS_MAX} segments wait`,
      advice:
        'On its machine, see whether the disk of --archive-dir is mounted and has room; the archive goes on by itself',
      commands: ['journalctl -u concord | grep "the archive of the log"', 'df -h'],
    },
  ];
}

function gapped({ one, gaps }: ArchivingMember): readonly Finding[] {
  if (gaps === 0) return [];
  return [
    {
      severity: 'warning',
      subject: titleOf(one),
      what: `${counted(gaps, 'gap')} came into the archive of its log since its start: what is behind needs a base of its own`,
      advice:
        'Take a snapshot as a new base, where you have not since, and prune what is before it',
      commands: [
        'concordctl snapshot save base.db',
        'concordutl archive status ARCHIVE-DIR',
        'concordutl archive prune ARCHIVE-DIR --base base.db',
      ],
    },
  ];
}

function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
