/** What the v2 API says of members, and how they are changed by it. */
import type { ClusterClient } from '../connection/cluster-client.ts';
import type { V2Answer, V2Request } from '../connection/exchange.ts';
import { checkPeerUrl } from '../../../peer-url.ts';

export interface V2Member {
  readonly id: string;
  readonly name: string;
  readonly peerURLs: readonly string[];
  readonly clientURLs: readonly string[];
}

const path = '/v2/members';

export async function listMembers(
  client: ClusterClient,
  deadline: AbortSignal,
): Promise<readonly V2Member[]> {
  const answer = await client.send({ method: 'GET', path }, { deadline });
  assertStatus(answer, 200);
  const { members } = JSON.parse(answer.body) as { members?: readonly Partial<V2Member>[] | null };
  return (members ?? []).map(memberOf);
}

export async function leader(client: ClusterClient, deadline: AbortSignal): Promise<V2Member> {
  const answer = await client.send({ method: 'GET', path: `${path}/leader` }, { deadline });
  assertStatus(answer, 200);
  return memberOf(JSON.parse(answer.body) as Partial<V2Member>);
}

export async function addMember(
  client: ClusterClient,
  peerUrl: string,
  deadline: AbortSignal,
): Promise<V2Member> {
  const request = { method: 'POST', path, ...peerUrls([peerUrl]) } satisfies V2Request;
  const answer = await client.send(request, { deadline });
  assertStatus(answer, 201, 409);
  if (answer.status !== 201) throw refusal(answer);
  return memberOf(JSON.parse(answer.body) as Partial<V2Member>);
}

export async function updateMember(
  client: ClusterClient,
  id: string,
  urls: readonly string[],
  deadline: AbortSignal,
): Promise<void> {
  const request = { method: 'PUT', path: memberPath(id), ...peerUrls(urls) } satisfies V2Request;
  const answer = await client.send(request, { deadline });
  assertStatus(answer, 204, 404, 409);
  if (answer.status !== 204) throw refusal(answer);
}

export async function removeMember(
  client: ClusterClient,
  id: string,
  deadline: AbortSignal,
): Promise<void> {
  const answer = await client.send({ method: 'DELETE', path: memberPath(id) }, { deadline });
  assertStatus(answer, 204, 410);
}

const memberPath = (id: string): string => `${path}/${encodeURIComponent(id)}`;

const memberOf = ({ id = '', name = '', peerURLs, clientURLs }: Partial<V2Member>): V2Member => ({
  id,
  name,
  peerURLs: peerURLs ?? [],
  clientURLs: clientURLs ?? [],
});

/** Throws `CommandError` for what is no URL of a peer. */
function peerUrls(urls: readonly string[]): { body: string; contentType: string } {
  const checked = urls.map((url) => checkPeerUrl(url.trim())).sort();
  return { body: JSON.stringify({ peerURLs: checked }), contentType: 'application/json' };
}

const refusal = ({ body }: V2Answer): Error =>
  new Error((JSON.parse(body) as { message?: string }).message ?? '');

export function assertStatus({ status }: V2Answer, ...expected: readonly number[]): void {
  if (!expected.includes(status)) throw new Error(`unexpected status code ${status}`);
}
