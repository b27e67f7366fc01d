/** The registry as it was at a revision. */
import { infiniteQueryOptions, type InfiniteData, type QueryKey } from '@tanstack/react-query';
import { readDocument, type Answer } from '../api/documents.ts';

type InstanceList = Answer<'listInstances'>;

const PAGE = 1000;

/** Page after page. */
export const pastInstancePages = ({
  service,
  revision,
}: {
  readonly service: string;
  readonly revision: number;
}) =>
  infiniteQueryOptions<InstanceList, Error, InfiniteData<InstanceList>, QueryKey, string>({
    queryKey: ['services', service, 'past', revision],
    queryFn: ({ pageParam, signal }) =>
      readDocument<InstanceList>(
        `v1/services/${encodeURIComponent(service)}/instances`,
        { revision, cursor: pageParam, limit: PAGE },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
