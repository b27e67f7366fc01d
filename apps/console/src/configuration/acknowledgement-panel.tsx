/** What each program said of the release that is meant for it. */
import { Text } from '@mantine/core';
import { IconMessageCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../format/relative-time.tsx';
import { useFormat } from '../format/use-format.ts';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { Panel } from '../widgets/panel.tsx';
import { StatusDot } from '../widgets/status-dot.tsx';
import { ACKNOWLEDGEMENT_TONES, ConvergenceBar } from './convergence-bar.tsx';
import { acknowledgementsOf, type ClientAcknowledgement } from './config-requests.ts';
import type { ItemAddress } from './item-address.ts';

export function AcknowledgementPanel({ address }: { readonly address: ItemAddress }) {
  const { t } = useTranslation('configuration');
  const told = useQuery(acknowledgementsOf(address));
  const columns = useAcknowledgementColumns();
  if (told.isPending) return <Loading lines={3} />;
  if (told.isError) return <ErrorState error={told.error} onRetry={() => void told.refetch()} />;
  const { items, counts } = told.data;
  return (
    <Panel isFlush title={t('convergence.title')}>
      {items.length > 0 && (
        <div style={{ padding: 16 }}>
          <ConvergenceBar counts={counts} />
        </div>
      )}
      <DataTable
        label={t('convergence.title')}
        columns={columns}
        rows={items}
        rowId={({ client }) => client}
        maxHeight="420px"
        empty={
          <EmptyState icon={IconMessageCheck} title={t('convergence.noneTitle')}>
            {t('convergence.none')}
          </EmptyState>
        }
      />
    </Panel>
  );
}

function useAcknowledgementColumns(): readonly Column<ClientAcknowledgement>[] {
  const { t } = useTranslation('configuration');
  const format = useFormat();
  return [
    {
      id: 'client',
      header: t('column.client'),
      width: 'minmax(120px, 1fr)',
      sortBy: ({ client }) => client,
      cell: ({ client, app, version }) => (
        <>
          <Text span fz="sm" fw={550}>
            {app ?? client}
          </Text>
          {version !== undefined && (
            <Text span fz="xs" c="dimmed" ml={6}>
              {version}
            </Text>
          )}
        </>
      ),
    },
    {
      id: 'state',
      header: t('column.state'),
      width: '110px',
      sortBy: ({ state }) => state,
      cell: ({ state }) => (
        <StatusDot tone={ACKNOWLEDGEMENT_TONES[state]}>{t(`ack.${state}`)}</StatusDot>
      ),
    },
    {
      id: 'release',
      header: t('column.has'),
      width: '110px',
      cell: ({ release, target }) =>
        release === undefined
          ? '–'
          : release === target
            ? `#${format.number(release)}`
            : `#${format.number(release)} → #${format.number(target)}`,
    },
    {
      id: 'track',
      header: t('column.track'),
      width: '90px',
      fromWidth: 640,
      cell: ({ track }) => track,
    },
    {
      id: 'error',
      header: t('column.error'),
      width: 'minmax(120px, 1.6fr)',
      fromWidth: 560,
      cell: ({ error }) => (
        <Text span fz="xs" c="var(--bad)">
          {error ?? ''}
        </Text>
      ),
    },
    {
      id: 'at',
      header: t('column.told'),
      width: '110px',
      fromWidth: 760,
      cell: ({ at }) => (at === undefined ? '–' : <RelativeTime at={at} />),
    },
  ];
}
