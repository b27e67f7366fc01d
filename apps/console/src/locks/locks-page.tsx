/** Who holds which lock, who waits for it, and who leads which election. */
import { Badge, Group, Stack, Tabs, Text } from '@mantine/core';
import { IconCrown, IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useFormat } from '../format/use-format.ts';
import { LiveMark } from '../live/live-mark.tsx';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { PageHeader } from '../widgets/page-header.tsx';
import { Panel } from '../widgets/panel.tsx';
import { SearchField } from '../widgets/search-field.tsx';
import { Snippet } from '../widgets/snippet.tsx';
import { StatusDot } from '../widgets/status-dot.tsx';
import { CycleWarnings } from './cycle-warnings.tsx';
import {
  electionList,
  lockList,
  lockPageOf,
  useLinesLive,
  type Election,
  type Lock,
} from './lock-requests.ts';
import { RemainingTime } from './remaining-time.tsx';
import { ownerOf } from './wait-graph.ts';

export function LocksPage() {
  const { t } = useTranslation('locks');
  const [search, setSearch] = useSearchParams();
  const words = search.get('search') ?? '';
  const tab = search.get('tab') === 'elections' ? 'elections' : 'locks';
  const { state, refetchInterval } = useLinesLive(tab);
  const go = (next: { search?: string; tab?: string }) => {
    const parameters = new URLSearchParams({ search: next.search ?? words, tab: next.tab ?? tab });
    if (parameters.get('search') === '') parameters.delete('search');
    if (parameters.get('tab') === 'locks') parameters.delete('tab');
    setSearch(parameters);
  };
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        mark={<LiveMark state={state} />}
      />
      <Stack gap="sm">
        <Tabs value={tab} onChange={(next) => go({ tab: next ?? 'locks' })}>
          <Tabs.List>
            <Tabs.Tab value="locks" leftSection={<IconLock size={14} />}>
              {t('tab.locks')}
            </Tabs.Tab>
            <Tabs.Tab value="elections" leftSection={<IconCrown size={14} />}>
              {t('tab.elections')}
            </Tabs.Tab>
          </Tabs.List>
        </Tabs>
        <SearchField label={t('search')} value={words} onChange={(next) => go({ search: next })} />
        {tab === 'locks' ? (
          <LockTable search={words} refetchInterval={refetchInterval} />
        ) : (
          <ElectionTable search={words} refetchInterval={refetchInterval} />
        )}
      </Stack>
    </>
  );
}

interface LineTableProps {
  readonly search: string;
  /** How often it is asked for, beside what the stream tells. */
  readonly refetchInterval: number;
}

function LockTable({ search, refetchInterval }: LineTableProps) {
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
          empty={
            search === '' ? (
              <EmptyState icon={IconLock} title={t('empty.locksTitle')} actions={<LockSnippet />}>
                {t('empty.locks')}
              </EmptyState>
            ) : (
              <EmptyState icon={IconLock} title={t('empty.searchTitle')}>
                {t('empty.search')}
              </EmptyState>
            )
          }
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
      cell: ({ name }) => (
        <Text span ff="monospace" fz="sm">
          {name}
        </Text>
      ),
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
      cell: ({ holders: [first, ...others] }) =>
        first === undefined ? (
          <StatusDot tone="quiet">{t('nobody')}</StatusDot>
        ) : (
          <Group gap={6} wrap="nowrap">
            <StatusDot tone="accent">{ownerOf(first)}</StatusDot>
            {others.length > 0 && <Badge variant="default">+{format.number(others.length)}</Badge>}
          </Group>
        ),
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
      cell: ({ holders: [first] }) =>
        first === undefined ? (
          '–'
        ) : (
          <RemainingTime remainingMs={first.remainingMs} ttlMs={first.ttlMs} />
        ),
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

function LockSnippet() {
  return (
    <Snippet
      forms={[
        {
          name: 'SDK',
          code: "await concord.lock.run('/jobs/nightly', async (lock) => {\n  await report(lock.token);\n});",
        },
        { name: 'etcdctl', code: 'etcdctl lock /jobs/nightly sleep 60' },
      ]}
    />
  );
}

function ElectionTable({ search, refetchInterval }: LineTableProps) {
  const { t } = useTranslation('locks');
  const navigate = useNavigate();
  const elections = useQuery({ ...electionList(search), refetchInterval });
  const columns = useElectionColumns();
  if (elections.isPending) return <Loading />;
  if (elections.isError) {
    return <ErrorState error={elections.error} onRetry={() => void elections.refetch()} />;
  }
  return (
    <Panel isFlush>
      <DataTable
        label={t('tab.elections')}
        columns={columns}
        rows={elections.data.items}
        rowId={({ name }) => name}
        onOpen={({ name }) => void navigate(`${lockPageOf(name)}&as=election`)}
        empty={
          <EmptyState
            icon={IconCrown}
            title={t('empty.electionsTitle')}
            actions={
              <Snippet
                forms={[
                  {
                    name: 'SDK',
                    code: "await using leadership = await concord.election.campaign('/leaders/orders');",
                  },
                  { name: 'etcdctl', code: 'etcdctl elect /leaders/orders host-1' },
                ]}
              />
            }
          >
            {t('empty.elections')}
          </EmptyState>
        }
      />
    </Panel>
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
      cell: ({ name }) => (
        <Text span ff="monospace" fz="sm">
          {name}
        </Text>
      ),
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
      cell: ({ leader }) =>
        leader === undefined ? (
          '–'
        ) : (
          <RemainingTime remainingMs={leader.remainingMs} ttlMs={leader.ttlMs} />
        ),
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
