/** Whether the members answer, have a leader, and could do without one of them. */
import { leaderOf, titleOf, type Survey, type SurveyedMember } from '../../survey/survey.ts';
import { counted, judged, listed, type Finding, type Verdict } from '../finding.ts';

/** With more, every write waits for more disks; etcd's own advice. */
const VOTERS_MAX = 7;
/** A learner this close to the leader has everything that matters. */
const PROMOTABLE_LAG = 100;

export function judgeMembers(survey: Survey): Verdict {
  const { members } = survey;
  const voters = members.filter(({ member }) => !member.isLearner);
  const majority = (voters.length >> 1) + 1;
  const present = voters.filter(({ answer }) => answer.state === 'answered').length;
  const leader = leaderOf(survey);
  const leading = members.find(({ member }) => member.id === leader);
  const findings = [
    ...members.flatMap((one) => absent(one, voters.length - majority, voters.length)),
    ...(present < majority ? [noMajority(members, present, voters.length)] : []),
    ...leaderless(survey, leader),
    ...ownErrors(survey),
    ...learners(survey, leader),
    ...sizes(voters),
  ];
  const answered = members.filter(({ answer }) => answer.state === 'answered').length;
  const leads = leading === undefined ? 'no leader' : `${titleOf(leading)} leads`;
  return judged(`${answered} of ${counted(members.length, 'member')} answer, ${leads}`, findings);
}

function absent(one: SurveyedMember, spare: number, voters: number): readonly Finding[] {
  const { member, answer, url } = one;
  const id = member.id.toString(16);
  if (answer.state === 'answered') return [];
  if (answer.state === 'not-started') {
    return [
      {
        severity: 'warning',
        subject: titleOf(one),
        what: `the member ${id} was added and has not started${member.isLearner ? '' : '; it counts for the majority all the same'}`,
        advice: `Start it with --initial-cluster-state existing, or take it out again`,
        commands: [`concordctl member remove ${id}`],
      },
    ];
  }
  const rest = spare > 0 ? '' : `; the cluster of ${voters} cannot do without it`;
  return [
    {
      severity: 'problem',
      subject: titleOf(one),
      what: `it does not answer at ${url ?? 'its client URL'}: ${answer.problem}${rest}`,
      advice:
        'See on its machine whether it runs and what it logged last; replace it if its disk is lost',
      commands: ['systemctl status concord', 'journalctl -u concord -n 50'],
    },
  ];
}

function noMajority(members: readonly SurveyedMember[], present: number, voters: number): Finding {
  const survivor = members.find(({ answer }) => answer.state === 'answered');
  return {
    severity: 'problem',
    subject: 'cluster',
    what: `${present} of ${voters} voting members answer: there is no majority, and nothing can be written`,
    advice:
      'Bring members back first: that loses nothing. Only if they are gone for good, make a new cluster of what one member has',
    commands:
      survivor === undefined
        ? []
        : [
            `concordctl --endpoints ${survivor.url ?? ''} snapshot save backup.db`,
            'concordutl snapshot restore backup.db --data-dir NEW-DIRECTORY',
          ],
  };
}

function leaderless(survey: Survey, leader: bigint | undefined): readonly Finding[] {
  const without = survey.members.filter(
    ({ answer }) => answer.state === 'answered' && answer.status.leaderId === 0n,
  );
  if (without.length === 0) return [];
  if (leader === undefined) {
    return [
      {
        severity: 'problem',
        subject: 'cluster',
        what: 'no member knows of a leader: elections do not end, or there is no majority',
        advice:
          'See that members reach each other at their peer URLs, and that their disks are not too slow to vote',
        commands: ['concordctl member list -w table', 'journalctl -u concord -n 50'],
      },
    ];
  }
  return without.map((one) => ({
    severity: 'problem',
    subject: titleOf(one),
    what: 'it knows of no leader, and others do: it is cut off from them',
    advice: `See from its machine whether it reaches the peer URLs of the others`,
    commands: survey.members
      .filter(({ member }) => member.id !== one.member.id)
      .flatMap(({ member }) => member.peerUrls.slice(0, 1))
      .map((url) => `curl -m 2 ${url}/version`),
  }));
}

/** What members say of themselves beyond alarms and the leader, which have checks of their own. */
function ownErrors({ members }: Survey): readonly Finding[] {
  return members.flatMap((one) => {
    if (one.answer.state !== 'answered') return [];
    const errors = one.answer.status.errors.filter((text) => !/alarm:|no leader/.test(text));
    return errors.map((text): Finding => ({
      severity: 'warning',
      subject: titleOf(one),
      what: `it says of itself: ${text}`,
      commands: [`concordctl --endpoints ${one.url ?? ''} endpoint status -w fields`],
    }));
  });
}

function learners(survey: Survey, leader: bigint | undefined): readonly Finding[] {
  const leading = survey.members.find(({ member }) => member.id === leader)?.answer;
  if (leading?.state !== 'answered') return [];
  return survey.members.flatMap((one): Finding[] => {
    if (!one.member.isLearner || one.answer.state !== 'answered') return [];
    const lag = leading.status.raftIndex - one.answer.status.raftAppliedIndex;
    if (lag > PROMOTABLE_LAG) return [];
    return [
      {
        severity: 'warning',
        subject: titleOf(one),
        what: 'it is a learner that has caught up: it serves no writes and has no vote until it is promoted',
        commands: [`concordctl member promote ${one.member.id.toString(16)}`],
      },
    ];
  });
}

function sizes(voters: readonly SurveyedMember[]): readonly Finding[] {
  const count = voters.length;
  if (count === 1 || (count % 2 === 1 && count <= VOTERS_MAX)) return [];
  if (count > VOTERS_MAX) {
    return [
      {
        severity: 'warning',
        subject: 'cluster',
        what: `${count} members vote, and each write waits for ${(count >> 1) + 1} disks`,
        advice: 'Have 3 or 5, and others as learners',
        commands: ['concordctl member list -w table'],
      },
    ];
  }
  const names = listed(voters.map(titleOf));
  return [
    {
      severity: 'warning',
      subject: 'cluster',
      what: `${count} members vote (${names}): no more of them may fail than of ${count - 1}, and there is one more to fail`,
      advice: 'Have an odd number of them: add one, or take one out',
      commands: [`concordctl member add NAME --learner --peer-urls http://HOST:2380`],
    },
  ];
}
