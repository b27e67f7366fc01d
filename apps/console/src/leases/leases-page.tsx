/** Leases: how long each still lives, what goes with it, and ending it. */
import { Badge, Button, Stack, Text } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { usePagedRows } from '../api/paged-list.ts';
import { useFormat } from '../format/use-format.ts';
import { RemainingTime } from '../locks/remaining-time.tsx';
import { CodeText } from '../widgets/code-text.tsx';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { PageHeader } from '../widgets/page-header.tsx';
import { Panel } from '../widgets/panel.tsx';
import { Snippet } from '../widgets/snippet.tsx';
import { LeaseDrawer } from './lease-drawer.tsx';
import { leasePages, type Lease } from './lease-requests.ts';

export function LeasesPage() {
  const { t } = useTranslation('leases');
  const format = useFormat();
  const [search, setSearch] = useSearchParams();
  const opened = search.get('lease');
  const list = useInfiniteQuery(leasePages());
  const { rows, onEndReached } = usePagedRows(list);
  const open = (id: string | undefined) => setSearch(id === undefined ? {} : { lease: id });
  const columns = useLeaseColumns(open);
  const count = list.data?.pages[0]?.count;
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        mark={
          count !== undefined &&
          count > 0 && <Badge variant="default">{format.number(count)}</Badge>
        }
      />
      <Stack gap="sm">
        {list.isPending && <Loading />}
        {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
        {list.data !== undefined && (
          <Panel isFlush>
            <DataTable
              label={t('title')}
              columns={columns}
              rows={rows}
              rowId={({ id }) => id}
              onOpen={({ id }) => open(id)}
              onEndReached={onEndReached}
              empty={
                <EmptyState
                  icon={IconHourglass}
                  title={t('empty.title')}
                  actions={
                    <Snippet
                      forms={[
                        {
                          name: 'etcdctl',
                          code: 'etcdctl lease grant 60\netcdctl put --lease=LEASE /greeting hello',
                        },
                      ]}
                    />
                  }
                >
                  {t('empty.text')}
                </EmptyState>
              }
            />
          </Panel>
        )}
      </Stack>
      {opened !== null && <LeaseDrawer id={opened} onClose={() => open(undefined)} />}
    </>
  );
}

function useLeaseColumns(onOpen: (id: string) => void): readonly Column<Lease>[] {
  const { t } = useTranslation('leases');
  const format = useFormat();
  return [
    {
      id: 'id',
      header: t('column.id'),
      width: 'minmax(150px, 170px)',
      sortBy: ({ id }) => id,
      cell: ({ id }) => <CodeText>{id}</CodeText>,
    },
    {
      id: 'ttl',
      header: t('column.ttl'),
      width: '90px',
      align: 'end',
      fromWidth: 480,
      sortBy: ({ ttlMs }) => ttlMs,
      cell: ({ ttlMs }) => format.duration(ttlMs),
    },
    {
      id: 'remaining',
      header: t('column.remaining'),
      width: '160px',
      sortBy: ({ remainingMs }) => remainingMs,
      cell: ({ remainingMs, ttlMs }) => <RemainingTime remainingMs={remainingMs} ttlMs={ttlMs} />,
    },
    {
      id: 'keys',
      header: t('column.keys'),
      width: 'minmax(140px, 1fr)',
      fromWidth: 640,
      cell: ({ keys: [first], keyCount }) =>
        first === undefined ? (
          <Text span c="dimmed" fz="sm">
            {t('noKeys')}
          </Text>
        ) : (
          <>
            <Text span ff="monospace" fz="xs">
              {first}
            </Text>
            {keyCount > 1 && (
              <Badge ml={6} variant="default">
                +{format.number(keyCount - 1)}
              </Badge>
            )}
          </>
        ),
    },
    {
      id: 'open',
      header: '',
      width: '90px',
      align: 'end',
      fromWidth: 480,
      cell: ({ id }) => (
        <Button variant="default" size="compact-xs" onClick={() => onOpen(id)}>
          {t('show')}
        </Button>
      ),
    },
  ];
}
