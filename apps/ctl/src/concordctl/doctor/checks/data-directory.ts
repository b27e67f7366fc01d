/** Whether a data directory on this machine is one that a member can live on. */
import { humanBytes } from '../../../human-bytes.ts';
import { titleOf, answering, type Survey } from '../../survey/survey.ts';
import { judged, listed, skipped, type Finding, type Verdict } from '../finding.ts';

const FREE_SHARE_WARNING = 0.15;
const FREE_SHARE_PROBLEM = 0.05;

export interface SeenDirectory {
  readonly path: string;
  readonly content:
    | { readonly kind: 'missing' | 'empty' | 'foreign' | 'etcd' }
    | {
        readonly kind: 'concord';
        /** `locked`: a member runs on it. */
        readonly use: 'locked' | 'free' | 'unknown';
        readonly clusterId?: bigint | undefined;
        readonly memberId?: bigint | undefined;
        /** Of a free one, that was read through. */
        readonly damage?: { readonly what: string; readonly remedy: string } | undefined;
        readonly keys?: number | undefined;
      };
  /** Permission bits of the directory with the data. */
  readonly mode?: number | undefined;
  readonly owner?: number | undefined;
  readonly freeBytes?: number | undefined;
  readonly totalBytes?: number | undefined;
  /** That this user may not look. */
  readonly problem?: string | undefined;
}

export function judgeDirectories(
  directories: readonly SeenDirectory[],
  survey: Survey | undefined,
): Verdict {
  if (directories.length === 0) return skipped('none is given (--data-dir)');
  const findings = directories.flatMap((one) => [
    ...contents(one),
    ...permissions(one),
    ...space(one),
    ...belonging(one, survey),
  ]);
  return judged(listed(directories.map(summaryOf)), findings);
}

function summaryOf({ path, content, freeBytes }: SeenDirectory): string {
  const what =
    content.kind === 'concord'
      ? content.use === 'locked'
        ? 'in use'
        : content.keys === undefined
          ? 'not in use'
          : `not in use, ${content.keys} rows read`
      : content.kind;
  return `${path}: ${what}${freeBytes === undefined ? '' : `, ${humanBytes(freeBytes)} free`}`;
}

function contents({ path, content, problem }: SeenDirectory): readonly Finding[] {
  const finding = (what: string, advice: string, commands: readonly string[]): Finding[] => [
    { severity: 'problem', subject: path, what, advice, commands },
  ];
  if (problem !== undefined) {
    return finding(problem, 'Run doctor as the user that the member runs as', [`ls -ld ${path}`]);
  }
  if (content.kind === 'missing') {
    return finding('there is no such directory', 'Name the one that the member was started with', [
      'systemctl cat concord',
    ]);
  }
  if (content.kind === 'empty') {
    return finding(
      'there is no data in it: a member started on it would begin a new life',
      'Name the one that the member was started with, or restore a backup into it',
      ['concordutl snapshot restore backup.db --data-dir NEW-DIRECTORY'],
    );
  }
  if (content.kind === 'foreign') {
    return finding(
      'it holds files, and no data of a member',
      'Name the one that the member was started with',
      [`ls -l ${path}`],
    );
  }
  if (content.kind !== 'concord' || content.damage === undefined) return [];
  return finding(content.damage.what, content.damage.remedy, [
    `concordutl verify --data-dir ${path}`,
  ]);
}

function permissions({ path, mode, content }: SeenDirectory): readonly Finding[] {
  if (mode === undefined || (mode & 0o077) === 0) return [];
  if (content.kind !== 'concord' && content.kind !== 'etcd') return [];
  return [
    {
      severity: 'warning',
      subject: path,
      what: `others than its owner may look into it (mode ${(mode & 0o777).toString(8)}): keys, values and password hashes are in its files`,
      commands: [`chmod -R go= ${path}/member`],
    },
  ];
}

function space({ path, freeBytes, totalBytes }: SeenDirectory): readonly Finding[] {
  if (freeBytes === undefined || totalBytes === undefined || totalBytes === 0) return [];
  const share = freeBytes / totalBytes;
  if (share >= FREE_SHARE_WARNING) return [];
  return [
    {
      severity: share < FREE_SHARE_PROBLEM ? 'problem' : 'warning',
      subject: path,
      what: `its disk has ${humanBytes(freeBytes)} free of ${humanBytes(totalBytes)}: a member whose disk is full stops`,
      advice:
        'Make room, or give the disk more; what is in the directory is not to be deleted by hand',
      commands: [`df -h ${path}`, `du -xh --max-depth 1 ${path}/..`],
    },
  ];
}

function belonging(
  { path, content }: SeenDirectory,
  survey: Survey | undefined,
): readonly Finding[] {
  if (content.kind !== 'concord' || content.clusterId === undefined || survey === undefined)
    return [];
  const [first] = answering(survey);
  if (first === undefined) return [];
  const live = first.answer.status.clusterId;
  if (live !== content.clusterId) {
    return [
      {
        severity: 'problem',
        subject: path,
        what: `it is of cluster ${content.clusterId.toString(16)}, and the endpoints are of cluster ${live.toString(16)}`,
        advice:
          'A member started on it would not be let in: name the right directory, or the right endpoints',
        commands: ['concordctl member list -w table'],
      },
    ];
  }
  if (survey.members.some(({ member }) => member.id === content.memberId)) return [];
  const id = (content.memberId ?? 0n).toString(16);
  return [
    {
      severity: 'problem',
      subject: path,
      what: `it is of member ${id}, which was removed from the cluster of ${listed(survey.members.map(titleOf))}`,
      advice: 'Add the member anew, and start it on an empty directory',
      commands: ['concordctl member add NAME --peer-urls http://HOST:2380'],
    },
  ];
}
