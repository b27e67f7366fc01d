/** The services that match, a page at a time as one scrolls, and kept current by the stream of changes. */
import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { dataOf, gateway } from '../api/gateway.ts';
import type { LiveEvent } from '../live/event-stream.ts';
import { useEvents } from '../live/use-live.ts';
import { changesIn, patched, type ServicePage } from './service-changes.ts';
import type { InstanceState } from './service-queries.ts';

export interface ServiceFilter {
  /** Part of the name. */
  readonly search: string;
  readonly state: InstanceState | undefined;
  readonly zone: string;
  /** A selector over labels: `version=2,!canary`. */
  readonly label: string;
}

const PAGE_ITEMS = 200;
/** Between two readings of the list anew, however fast services come and go. */
const READ_AGAIN_MS = 2_000;

export function useServiceList(filter: ServiceFilter) {
  const queryKey = ['services', 'list', filter] as const;
  const queries = useQueryClient();
  const list = useInfiniteQuery({
    queryKey,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }): Promise<ServicePage> => readPage(filter, pageParam),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // What was found before stays while the next words are searched for.
    placeholderData: (before) => before,
  });
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data]);
  const isCounted = filter.state === undefined && filter.zone === '' && filter.label === '';

  const reading = useRef<ReturnType<typeof setTimeout>>(undefined);
  const readAgain = () => {
    reading.current ??= setTimeout(() => {
      reading.current = undefined;
      void queries.invalidateQueries({ queryKey: ['services', 'list'] });
    }, READ_AGAIN_MS);
  };
  const state = useChangesAfter(list.data?.pages[0]?.revision, (events) => {
    const changes = isCounted ? changesIn(events) : undefined;
    if (changes === undefined) return readAgain();
    let isKnown: boolean | undefined;
    queries.setQueryData<InfiniteData<ServicePage>>(queryKey, (before) => {
      const after = before && patched(before, changes);
      isKnown = after?.isKnown;
      return after?.data;
    });
    if (isKnown !== true) readAgain();
  });
  return { ...list, rows, count: list.data?.pages[0]?.count ?? 0, liveState: state };
}

function readPage(
  { search, state, zone, label }: ServiceFilter,
  cursor: string | undefined,
): Promise<ServicePage> {
  const query = {
    limit: PAGE_ITEMS,
    ...(search !== '' && { search }),
    ...(state !== undefined && { state }),
    ...(zone !== '' && { zone }),
    ...(label !== '' && { label }),
    ...(cursor !== undefined && { cursor }),
  };
  return dataOf(gateway.GET('/v1/services', { params: { query } }));
}

/** The stream from the revision that was read first on: no snapshot of ten thousand services is sent. */
function useChangesAfter(
  revision: number | undefined,
  onEvents: (events: readonly LiveEvent[]) => void,
) {
  const [from, setFrom] = useState(revision);
  if (from === undefined && revision !== undefined) setFrom(revision);
  return useEvents(
    from === undefined ? undefined : `v1/services/watch?lastEventId=${from}`,
    onEvents,
  );
}
