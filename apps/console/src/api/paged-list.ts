/** A list that comes in pages, as a table shows it: page after page as one scrolls. */
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';

/** About a screen: with fewer there is nothing to scroll, and the end of a table is not reached. */
const ROWS_MIN = 40;
/** A list of more pages is not read again by itself: all of its pages would be, one after the other. */
const PAGES_KEPT_CURRENT = 5;

interface Page<Row> {
  readonly items: readonly Row[];
}

type Pages<Row> = Pick<
  UseInfiniteQueryResult<InfiniteData<Page<Row>>>,
  'data' | 'hasNextPage' | 'isFetching' | 'isError' | 'fetchNextPage'
>;

export interface PagedRows<Row> {
  readonly rows: readonly Row[];
  /** Nothing was found yet, and there is more to look through. */
  readonly isSearching: boolean;
  readonly onEndReached: () => void;
}

/**
 * The rows that are there. Where few match, a page ends after so many keys or records were looked at, with a few rows or
 * none: then the next is asked for at once.
 */
export function usePagedRows<Row>(list: Pages<Row>): PagedRows<Row> {
  const pages = list.data?.pages;
  const rows = useMemo(() => pages?.flatMap(({ items }) => items) ?? [], [pages]);
  const mayGoOn = list.hasNextPage && !list.isFetching && !list.isError;
  const { fetchNextPage } = list;
  useEffect(() => {
    if (mayGoOn && rows.length < ROWS_MIN) void fetchNextPage();
  }, [mayGoOn, rows.length, fetchNextPage]);
  return {
    rows,
    isSearching: rows.length === 0 && list.hasNextPage,
    onEndReached: () => {
      if (mayGoOn) void fetchNextPage();
    },
  };
}

/** Whether a query may be read again by itself; `data` is what it holds. */
export const isKeptCurrent = (data: unknown): boolean =>
  ((data as Partial<InfiniteData<unknown>> | undefined)?.pages?.length ?? 0) <= PAGES_KEPT_CURRENT;
