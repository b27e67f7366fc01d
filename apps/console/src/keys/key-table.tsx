/** All keys below a prefix, a hundred thousand of them as well: pages are fetched as one scrolls, rows in sight are drawn. */
import { Anchor, Badge, Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { usePagedRows } from '../api/paged-list.ts';
import { useFormat } from '../format/use-format.ts';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { keyOf, keyPageOf, keyPages, type Entry, type KeyPlace } from './key-requests.ts';
import classes from './keys.module.css';
import { NoKeys } from './no-keys.tsx';
import { bytesOf, nameOf, textOf, toHex } from './wire-bytes.ts';

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
  const columns: Column<Entry>[] = [
    {
      id: 'key',
      header: t('column.key'),
      width: 'minmax(180px, 1.4fr)',
      cell: (entry) => (
        <Text span ff="monospace" fz="sm">
          {nameOf(keyOf(entry))}
        </Text>
      ),
    },
    {
      id: 'value',
      header: t('column.value'),
      width: 'minmax(120px, 1.2fr)',
      fromWidth: 560,
      cell: (entry) => <Preview entry={entry} />,
    },
    {
      id: 'bytes',
      header: t('column.size'),
      width: '80px',
      align: 'end',
      fromWidth: 760,
      cell: ({ valueBytes = 0 }) => format.bytes(valueBytes),
    },
    {
      id: 'revision',
      header: t('column.revision'),
      width: '90px',
      align: 'end',
      cell: ({ modRevision }) => format.number(modRevision),
    },
    {
      id: 'version',
      header: t('column.version'),
      width: '80px',
      align: 'end',
      fromWidth: 760,
      cell: ({ version }) => format.number(version),
    },
    {
      id: 'lease',
      header: t('column.lease'),
      width: '160px',
      fromWidth: 960,
      cell: ({ lease }) =>
        lease === undefined ? null : (
          <Anchor component={Link} to={`/leases?lease=${lease}`} ff="monospace" fz="xs">
            {lease}
          </Anchor>
        ),
    },
  ];
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
            <NoKeys isAll={place.prefix === ''} isSearch={search !== ''} onCreate={onCreate} />
          )
        }
      />
      {rows.length > 0 && (
        <Group className={classes.foot} justify="space-between" gap="xs">
          <Text fz="xs" c="dimmed" role="status">
            {count === undefined
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

/** The first letters of a value, on one line. */
function Preview({ entry: { value, isProtected, isTruncated } }: { readonly entry: Entry }) {
  const { t } = useTranslation('keys');
  if (isProtected === true) return <Badge variant="default">{t('protected')}</Badge>;
  if (value === undefined) return null;
  const bytes = bytesOf(value);
  const text = textOf(bytes);
  return (
    <Text span fz="xs" c="dimmed" ff="monospace">
      {(text ?? toHex(bytes)).replace(/\s+/g, ' ')}
      {isTruncated === true && '…'}
    </Text>
  );
}
