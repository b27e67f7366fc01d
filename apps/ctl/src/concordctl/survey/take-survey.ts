/** Takes a {@link Survey}: over gRPC what members say of themselves, over HTTP what they measure and what time it is. */
import { httpLook, type HttpAnswer, type HttpPlace, type TlsMaterial } from './http-look.ts';
import { MetricsReading } from '@concord/client/metrics';
import { askIfReachable } from './reachability.ts';
import type {
  MemberAnswer,
  SeenAlarm,
  SeenClock,
  SeenMember,
  SeenStatus,
  Survey,
  SurveyedMember,
} from './survey.ts';

/** What a survey asks of a connection. */
export interface Surveyable {
  members(signal: AbortSignal): Promise<readonly SeenMember[]>;
  alarms(signal: AbortSignal): Promise<readonly SeenAlarm[]>;
  /** Of the member behind a client URL, whether it is one of the command line's endpoints or not. */
  status(url: string, signal: AbortSignal): Promise<SeenStatus>;
  /** An endpoint of the command line with its scheme. */
  urlOf(endpoint: string): string;
  readonly tls: TlsMaterial | undefined;
}

/** A healthy member answers within milliseconds. */
export const ANSWER_MS_MAX = 2_000;

export interface SurveyOptions {
  readonly answerMs?: number;
  readonly signal?: AbortSignal;
  /** Endpoints that are known to answer, by the member that does: what members tell clients may not be reached from here. */
  readonly known?: ReadonlyMap<bigint, string>;
}

/** Rejects when nobody can say who the members are. */
export async function takeSurvey(
  cluster: Surveyable,
  { answerMs = ANSWER_MS_MAX, signal, known = new Map() }: SurveyOptions = {},
): Promise<Survey> {
  const within = (): AbortSignal => {
    const timeout = AbortSignal.timeout(answerMs);
    return signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
  };
  const members = await cluster.members(within());
  const [surveyed, alarms] = await Promise.all([
    Promise.all(
      members.map((member) => look(cluster, member, known.get(member.id), answerMs, within)),
    ),
    cluster.alarms(within()).catch(() => undefined),
  ]);
  return { atMs: Date.now(), members: surveyed, alarms };
}

async function look(
  cluster: Surveyable,
  member: SeenMember,
  known: string | undefined,
  answerMs: number,
  within: () => AbortSignal,
): Promise<SurveyedMember> {
  const [first] = member.clientUrls;
  if (first === undefined) {
    const answer = { state: 'not-started' } as const;
    return { ...unseen, member, url: undefined, answer };
  }
  const asked = await Promise.all(
    member.clientUrls.map(async (url) => ({ url, answer: await ask(cluster, url, within()) })),
  );
  const answered = asked.find(({ answer }) => answer.state === 'answered');
  const elsewhere =
    answered === undefined && known !== undefined
      ? { url: known, answer: await ask(cluster, known, within()) }
      : undefined;
  const heard = answered ?? elsewhere ?? asked[0]!;
  const [metrics, version] = await Promise.all(
    ['/metrics', '/version'].map(async (path) => {
      const place = httpPlace(path, heard.url);
      return place && (await httpLook(place, cluster.tls, answerMs, within()));
    }),
  );
  return {
    member,
    ...heard,
    isElsewhere: heard === elsewhere,
    metrics: metrics?.status === 200 ? new MetricsReading(metrics.body) : undefined,
    concordVersion: concordVersionIn(version),
    clock: clockOf(version ?? metrics),
  };
}

const unseen = {
  isElsewhere: false,
  metrics: undefined,
  concordVersion: undefined,
  clock: undefined,
};

async function ask(
  cluster: Surveyable,
  url: string,
  signal: AbortSignal,
): Promise<Exclude<MemberAnswer, { state: 'not-started' }>> {
  const startMs = performance.now();
  try {
    const status = await askIfReachable(url, () => cluster.status(url, signal));
    return { state: 'answered', status, latencyMs: performance.now() - startMs };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { state: 'silent', problem };
  }
}

/** Undefined for what is no URL that HTTP knows. */
function httpPlace(path: string, clientUrl: string): HttpPlace | undefined {
  const [, isTls, socketPath] = /^unix(s?):(?:\/\/)?(.+)$/.exec(clientUrl) ?? [];
  if (socketPath !== undefined) {
    return {
      url: new URL(path, isTls === 's' ? 'https://localhost' : 'http://localhost'),
      socketPath,
    };
  }
  const isReached = /^https?:/.test(clientUrl) && URL.canParse(path, clientUrl);
  return isReached ? { url: new URL(path, clientUrl) } : undefined;
}

function clockOf(answer: HttpAnswer | undefined): SeenClock | undefined {
  if (answer?.dateMs === undefined) return undefined;
  const { dateMs, sentAtMs, answeredAtMs } = answer;
  return { dateMs, sentAtMs, answeredAtMs };
}

function concordVersionIn(answer: HttpAnswer | undefined): string | undefined {
  if (answer?.status !== 200) return undefined;
  try {
    const { concord } = JSON.parse(answer.body) as { concord?: unknown };
    return typeof concord === 'string' ? concord : undefined;
  } catch {
    return undefined;
  }
}
