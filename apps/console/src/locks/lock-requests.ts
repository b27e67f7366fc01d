/** Locks and elections as the gateway tells them, live, and the one thing that the console does to them. */
import { queryOptions } from '@tanstack/react-query';
import { useLiveRefresh } from '../live/use-live.ts';
import { pathWith, readDocument, writeDocument, type Answer } from '../api/documents.ts';

export type LockList = Answer<'listLocks'>;
export type Lock = Answer<'getLock'>;
export type Place = Lock['holders'][number];
export type ElectionList = Answer<'listElections'>;
export type Election = ElectionList['items'][number];

/** While a stream tells of changes: leases are renewed without one, so what is left of them is asked for now and then. */
const TIMES_MS = 5_000;
/** While no stream comes through. */
const POLL_MS = 2_000;
const LISTED_MAX = 500;

export const lockList = (search: string) =>
  queryOptions({
    queryKey: ['locks', 'list', search],
    queryFn: ({ signal }) =>
      readDocument<LockList>('v1/locks', { search, limit: LISTED_MAX }, signal),
  });

export const electionList = (search: string) =>
  queryOptions({
    queryKey: ['locks', 'elections', search],
    queryFn: ({ signal }) =>
      readDocument<ElectionList>('v1/elections', { search, limit: LISTED_MAX }, signal),
  });

export const lockNamed = (name: string) =>
  queryOptions({
    queryKey: ['locks', 'lock', name],
    queryFn: ({ signal }) => readDocument<Lock>(pathOf(name), {}, signal),
  });

/** Those by which gateways agree who checks health, keeps timelines and steers rollouts: nobody else stands there. */
export const isOfGateways = ({ name }: Pick<Election, 'name'>): boolean =>
  name.startsWith('/concord/gateway/');

export type LineKind = 'locks' | 'elections';

/** Keeps what is shown of locks or elections current: read again whenever one changes whose name begins with `prefix`. */
export function useLinesLive(kind: LineKind, prefix = '') {
  const state = useLiveRefresh(pathWith(`v1/${kind}/watch`, { prefix }), ['locks']);
  return { state, refetchInterval: state === 'live' ? TIMES_MS : POLL_MS };
}

const pathOf = (name: string): string => `v1/locks/${encodeURIComponent(name)}`;

/** Takes a place in a lock's line away; with `endsSession` everything else that its session holds as well. */
export const takeAway = (
  name: string,
  lease: string,
  { reason, endsSession }: { readonly reason: string; readonly endsSession: boolean },
): Promise<Answer<'forceReleaseLock'>> =>
  writeDocument(
    'DELETE',
    pathWith(`${pathOf(name)}/holders/${lease}`, { reason, revoke: endsSession || undefined }),
  );

export const lockPageOf = (name: string): string => `/${pathWith('locks/lock', { name })}`;
