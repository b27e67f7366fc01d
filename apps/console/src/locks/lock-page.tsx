/** One lock: who has it and until when, who waits in which order, and taking it away. */
import { Badge, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { RelativeTime } from '../format/relative-time.tsx';
import { useFormat } from '../format/use-format.ts';
import { LiveMark } from '../live/live-mark.tsx';
import { useMayWrite } from '../session/use-may.ts';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Figure, FigureRow } from '../widgets/figure.tsx';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { Loading } from '../widgets/loading.tsx';
import { PageHeader } from '../widgets/page-header.tsx';
import { Panel } from '../widgets/panel.tsx';
import { IconLockOpen } from '@tabler/icons-react';
import { CycleWarnings } from './cycle-warnings.tsx';
import { ForceDialog } from './force-dialog.tsx';
import { lockList, lockNamed, useLinesLive, type Place } from './lock-requests.ts';
import { RemainingTime } from './remaining-time.tsx';

export function LockPage() {
  const { t } = useTranslation('locks');
  const format = useFormat();
  const [search] = useSearchParams();
  const name = search.get('name') ?? '';
  // Circles are of several locks: those around this one.
  const { state, refetchInterval } = useLinesLive('locks');
  // An election is a line like any other.
  useLinesLive('elections', name);
  const lock = useQuery({ ...lockNamed(name), refetchInterval });
  const around = useQuery({ ...lockList(''), refetchInterval });
  const [taken, setTaken] = useState<Place>();
  const circles =
    around.data?.cycles.filter((cycle) => cycle.some(({ waitsFor }) => waitsFor === name)) ?? [];
  return (
    <>
      <PageHeader
        isName
        title={name}
        above={[{ label: t('title'), to: '/locks' }]}
        mark={
          lock.data !== undefined && (
            <>
              <Badge variant="default">
                {t(search.get('as') === 'election' ? 'kind.election' : `kind.${lock.data.kind}`)}
              </Badge>
              <LiveMark state={state} />
            </>
          )
        }
      />
      {lock.isPending && <Loading />}
      {lock.isError && <ErrorState error={lock.error} onRetry={() => void lock.refetch()} />}
      {lock.data !== undefined && (
        <Stack gap="md">
          <CycleWarnings
            locks={(around.data?.items ?? []).filter(
              (one) => one.name === name || involves(one, lock.data.holders),
            )}
            certain={circles}
          />
          <FigureRow>
            <Figure label={t('figure.holders')} value={format.number(lock.data.holders.length)} />
            <Figure
              label={t('figure.waiters')}
              value={format.number(lock.data.waiterCount)}
              {...(lock.data.waiterCount > 0 && { tone: 'warning' as const })}
            />
            <Figure
              label={t('figure.token')}
              value={
                lock.data.holders[0] === undefined ? '–' : format.number(lock.data.holders[0].token)
              }
              detail={t('figure.tokenDetail')}
            />
          </FigureRow>
          <Panel isFlush title={t('holders')}>
            <PlaceTable
              lock={name}
              label={t('holders')}
              places={lock.data.holders}
              verb={t('force.verb')}
              onTake={setTaken}
              empty={
                <EmptyState icon={IconLockOpen} title={t('empty.freeTitle')}>
                  {t('empty.free')}
                </EmptyState>
              }
            />
          </Panel>
          {lock.data.waiters.length > 0 && (
            <Panel isFlush title={t('queue')} aside={<Text fz="xs">{t('queueHint')}</Text>}>
              <PlaceTable
                lock={name}
                label={t('queue')}
                isQueue
                places={lock.data.waiters}
                verb={t('force.waiterVerb')}
                onTake={setTaken}
              />
              {lock.data.waiterCount > lock.data.waiters.length && (
                <Text fz="xs" c="dimmed" p="sm">
                  {t('moreWaiters', { count: lock.data.waiterCount - lock.data.waiters.length })}
                </Text>
              )}
            </Panel>
          )}
          {taken !== undefined && (
            <ForceDialog lock={lock.data} place={taken} onClose={() => setTaken(undefined)} />
          )}
        </Stack>
      )}
    </>
  );
}

/** Whether those who hold the shown lock stand in `other` too. */
const involves = (
  other: { readonly holders: readonly Place[]; readonly waiters: readonly Place[] },
  holders: readonly Place[],
): boolean =>
  [...other.holders, ...other.waiters].some(
    ({ app }) => app !== undefined && holders.some((holder) => holder.app === app),
  );

interface PlaceTableProps {
  readonly lock: string;
  readonly label: string;
  readonly places: readonly Place[];
  readonly isQueue?: boolean;
  readonly verb: string;
  readonly onTake: (place: Place) => void;
  readonly empty?: React.ReactNode;
}

function PlaceTable({
  lock,
  label,
  places,
  isQueue = false,
  verb,
  onTake,
  empty,
}: PlaceTableProps) {
  const columns = usePlaceColumns({ lock, places, isQueue, verb, onTake });
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={places}
      rowId={({ lease }) => lease}
      empty={empty}
      maxHeight="440px"
    />
  );
}

function usePlaceColumns({
  lock,
  places,
  isQueue = false,
  verb,
  onTake,
}: Omit<PlaceTableProps, 'label' | 'empty'>): readonly Column<Place>[] {
  const { t } = useTranslation('locks');
  const format = useFormat();
  const mayWrite = useMayWrite(`${lock}/`, 'prefix');
  return [
    ...(isQueue
      ? [
          {
            id: 'position',
            header: '#',
            width: '32px',
            cell: (place: Place) => format.number(places.indexOf(place) + 1),
          },
        ]
      : []),
    {
      id: 'app',
      header: t('column.app'),
      width: 'minmax(90px, 1fr)',
      cell: ({ app }) =>
        app ?? (
          <Text span c="dimmed" fz="sm">
            {t('untold')}
          </Text>
        ),
    },
    {
      id: 'label',
      header: t('column.label'),
      width: 'minmax(80px, 1fr)',
      fromWidth: 560,
      cell: ({ label: told }) => told ?? '–',
    },
    {
      id: 'mode',
      header: t('column.mode'),
      width: '110px',
      fromWidth: 960,
      cell: ({ mode, count }) =>
        mode === 'permits' ? t('mode.permits', { count: count ?? 1 }) : t(`mode.${mode}`),
    },
    {
      id: 'token',
      header: t('column.token'),
      width: '80px',
      align: 'end',
      cell: ({ token }) => format.number(token),
    },
    {
      id: 'since',
      header: t('column.since'),
      width: '110px',
      fromWidth: 860,
      cell: ({ since }) => (since === undefined ? '–' : <RelativeTime at={since} />),
    },
    {
      id: 'remaining',
      header: t('column.remaining'),
      width: '150px',
      fromWidth: 480,
      cell: ({ remainingMs, ttlMs }) => <RemainingTime remainingMs={remainingMs} ttlMs={ttlMs} />,
    },
    {
      id: 'lease',
      header: t('column.lease'),
      width: '150px',
      fromWidth: 1060,
      cell: ({ lease }) => (
        <Text
          component={Link}
          to={`/leases?lease=${lease}`}
          ff="monospace"
          fz="xs"
          c="var(--mantine-color-anchor)"
        >
          {lease}
        </Text>
      ),
    },
    {
      id: 'take',
      header: '',
      width: '120px',
      align: 'end',
      cell: (place) => (
        <GuardedButton
          isPermitted={mayWrite}
          variant="default"
          size="compact-xs"
          onClick={() => onTake(place)}
        >
          {verb}
        </GuardedButton>
      ),
    },
  ];
}
