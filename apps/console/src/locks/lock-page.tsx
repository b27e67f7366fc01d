/** One lock: who has it and until when, who waits in which order, and taking it away. */
import { Badge, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useFormat } from '../format/use-format.ts';
import { LiveMark } from '../live/live-mark.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Figure, FigureRow } from '../widgets/figure.tsx';
import { Loading } from '../widgets/loading.tsx';
import { PageHeader } from '../widgets/page-header.tsx';
import { Panel } from '../widgets/panel.tsx';
import { IconLockOpen } from '@tabler/icons-react';
import { CycleWarnings } from './cycle-warnings.tsx';
import { ForceDialog } from './force-dialog.tsx';
import {
  lockList,
  lockNamed,
  useLinesLive,
  type Lock,
  type LockList,
  type Place,
} from './lock-requests.ts';
import { PlaceTable } from './place-table.tsx';

export function LockPage() {
  const { t } = useTranslation('locks');
  const [search] = useSearchParams();
  const name = search.get('name') ?? '';
  // Circles are of several locks: those around this one.
  const { state, refetchInterval } = useLinesLive('locks');
  // An election is a line like any other.
  useLinesLive('elections', name);
  const lock = useQuery({ ...lockNamed(name), refetchInterval });
  const around = useQuery({ ...lockList(''), refetchInterval });
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
      {lock.data !== undefined && <LockLine lock={lock.data} around={around.data} />}
    </>
  );
}

interface LockLineProps {
  readonly lock: Lock;
  /** All locks, once they are known: some may wait for each other. */
  readonly around: LockList | undefined;
}

function LockLine({ lock, around }: LockLineProps) {
  const { t } = useTranslation('locks');
  const [taken, setTaken] = useState<Place>();
  const { name, holders, waiters, waiterCount } = lock;
  return (
    <Stack gap="md">
      <CyclesAround lock={lock} around={around} />
      <LockFigures lock={lock} />
      <Panel isFlush title={t('holders')}>
        <PlaceTable
          lock={name}
          label={t('holders')}
          places={holders}
          verb={t('force.verb')}
          onTake={setTaken}
          empty={
            <EmptyState icon={IconLockOpen} title={t('empty.freeTitle')}>
              {t('empty.free')}
            </EmptyState>
          }
        />
      </Panel>
      {waiters.length > 0 && (
        <Panel isFlush title={t('queue')} aside={<Text fz="xs">{t('queueHint')}</Text>}>
          <PlaceTable
            lock={name}
            label={t('queue')}
            isQueue
            places={waiters}
            verb={t('force.waiterVerb')}
            onTake={setTaken}
          />
          {waiterCount > waiters.length && (
            <Text fz="xs" c="dimmed" p="sm">
              {t('moreWaiters', { count: waiterCount - waiters.length })}
            </Text>
          )}
        </Panel>
      )}
      {taken !== undefined && (
        <ForceDialog lock={lock} place={taken} onClose={() => setTaken(undefined)} />
      )}
    </Stack>
  );
}

function LockFigures({ lock: { holders, waiterCount } }: { readonly lock: Lock }) {
  const { t } = useTranslation('locks');
  const format = useFormat();
  const [first] = holders;
  return (
    <FigureRow>
      <Figure label={t('figure.holders')} value={format.number(holders.length)} />
      <Figure
        label={t('figure.waiters')}
        value={format.number(waiterCount)}
        {...(waiterCount > 0 && { tone: 'warning' as const })}
      />
      <Figure
        label={t('figure.token')}
        value={first === undefined ? '–' : format.number(first.token)}
        detail={t('figure.tokenDetail')}
      />
    </FigureRow>
  );
}

/** Circles that this lock is in, and those that its holders may be in. */
function CyclesAround({ lock, around }: LockLineProps) {
  const { items = [], cycles = [] } = around ?? {};
  return (
    <CycleWarnings
      locks={items.filter((one) => one.name === lock.name || involves(one, lock.holders))}
      certain={cycles.filter((cycle) => cycle.some(({ waitsFor }) => waitsFor === lock.name))}
    />
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
