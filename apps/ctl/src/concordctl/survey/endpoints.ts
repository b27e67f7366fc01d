/** Who answers at the endpoints of the command line: they may reach members where what these tell clients does not. */
import { askIfReachable } from './reachability.ts';
import type { Surveyable } from './take-survey.ts';

export interface SeenEndpoint {
  /** As it was given. */
  readonly endpoint: string;
  readonly answer:
    | { readonly state: 'answered'; readonly clusterId: bigint; readonly memberId: bigint }
    | { readonly state: 'silent'; readonly problem: string };
}

export interface AskOptions {
  readonly answerMs: number;
  readonly signal: AbortSignal;
}

export function askEndpoints(
  cluster: Surveyable,
  endpoints: readonly string[],
  options: AskOptions,
): Promise<readonly SeenEndpoint[]> {
  return Promise.all(endpoints.map((endpoint) => ask(cluster, endpoint, options)));
}

async function ask(
  cluster: Surveyable,
  endpoint: string,
  { answerMs, signal }: AskOptions,
): Promise<SeenEndpoint> {
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(answerMs)]);
    const { clusterId, memberId } = await askIfReachable(endpoint, () =>
      cluster.status(endpoint, within),
    );
    return { endpoint, answer: { state: 'answered', clusterId, memberId } };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { endpoint, answer: { state: 'silent', problem } };
  }
}

/** Those that answered, by the member that did, as URLs. */
export const knownMembers = (
  cluster: Surveyable,
  endpoints: readonly SeenEndpoint[],
): ReadonlyMap<bigint, string> =>
  new Map(
    endpoints.flatMap(({ endpoint, answer }) =>
      answer.state === 'answered' ? [[answer.memberId, cluster.urlOf(endpoint)] as const] : [],
    ),
  );
