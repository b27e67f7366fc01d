/** All keys below a prefix, a hundred thousand of them as well: pages are fetched as one scrolls, rows in sight are drawn. */
import { Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { usePagedRows } from '../api/paged-list.ts';
import { useFormat } from '../format/use-format.ts';
import { DataTable } from '../widgets/data-table.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { useKeyColumns } from './key-columns.tsx';
import { keyOf, keyPageOf, keyPages, type KeyPlace } from './key-requests.ts';
import classes from './keys.module.css';
import { NoKeys } from './no-keys.tsx';

export interface KeyTableProps {
  readonly place: KeyPlace;
  readonly search: string;
  readonly onCreate: () => void;
}

export function KeyTable({ place, search, onCreate }: KeyTableProps) {
  const { t } = useTranslation('keys');
  const format = useFormat();
  const navigate = useNavigate();
  const list = useInfiniteQuery(keyPages({ ...place, search }));
  const { rows, isSearching, onEndReached } = usePagedRows(list);
  const count = list.data?.pages[0]?.count;
  const columns = useKeyColumns();
  if (list.isPending) return <Loading />;
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <>
      <DataTable
        label={t('view.all')}
        columns={columns}
        rows={rows}
        rowId={({ key, keyBase64 }) => keyBase64 ?? `text ${key}`}
        onOpen={(entry) => void navigate(keyPageOf(keyOf(entry), place.revision))}
        onEndReached={onEndReached}
        empty={
          isSearching ? (
            <Loading />
          ) : (
            <NoKeys prefix={place.prefix} isSearch={search !== ''} onCreate={onCreate} />
          )
        }
      />
      {rows.length > 0 && (
        <Group className={classes.foot} justify="space-between" gap="xs">
          <Text fz="xs" c="dimmed" role="status">
            {count === undefined || !list.hasNextPage
              ? t('shown', { count: rows.length, shown: format.number(rows.length) })
              : t('shownOf', { shown: format.number(rows.length), all: format.number(count) })}
          </Text>
          {list.isFetchingNextPage && (
            <Text fz="xs" c="dimmed">
              {t('loadingMore')}
            </Text>
          )}
        </Group>
      )}
    </>
  );
}
