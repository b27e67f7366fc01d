/** Who follows what at the gateway that answers. */
import { queryOptions } from '@tanstack/react-query';
import { readDocument, type Answer } from '../api/documents.ts';

export type WatchList = Answer<'listWatches'>;
export type Audience = WatchList['items'][number];

const REFRESH_MS = 2_000;

export const watchList = () =>
  queryOptions({
    queryKey: ['watches'],
    queryFn: ({ signal }) => readDocument<WatchList>('v1/watches', {}, signal),
    refetchInterval: REFRESH_MS,
  });
