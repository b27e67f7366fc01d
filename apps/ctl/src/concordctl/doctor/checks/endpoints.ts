/** Whether what clients are told to connect to is the cluster, and all of one cluster. */
import { titleOf, type Survey, type SurveyedMember } from '../../survey/survey.ts';
import type { SeenEndpoint } from '../../survey/endpoints.ts';
import { counted, judged, listed, type Finding, type Verdict } from '../finding.ts';

/** @param survey - undefined when nobody could say who the members are */
export function judgeEndpoints(
  endpoints: readonly SeenEndpoint[],
  survey: Survey | undefined,
): Verdict {
  const clusters = new Map<bigint, string[]>();
  for (const { endpoint, answer } of endpoints) {
    if (answer.state !== 'answered') continue;
    clusters.set(answer.clusterId, [...(clusters.get(answer.clusterId) ?? []), endpoint]);
  }
  const findings = [
    ...endpoints.flatMap((one) => silent(one, endpoints.length)),
    ...(clusters.size > 1 ? [mixed(clusters)] : []),
    ...endpoints.flatMap((one) => strangers(one, survey)),
    ...(survey?.members ?? []).flatMap(elsewhere),
  ];
  const answered = endpoints.filter(({ answer }) => answer.state === 'answered').length;
  return judged(`${answered} of ${counted(endpoints.length, 'endpoint')} answer`, findings);
}

function silent({ endpoint, answer }: SeenEndpoint, count: number): readonly Finding[] {
  if (answer.state !== 'silent') return [];
  return [
    {
      severity: 'problem',
      subject: endpoint,
      what: `this endpoint does not answer: ${answer.problem}`,
      advice:
        count > 1
          ? 'See whether that member runs; else take the endpoint out of --endpoints'
          : 'See whether the member runs, and whether scheme, host, port and certificates are the right ones',
      commands: [`curl -kv -m 2 ${urlOf(endpoint)}/version`],
    },
  ];
}

function mixed(clusters: ReadonlyMap<bigint, readonly string[]>): Finding {
  const parts = [...clusters].map(
    ([id, endpoints]) => `${listed(endpoints)} (cluster ${id.toString(16)})`,
  );
  return {
    severity: 'problem',
    subject: '--endpoints',
    what: `the endpoints belong to different clusters: ${parts.join('; ')}; each request goes to one of them by chance`,
    advice: 'Name endpoints of one cluster',
    commands: [...clusters.values()].map(
      (endpoints) => `concordctl --endpoints ${endpoints.join(',')} member list`,
    ),
  };
}

/** Whoever answers and is no member was taken out, and serves what it knew then. */
function strangers(
  { endpoint, answer }: SeenEndpoint,
  survey: Survey | undefined,
): readonly Finding[] {
  if (answer.state !== 'answered' || survey === undefined) return [];
  const { members } = survey;
  if (members.some(({ member }) => member.id === answer.memberId)) return [];
  const ofOthers = members.some(
    (one) => one.answer.state === 'answered' && one.answer.status.clusterId !== answer.clusterId,
  );
  if (ofOthers) return [];
  return [
    {
      severity: 'problem',
      subject: endpoint,
      what: `member ${answer.memberId.toString(16)} answers there, and is no member of the cluster of ${listed(members.map(titleOf))}`,
      advice: 'It was removed: stop it, and take the endpoint out of --endpoints',
      commands: ['concordctl member list -w table'],
    },
  ];
}

/** Clients that ask who the members are, and the SDK's of other languages do, go on to what these tell them. */
function elsewhere(one: SurveyedMember): readonly Finding[] {
  if (!one.isElsewhere) return [];
  return [
    {
      severity: 'warning',
      subject: titleOf(one),
      what: `it answers at ${one.url ?? ''}, and tells clients ${listed(one.member.clientUrls)}, where it cannot be reached from here`,
      advice: 'Start it with --advertise-client-urls that clients reach',
      commands: ['concordctl member list -w table'],
    },
  ];
}

const urlOf = (endpoint: string): string =>
  endpoint.includes('://') ? endpoint : `http://${endpoint}`;
