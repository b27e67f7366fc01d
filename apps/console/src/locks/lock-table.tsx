/** The locks that somebody holds or waits for. */
import { Badge, Group, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useFormat } from '../format/use-format.ts';
import { CodeText } from '../widgets/code-text.tsx';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { Panel } from '../widgets/panel.tsx';
import { Snippet } from '../widgets/snippet.tsx';
import { StatusDot } from '../widgets/status-dot.tsx';
import { CycleWarnings } from './cycle-warnings.tsx';
import { lockList, lockPageOf, type Lock } from './lock-requests.ts';
import { RemainingTime } from './remaining-time.tsx';
import { ownerOf } from './wait-graph.ts';

export interface LineTableProps {
  readonly search: string;
  /** How often it is asked for, beside what the stream tells. */
  readonly refetchInterval: number;
}

export function LockTable({ search, refetchInterval }: LineTableProps) {
  const { t } = useTranslation('locks');
  const navigate = useNavigate();
  const locks = useQuery({ ...lockList(search), refetchInterval });
  const columns = useLockColumns();
  if (locks.isPending) return <Loading />;
  if (locks.isError) return <ErrorState error={locks.error} onRetry={() => void locks.refetch()} />;
  const { items, cycles } = locks.data;
  return (
    <>
      <CycleWarnings locks={items} certain={cycles} />
      <Panel isFlush>
        <DataTable
          label={t('tab.locks')}
          columns={columns}
          rows={items}
          rowId={({ name }) => name}
          onOpen={({ name }) => void navigate(lockPageOf(name))}
          empty={<NoLocks isSearch={search !== ''} />}
        />
      </Panel>
    </>
  );
}

function useLockColumns(): readonly Column<Lock>[] {
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
      id: 'kind',
      header: t('column.kind'),
      width: '110px',
      fromWidth: 860,
      cell: ({ kind }) => <Badge variant="default">{t(`kind.${kind}`)}</Badge>,
    },
    {
      id: 'holder',
      header: t('column.holder'),
      width: 'minmax(120px, 1fr)',
      cell: ({ holders }) => <HoldersCell holders={holders} />,
    },
    {
      id: 'token',
      header: t('column.token'),
      width: '90px',
      align: 'end',
      fromWidth: 760,
      cell: ({ holders }) => (holders[0] === undefined ? '–' : format.number(holders[0].token)),
    },
    {
      id: 'remaining',
      header: t('column.remaining'),
      width: '150px',
      fromWidth: 560,
      cell: ({ holders: [first] }) => (first === undefined ? '–' : <RemainingTime {...first} />),
    },
    {
      id: 'waiters',
      header: t('column.waiters'),
      width: '80px',
      align: 'end',
      sortBy: ({ waiterCount }) => waiterCount,
      cell: ({ waiterCount }) => (
        <Text span fz="sm" {...(waiterCount > 0 && { fw: 650 })}>
          {format.number(waiterCount)}
        </Text>
      ),
    },
  ];
}

function HoldersCell({ holders: [first, ...others] }: Pick<Lock, 'holders'>) {
  const { t } = useTranslation('locks');
  const format = useFormat();
  if (first === undefined) return <StatusDot tone="quiet">{t('nobody')}</StatusDot>;
  return (
    <Group gap={6} wrap="nowrap">
      <StatusDot tone="accent">{ownerOf(first)}</StatusDot>
      {others.length > 0 && <Badge variant="default">+{format.number(others.length)}</Badge>}
    </Group>
  );
}

/** How a lock is taken, so that one is here. */
const TAKEN = [
  {
    name: 'SDK',
    code: "await concord.lock.run('/jobs/nightly', async (lock) => {\n  await report(lock.token);\n});",
  },
  { name: 'etcdctl', code: 'etcdctl lock /jobs/nightly sleep 60' },
] as const;

function NoLocks({ isSearch }: { readonly isSearch: boolean }) {
  const { t } = useTranslation('locks');
  if (isSearch) {
    return (
      <EmptyState icon={IconLock} title={t('empty.searchTitle')}>
        {t('empty.search')}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={IconLock} title={t('empty.locksTitle')} actions={<Snippet forms={TAKEN} />}>
      {t('empty.locks')}
    </EmptyState>
  );
}
