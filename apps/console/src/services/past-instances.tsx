/** The instances of a service as they were: to be looked at, nothing to be decided. */
import { Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { usePagedRows } from '../api/paged-list.ts';
import { useFormat } from '../format/use-format.ts';
import { CodeText } from '../widgets/code-text.tsx';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { Panel } from '../widgets/panel.tsx';
import { StatusDot } from '../widgets/status-dot.tsx';
import { stateTones } from './instance-columns.tsx';
import { pastInstancePages } from './past-requests.ts';
import type { Instance } from './service-queries.ts';

export function PastInstances(props: { readonly service: string; readonly revision: number }) {
  const { t } = useTranslation('services');
  const pages = useInfiniteQuery(pastInstancePages(props));
  const { rows, onEndReached } = usePagedRows(pages);
  const columns = usePastColumns();
  if (pages.error !== null) {
    return <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />;
  }
  if (pages.data === undefined) return <Loading lines={8} />;
  return (
    <Panel isFlush>
      <DataTable
        label={t('tab.instances')}
        columns={columns}
        rows={rows}
        onEndReached={onEndReached}
        rowId={({ id }) => id}
        maxHeight="max(320px, calc(100vh - 300px))"
        empty={
          <Text c="dimmed" fz="sm" p="lg" ta="center">
            {t('instance.noMatch')}
          </Text>
        }
      />
    </Panel>
  );
}

function usePastColumns(): readonly Column<Instance>[] {
  const { t } = useTranslation('services');
  const format = useFormat();
  return [
    {
      id: 'id',
      header: t('column.instance'),
      width: 'minmax(110px, 2fr)',
      cell: ({ id }) => (
        <Text span ff="monospace" fz="sm" fw={500}>
          {id}
        </Text>
      ),
    },
    {
      id: 'state',
      header: t('column.state'),
      width: '112px',
      cell: ({ state }) => <StatusDot tone={stateTones[state]}>{t(`state.${state}`)}</StatusDot>,
    },
    {
      id: 'weight',
      header: t('column.weight'),
      width: 'minmax(90px, 1fr)',
      cell: ({ weight }) => format.number(weight),
    },
    {
      id: 'endpoint',
      header: t('column.endpoint'),
      width: 'minmax(140px, 1.5fr)',
      cell: ({ endpoint }) => <CodeText isQuiet>{endpoint}</CodeText>,
    },
  ];
}
