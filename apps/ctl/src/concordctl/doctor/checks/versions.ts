/** Whether all members run the same release, or two that go together. */
import { answering, titleOf, type AnsweringMember, type Survey } from '../../survey/survey.ts';
import { judged, listed, skipped, type Finding, type Verdict } from '../finding.ts';

export function judgeVersions(survey: Survey): Verdict {
  const members = answering(survey);
  if (members.length === 0) return skipped('no member answers');
  const releases = [...new Set(members.map(releaseOf))].sort();
  if (releases.length === 1) return judged(releases[0] ?? '', []);
  const minors = members.map(({ answer }) => minorOf(answer.status.version));
  const distance = Math.max(...minors) - Math.min(...minors);
  return judged(listed(releases), [distance > 1 ? apart(members) : mixed(members)]);
}

/** etcd 3.5 and 3.6 go together, and no two that are further apart. */
function apart(members: readonly AnsweringMember[]): Finding {
  return {
    severity: 'problem',
    subject: 'cluster',
    what: `members run releases that do not go together: ${listed(members.map(described))}`,
    advice: 'Go from one minor version to the next, all members before the next step',
    commands: ['concordctl endpoint status --cluster -w table'],
  };
}

function mixed(members: readonly AnsweringMember[]): Finding {
  return {
    severity: 'warning',
    subject: 'cluster',
    what: `members run different releases: ${listed(members.map(described))}`,
    advice: 'Fine while you upgrade one after the other; bring all to the newest then',
    commands: ['concordctl endpoint status --cluster -w table'],
  };
}

const described = (one: AnsweringMember): string => `${titleOf(one)} ${releaseOf(one)}`;

const releaseOf = ({ answer, concordVersion }: AnsweringMember): string =>
  concordVersion === undefined ? `etcd ${answer.status.version}` : `Concord ${concordVersion}`;

function minorOf(version: string): number {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major * 100 + minor;
}
