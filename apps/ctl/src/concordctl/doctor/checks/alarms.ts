/** Alarms that members have raised. */
import { answering, titleOf, type SeenAlarm, type Survey } from '../../survey/survey.ts';
import { counted, judged, skipped, type Finding, type Verdict } from '../finding.ts';

export function judgeAlarms(survey: Survey): Verdict {
  if (survey.alarms === undefined) return skipped('the cluster did not say which alarms it has');
  const { alarms } = survey;
  const findings = alarms.map((alarm) =>
    alarm.kind === 'nospace' ? noSpace(alarm, survey) : corrupt(alarm, survey),
  );
  const summary = alarms.length === 0 ? 'none' : `${counted(alarms.length, 'alarm')} raised`;
  return judged(summary, findings);
}

function noSpace(alarm: SeenAlarm, survey: Survey): Finding {
  const revision = Math.max(0, ...answering(survey).map(({ answer }) => answer.status.revision));
  return {
    severity: 'problem',
    subject: subjectOf(alarm, survey),
    what: 'alarm NOSPACE: the database has reached its quota, and the whole cluster takes no writes but deletions',
    advice:
      'Throw old revisions away, give the room back, then clear the alarm; if all of it is needed, raise --quota-backend-bytes',
    commands: [
      `concordctl compaction ${revision}`,
      'concordctl defrag --cluster',
      'concordctl alarm disarm',
    ],
  };
}

function corrupt(alarm: SeenAlarm, survey: Survey): Finding {
  const id = alarm.memberId.toString(16);
  const peer = survey.members.find(({ member }) => member.id === alarm.memberId)?.member
    .peerUrls[0];
  return {
    severity: 'problem',
    subject: subjectOf(alarm, survey),
    what: 'alarm CORRUPT: its data is not what the others have, and it must not be read from',
    advice:
      'Compare the hashes, then replace the member: stop it, and start it on an empty data directory',
    commands: [
      'concordctl endpoint hashkv --cluster -w table',
      `concordctl member remove ${id}`,
      `concordctl member add NAME --peer-urls ${peer ?? 'http://HOST:2380'}`,
      'concordctl alarm disarm',
    ],
  };
}

function subjectOf({ memberId }: SeenAlarm, { members }: Survey): string {
  const one = members.find(({ member }) => member.id === memberId);
  return one === undefined ? memberId.toString(16) : titleOf(one);
}
