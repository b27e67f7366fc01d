/** The subjects that are followed at this gateway, by how many, and who is behind. */
import { Text } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format.ts';
import { CodeText } from '../widgets/code-text.tsx';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { Panel } from '../widgets/panel.tsx';
import { StatusDot } from '../widgets/status-dot.tsx';
import { watchList, type Audience } from './watch-requests.ts';

export function AudienceTable() {
  const { t } = useTranslation('watches');
  const watches = useQuery(watchList());
  const columns = useAudienceColumns();
  if (watches.isPending) return <Loading lines={3} />;
  if (watches.isError) {
    return <ErrorState error={watches.error} onRetry={() => void watches.refetch()} />;
  }
  return (
    <Panel
      isFlush
      title={t('here')}
      aside={<Text fz="xs">{t('plainStreams', { count: watches.data.plainStreams })}</Text>}
    >
      <DataTable
        label={t('here')}
        columns={columns}
        rows={watches.data.items}
        rowId={({ prefix, subject }) => `${prefix} ${subject}`}
        initialOrder={{ column: 'subscribers', direction: 'descending' }}
        maxHeight="420px"
        empty={
          <EmptyState icon={IconEye} title={t('empty.hereTitle')}>
            {t('empty.here')}
          </EmptyState>
        }
      />
    </Panel>
  );
}

function useAudienceColumns(): readonly Column<Audience>[] {
  const { t } = useTranslation('watches');
  const format = useFormat();
  return [
    {
      id: 'subject',
      header: t('column.subject'),
      width: 'minmax(140px, 1.2fr)',
      sortBy: ({ subject }) => subject,
      cell: ({ subject }) => subject,
    },
    {
      id: 'prefix',
      header: t('column.prefix'),
      width: 'minmax(140px, 1.4fr)',
      fromWidth: 760,
      sortBy: ({ prefix }) => prefix,
      cell: ({ prefix }) => <CodeText isQuiet>{prefix}</CodeText>,
    },
    {
      id: 'subscribers',
      header: t('column.subscribers'),
      width: '100px',
      align: 'end',
      sortBy: ({ subscribers }) => subscribers,
      cell: ({ subscribers }) => format.number(subscribers),
    },
    {
      id: 'behind',
      header: t('column.behind'),
      width: '130px',
      sortBy: ({ behind }) => behind,
      cell: ({ behind, blocked }) => (
        <StatusDot tone={blocked > 0 ? 'bad' : behind > 0 ? 'warning' : 'good'}>
          {blocked > 0
            ? t('blocked', { count: blocked })
            : behind > 0
              ? t('behind', { count: behind })
              : t('current')}
        </StatusDot>
      ),
    },
    {
      id: 'revision',
      header: t('column.revision'),
      width: '100px',
      align: 'end',
      fromWidth: 560,
      cell: ({ revision }) => format.number(revision),
    },
  ];
}
