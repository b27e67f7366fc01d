/** Whether disks are fast enough: every write waits for a majority of them. */
import { quantile, type MetricsReading } from '@concord/client/metrics';
import { answering, titleOf, type Survey, type SurveyedMember } from '../../survey/survey.ts';
import { judged, skipped, type Finding, type Verdict } from '../finding.ts';

/** What etcd asks of a disk for 99 of 100 syncs. */
const SYNC_WARNING_SECONDS = 0.01;
/** As long as a heartbeat may take: elections follow. */
const SYNC_PROBLEM_SECONDS = 0.1;
const COMMIT_WARNING_SECONDS = 0.025;
/** Of fewer, one slow one at the start would be the 99th of 100. */
const MEASURED_MIN = 200;
const FILES_SHARE = 0.8;

export function judgeDisks(survey: Survey): Verdict {
  const members = answering(survey).filter(({ metrics }) => metrics !== undefined);
  if (members.length === 0) return skipped('no member shows /metrics');
  const findings = members.flatMap((one) => [
    ...slow(one, 'etcd_disk_wal_fsync_duration_seconds', {
      what: 'syncs of its log',
      warning: SYNC_WARNING_SECONDS,
      problem: SYNC_PROBLEM_SECONDS,
      flag: 'a disk of its own for the log (--wal-dir)',
    }),
    ...slow(one, 'etcd_disk_backend_commit_duration_seconds', {
      what: 'commits to its database',
      warning: COMMIT_WARNING_SECONDS,
      problem: Infinity,
      flag: 'a faster disk',
    }),
    ...openFiles(one),
  ]);
  return judged(summaryOf(members), findings);
}

interface Limits {
  readonly what: string;
  readonly warning: number;
  readonly problem: number;
  readonly flag: string;
}

function summaryOf(members: readonly SurveyedMember[]): string {
  const syncs = members
    .map(({ metrics }) => quantile(syncsOf(metrics), 0.99))
    .filter((value) => value !== undefined);
  if (syncs.length === 0) return 'nothing synced yet';
  return `99 of 100 syncs within ${milliseconds(Math.max(...syncs))}`;
}

const syncsOf = (metrics: MetricsReading | undefined) =>
  metrics?.buckets('etcd_disk_wal_fsync_duration_seconds') ?? [];

function slow(
  one: SurveyedMember,
  histogram: string,
  { what, warning, problem, flag }: Limits,
): readonly Finding[] {
  const buckets = one.metrics?.buckets(histogram) ?? [];
  const measured = buckets.at(-1)?.[1] ?? 0;
  const slowest = quantile(buckets, 0.99);
  if (slowest === undefined || measured < MEASURED_MIN || slowest <= warning) return [];
  return [
    {
      severity: slowest <= problem ? 'warning' : 'problem',
      subject: titleOf(one),
      what: `1 of 100 ${what} takes over ${milliseconds(slowest)}; ${milliseconds(warning)} is what a cluster needs`,
      advice: `Give it an SSD that nobody else writes to, or ${flag}`,
      commands: ['iostat -dx 2 5', 'concordctl check perf'],
    },
  ];
}

function openFiles(one: SurveyedMember): readonly Finding[] {
  const open = one.metrics?.value('process_open_fds') ?? 0;
  const max = one.metrics?.value('process_max_fds') ?? 0;
  if (max === 0 || open / max < FILES_SHARE) return [];
  return [
    {
      severity: open / max < 0.95 ? 'warning' : 'problem',
      subject: titleOf(one),
      what: `it has ${open} files and connections open of the ${max} that it may: it cannot take many more clients`,
      advice: 'Raise LimitNOFILE in its unit, or find who opens connections and never closes them',
      commands: ['systemctl edit concord', `ss -tn state established | wc -l`],
    },
  ];
}

const milliseconds = (seconds: number): string => {
  const ms = seconds * 1000;
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
};
