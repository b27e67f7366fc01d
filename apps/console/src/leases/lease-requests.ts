/** Leases as the gateway tells them. */
import {
  infiniteQueryOptions,
  queryOptions,
  type InfiniteData,
  type QueryKey,
} from '@tanstack/react-query';
import { readDocument, writeDocument, type Answer } from '../api/documents.ts';
import { isKeptCurrent } from '../api/paged-list.ts';

export type LeaseList = Answer<'listLeases'>;
export type Lease = LeaseList['items'][number];

/** Leases end without an event: what is left of them is asked for again. */
const REFRESH_MS = 5_000;
const PAGE = 100;

export const leasePages = () =>
  infiniteQueryOptions<LeaseList, Error, InfiniteData<LeaseList>, QueryKey, string>({
    queryKey: ['leases', 'list'],
    queryFn: ({ pageParam, signal }) =>
      readDocument<LeaseList>('v1/leases', { cursor: pageParam, limit: PAGE }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state }) => isKeptCurrent(state.data) && REFRESH_MS,
  });

export const leaseNamed = (id: string) =>
  queryOptions({
    queryKey: ['leases', 'lease', id],
    queryFn: ({ signal }) => readDocument<Lease>(`v1/leases/${id}`, {}, signal),
    refetchInterval: REFRESH_MS,
  });

export const revoke = (id: string): Promise<unknown> => writeDocument('DELETE', `v1/leases/${id}`);
