/** The elections that somebody stands in: those of programs, and, folded, those by which the gateways share their work. */
import { IconCrown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useFormat } from '../format/use-format.ts';
import { CodeText } from '../widgets/code-text.tsx';
import { DataTable, type Column, type DataTableProps } from '../widgets/data-table.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { FoldedPanel } from '../widgets/folded-panel.tsx';
import { Loading } from '../widgets/loading.tsx';
import { Panel } from '../widgets/panel.tsx';
import { Snippet } from '../widgets/snippet.tsx';
import { StatusDot } from '../widgets/status-dot.tsx';
import { electionList, isOfGateways, lockPageOf, type Election } from './lock-requests.ts';
import type { LineTableProps } from './lock-table.tsx';
import { RemainingTime } from './remaining-time.tsx';

export function ElectionTable({ search, refetchInterval }: LineTableProps) {
  const { t } = useTranslation('locks');
  const navigate = useNavigate();
  const elections = useQuery({ ...electionList(search), refetchInterval });
  const table: Pick<DataTableProps<Election>, 'columns' | 'rowId' | 'onOpen'> = {
    columns: useElectionColumns(),
    rowId: ({ name }) => name,
    onOpen: ({ name }) => void navigate(`${lockPageOf(name)}&as=election`),
  };
  if (elections.isPending) return <Loading />;
  if (elections.isError) {
    return <ErrorState error={elections.error} onRetry={() => void elections.refetch()} />;
  }
  const { items } = elections.data;
  const own = items.filter(isOfGateways);
  return (
    <>
      <Panel isFlush>
        <DataTable
          {...table}
          label={t('tab.elections')}
          rows={items.filter((election) => !isOfGateways(election))}
          empty={<NoElections isSearch={search !== ''} />}
        />
      </Panel>
      {own.length > 0 && (
        <FoldedPanel title={t('own.title')} count={own.length} hint={t('own.hint')}>
          <DataTable {...table} label={t('own.title')} rows={own} />
        </FoldedPanel>
      )}
    </>
  );
}

function useElectionColumns(): readonly Column<Election>[] {
  const { t } = useTranslation('locks');
  const format = useFormat();
  return [
    {
      id: 'name',
      header: t('column.name'),
      width: 'minmax(160px, 1.4fr)',
      sortBy: ({ name }) => name,
      cell: ({ name }) => <CodeText>{name}</CodeText>,
    },
    {
      id: 'leader',
      header: t('column.leader'),
      width: 'minmax(140px, 1fr)',
      cell: ({ leader }) =>
        leader === undefined ? (
          <StatusDot tone="quiet">{t('nobody')}</StatusDot>
        ) : (
          <StatusDot tone="accent">{leader.value === '' ? leader.lease : leader.value}</StatusDot>
        ),
    },
    {
      id: 'term',
      header: t('column.token'),
      width: '90px',
      align: 'end',
      fromWidth: 760,
      cell: ({ leader }) => (leader === undefined ? '–' : format.number(leader.token)),
    },
    {
      id: 'remaining',
      header: t('column.remaining'),
      width: '150px',
      fromWidth: 560,
      cell: ({ leader }) => (leader === undefined ? '–' : <RemainingTime {...leader} />),
    },
    {
      id: 'candidates',
      header: t('column.candidates'),
      width: '100px',
      align: 'end',
      cell: ({ candidateCount }) => format.number(candidateCount),
    },
  ];
}

/** How one stands for election, so that one is here. */
const STOOD = [
  {
    name: 'SDK',
    code: "await using leadership = await concord.election.campaign('/leaders/orders');",
  },
  { name: 'etcdctl', code: 'etcdctl elect /leaders/orders host-1' },
] as const;

function NoElections({ isSearch }: { readonly isSearch: boolean }) {
  const { t } = useTranslation('locks');
  if (isSearch) {
    return (
      <EmptyState icon={IconCrown} title={t('empty.searchElectionsTitle')}>
        {t('empty.searchElections')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconCrown}
      title={t('empty.electionsTitle')}
      actions={<Snippet forms={STOOD} />}
    >
      {t('empty.elections')}
    </EmptyState>
  );
}
