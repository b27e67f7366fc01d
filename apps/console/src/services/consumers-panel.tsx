/** Who discovers the service, and what each has seen. */
import { IconPlugConnected } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../format/relative-time.tsx';
import { CodeText } from '../widgets/code-text.tsx';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { Panel } from '../widgets/panel.tsx';
import { Snippet } from '../widgets/snippet.tsx';
import { StatusDot } from '../widgets/status-dot.tsx';
import { useConsumers, useInstances, type Consumer } from './service-queries.ts';
import { consumeSnippets } from './service-snippets.ts';

export function ConsumersPanel({ service }: { readonly service: string }) {
  const { t } = useTranslation('services');
  const { data, error, refetch } = useConsumers(service);
  const columns = useConsumerColumns(useNewestRevision(service));
  if (data === undefined) {
    if (error === null) return <Loading />;
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  return (
    <Panel isFlush>
      <DataTable
        label={t('tab.consumers')}
        columns={columns}
        rows={data.items}
        rowId={({ client }) => client}
        empty={
          <EmptyState
            icon={IconPlugConnected}
            title={t('consumers.none')}
            actions={<Snippet forms={consumeSnippets(service)} />}
          >
            {t('consumers.noneExplanation')}
          </EmptyState>
        }
      />
    </Panel>
  );
}

/** What a consumer could have seen: the newest write of any instance and override. */
function useNewestRevision(service: string): number {
  const { collection } = useInstances(service);
  const instances = [...(collection?.items.values() ?? [])];
  return Math.max(
    0,
    ...instances.map(({ revision, override }) => Math.max(revision, override?.revision ?? 0)),
  );
}

function useConsumerColumns(newest: number): readonly Column<Consumer>[] {
  const { t } = useTranslation('services');
  return [
    {
      id: 'client',
      header: t('column.consumer'),
      width: 'minmax(180px, 3fr)',
      sortBy: ({ client }) => client,
      cell: ({ client }) => <CodeText>{client}</CodeText>,
    },
    {
      id: 'applied',
      header: t('column.applied'),
      width: 'minmax(150px, 2fr)',
      sortBy: ({ revision, overrides }) => Math.max(revision, overrides),
      cell: ({ revision, overrides }) => {
        const behind = newest - Math.max(revision, overrides);
        return behind <= 0 ? (
          <StatusDot tone="good">{t('consumers.current')}</StatusDot>
        ) : (
          <StatusDot tone="warning">{t('consumers.behind', { count: behind })}</StatusDot>
        );
      },
    },
    {
      id: 'at',
      header: t('column.since'),
      width: '130px',
      fromWidth: 560,
      cell: ({ at }) => (at === undefined ? '–' : <RelativeTime at={at} />),
    },
    {
      id: 'lease',
      header: t('column.lease'),
      width: '170px',
      fromWidth: 760,
      cell: ({ lease }) => <CodeText isQuiet>{lease ?? '–'}</CodeText>,
    },
  ];
}
