/** Whether history is thrown away, or kept for ever. */
import { answering, type AnsweringMember, type Survey } from '../../survey/survey.ts';
import { judged, skipped, type Finding, type Verdict } from '../finding.ts';

/** Some hundred megabytes, with keys and values of usual size. */
const REVISIONS_KEPT_MAX = 1_000_000;
/** With `--auto-compaction-retention` of a day, two compactions are never further apart than that. */
const LAST_MS_MAX = 48 * 3_600_000;

export function judgeCompaction({ atMs, members }: Survey): Verdict {
  const one = answering({ members }).find(({ metrics }) => metrics !== undefined);
  const compacted = one?.metrics?.value('etcd_debugging_mvcc_compact_revision');
  if (one === undefined || compacted === undefined) return skipped('no member shows /metrics');
  const { revision } = one.answer.status;
  const kept = revision - Math.max(0, compacted);
  const lastMs = (one.metrics?.value('etcd_debugging_mvcc_db_compaction_last') ?? 0) * 1000;
  // A member forgets at its start when it was; then its history has to speak.
  const ageMs = lastMs > 0 ? atMs - lastMs : undefined;
  const last = ageMs === undefined ? 'none since its start' : `the last ${span(ageMs)} ago`;
  const isOverdue = kept > REVISIONS_KEPT_MAX && (ageMs === undefined || ageMs > LAST_MS_MAX);
  const findings = isOverdue ? [overdue(one, kept, last)] : [];
  return judged(`${kept} revisions kept, ${last}`, findings);
}

function overdue(one: AnsweringMember, kept: number, last: string): Finding {
  const { revision } = one.answer.status;
  return {
    severity: 'warning',
    subject: 'cluster',
    what: `${kept} revisions are kept and compactions are rare (${last}): the database grows with every write`,
    advice:
      'Start members with --auto-compaction-mode periodic --auto-compaction-retention 24h, and compact now',
    commands: [
      `concordctl compaction ${Math.max(1, revision - 1000)}`,
      'concordctl defrag --cluster',
    ],
  };
}

function span(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2_880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`;
}
