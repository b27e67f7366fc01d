/** Whether databases have room: under their quota, and not made of free pages. */
import { humanBytes } from '../../../human-bytes.ts';
import { answering, titleOf, type AnsweringMember, type Survey } from '../../survey/survey.ts';
import { judged, skipped, type Finding, type Verdict } from '../finding.ts';

const FULL_WARNING = 0.8;
const FULL_PROBLEM = 0.95;
/** Free pages are used again; worth a stand-still only where they are many. */
const FREE_SHARE = 0.5;
const FREE_BYTES_MIN = 256 * 1024 * 1024;

export function judgeDatabase(survey: Survey): Verdict {
  const members = answering(survey);
  if (members.length === 0) return skipped('no member answers');
  const sizes = members.map(({ answer }) => answer.status.databaseBytes);
  const quotas = members.map(quotaOf).filter((quota) => quota > 0);
  const quota = quotas.length === 0 ? '' : `, quota ${humanBytes(Math.min(...quotas))}`;
  const findings = members.flatMap((one) => [...fullness(one), ...freePages(one)]);
  return judged(`largest ${humanBytes(Math.max(...sizes))}${quota}`, findings);
}

/** 0: it is not known. */
function quotaOf({ answer, metrics }: AnsweringMember): number {
  const { quotaBytes } = answer.status;
  return quotaBytes > 0 ? quotaBytes : (metrics?.value('etcd_server_quota_backend_bytes') ?? 0);
}

function fullness(one: AnsweringMember): readonly Finding[] {
  const quota = quotaOf(one);
  const { databaseBytes, databaseBytesInUse, revision } = one.answer.status;
  const share = databaseBytes / quota;
  if (quota <= 0 || share < FULL_WARNING) return [];
  const percent = Math.floor(share * 100);
  const helps = databaseBytesInUse / quota < FULL_WARNING;
  return [
    {
      severity: share < FULL_PROBLEM ? 'warning' : 'problem',
      subject: titleOf(one),
      what: `its database has ${humanBytes(databaseBytes)}, ${percent}% of its quota of ${humanBytes(quota)}; at 100% the cluster takes no writes`,
      advice: helps
        ? `${humanBytes(databaseBytesInUse)} are in use: defragmentation gives the rest back`
        : 'Throw old revisions away and give the room back; if all of it is needed, raise --quota-backend-bytes',
      commands: [
        ...(helps ? [] : [`concordctl compaction ${revision}`]),
        `concordctl --endpoints ${one.url ?? ''} defrag`,
      ],
    },
  ];
}

function freePages(one: AnsweringMember): readonly Finding[] {
  const { databaseBytes, databaseBytesInUse } = one.answer.status;
  const free = databaseBytes - databaseBytesInUse;
  if (free < FREE_BYTES_MIN || free / databaseBytes < FREE_SHARE) return [];
  return [
    {
      severity: 'warning',
      subject: titleOf(one),
      what: `${humanBytes(free)} of its database of ${humanBytes(databaseBytes)} are free pages`,
      advice: 'It stands still while it is defragmented: one member after another, the leader last',
      commands: [`concordctl --endpoints ${one.url ?? ''} defrag`],
    },
  ];
}
