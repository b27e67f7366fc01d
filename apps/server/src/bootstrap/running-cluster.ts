/**
 * A cluster as its members tell of it: `GET <peer URL>/members`, with the cluster's id in a header. Asked by a member
 * that joins, and by a new one that makes sure that it is not there already.
 */
import { formatId } from '../identity.ts';
import { askPeer, type PeerAnswer, type PeerClientTls } from './peer-request.ts';

/** etcd's: enough to connect and answer even while a leader is being elected. */
export const ANSWER_MS_MAX = 10_000;
/** Once one has answered, the others are waited for only to notice that they are of another cluster. */
const OTHERS_MS_MAX = 1000;

export interface RunningMember {
  readonly id: bigint;
  /** Empty for a member that was added and has not started yet; so are its client URLs. */
  readonly name: string;
  readonly peerUrls: readonly string[];
  readonly clientUrls: readonly string[];
  readonly isLearner: boolean;
}

export interface RunningCluster {
  readonly clusterId: bigint;
  readonly members: readonly RunningMember[];
  /** The peer URL that told. */
  readonly toldBy: string;
}

/** A peer URL that told nothing, and why. */
export interface Silence {
  readonly url: string;
  readonly reason: string;
}

export interface Inquiry {
  readonly answers: readonly RunningCluster[];
  readonly silences: readonly Silence[];
}

/** Asks all URLs at once; answers stand in the order of the URLs. Does not reject. */
export async function askMembers(
  urls: readonly string[],
  tls: PeerClientTls,
  timeoutMs = ANSWER_MS_MAX,
): Promise<Inquiry> {
  const enough = new AbortController();
  let grace: NodeJS.Timeout | undefined;
  const ask = async (url: string): Promise<RunningCluster> => {
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), enough.signal]);
    const answer = await askPeer(`${url}/members`, tls, signal);
    const cluster = parseAnswer(url, answer);
    grace ??= setTimeout(() => enough.abort(), OTHERS_MS_MAX);
    return cluster;
  };
  const outcomes = await Promise.allSettled(urls.map(ask));
  clearTimeout(grace);
  const answers: RunningCluster[] = [];
  const silences: Silence[] = [];
  outcomes.forEach((outcome, i) => {
    if (outcome.status === 'fulfilled') answers.push(outcome.value);
    else silences.push({ url: urls[i] ?? '', reason: (outcome.reason as Error).message });
  });
  return { answers, silences };
}

function parseAnswer(url: string, { status, headers, body }: PeerAnswer): RunningCluster {
  if (status !== 200) throw new Error(`answered ${status} ${body.trim().slice(0, 200)}`.trim());
  const id = headers['x-etcd-cluster-id'];
  if (typeof id !== 'string' || !/^[0-9a-f]{1,16}$/i.test(id)) {
    throw new Error('answered without the id of a cluster: is this the peer URL of a member?');
  }
  const members = parseMembers(body);
  if (members === undefined) throw new Error('answered something that is no list of members');
  if (members.length === 0) {
    throw new Error('failed to get raft cluster member(s) from the given URLs');
  }
  return { clusterId: BigInt(`0x${id}`), members, toldBy: url };
}

function parseMembers(body: string): readonly RunningMember[] | undefined {
  let content: unknown;
  try {
    content = JSON.parse(body, exactIds as Parameters<typeof JSON.parse>[1]);
  } catch {
    return undefined;
  }
  if (!Array.isArray(content)) return undefined;
  const members = content.map(toMember);
  return members.every((member) => member !== undefined) ? members : undefined;
}

/** Ids have 64 bits, more than a number holds: they are read from the text itself. */
function exactIds(key: string, value: unknown, { source }: { readonly source?: string }): unknown {
  return key === 'id' && typeof value === 'number' && source !== undefined ? BigInt(source) : value;
}

function toMember(given: unknown): RunningMember | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { id, name, peerURLs, clientURLs, isLearner } = given as Record<string, unknown>;
  if (typeof id !== 'bigint' || !Array.isArray(peerURLs)) return undefined;
  return {
    id,
    name: typeof name === 'string' ? name : '',
    peerUrls: peerURLs.map(String),
    clientUrls: Array.isArray(clientURLs) ? clientURLs.map(String) : [],
    isLearner: isLearner === true,
  };
}

/** As etcd prints a cluster in its errors. */
export function describeCluster({ clusterId, members }: RunningCluster): string {
  const list = members.map(
    ({ id, name, peerUrls, clientUrls, isLearner }) =>
      `&{ID:${formatId(id)} RaftAttributes:{PeerURLs:[${peerUrls.join(' ')}] IsLearner:${isLearner}} ` +
      `Attributes:{Name:${name} ClientURLs:[${clientUrls.join(' ')}]}}`,
  );
  return `{ClusterID:${formatId(clusterId)} Members:[${list.join(' ')}] RemovedMemberIDs:[]}`;
}
