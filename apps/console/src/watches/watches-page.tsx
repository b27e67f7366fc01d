/** Watches: how many follow the store, and how much they are told. The members count theirs; their clients are not told apart. */
import { Stack, Text } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useClusterStream, useSamples } from '../cluster/cluster-status.ts';
import { LiveMark } from '../live/live-mark.tsx';
import { useSession } from '../session/session.ts';
import { useFormat } from '../format/use-format.ts';
import { Chart } from '../widgets/chart.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Figure, FigureRow } from '../widgets/figure.tsx';
import { Loading } from '../widgets/loading.tsx';
import { PageHeader } from '../widgets/page-header.tsx';
import { Panel } from '../widgets/panel.tsx';
import { AudienceTable } from './audience-table.tsx';

export function WatchesPage() {
  const { t } = useTranslation('watches');
  const format = useFormat();
  const { actor } = useSession();
  const state = useClusterStream();
  const samples = useSamples(state);
  const items = samples.data?.items ?? [];
  const newest = items.at(-1);
  const times = items.map(({ at }) => Date.parse(at));
  const course = (
    pick: (sample: (typeof items)[number]) => number | undefined,
  ): (number | null)[] => items.map((sample) => pick(sample) ?? null);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        mark={<LiveMark state={state} />}
      />
      {samples.isPending && <Loading />}
      {samples.isError && (
        <ErrorState error={samples.error} onRetry={() => void samples.refetch()} />
      )}
      {samples.data !== undefined && (
        <Stack gap="md">
          <FigureRow>
            <Figure
              label={t('figure.watchers')}
              value={newest?.watchers === undefined ? '–' : format.number(newest.watchers)}
              detail={t('figure.watchersDetail')}
            />
            <Figure
              label={t('figure.events')}
              value={
                newest?.eventsPerSecond === undefined ? '–' : format.number(newest.eventsPerSecond)
              }
              detail={t('figure.eventsDetail')}
            />
          </FigureRow>
          {items.length < 2 ? (
            <Panel>
              <EmptyState icon={IconEye} title={t('empty.title')}>
                {t('empty.text')}
              </EmptyState>
            </Panel>
          ) : (
            <>
              <Panel title={t('chart.watchers')}>
                <Chart
                  label={t('chart.watchers')}
                  times={times}
                  lines={[
                    { label: t('figure.watchers'), values: course(({ watchers }) => watchers) },
                  ]}
                  format={format.number}
                />
              </Panel>
              <Panel title={t('chart.events')}>
                <Chart
                  label={t('chart.events')}
                  times={times}
                  lines={[
                    {
                      label: t('figure.events'),
                      values: course(({ eventsPerSecond }) => eventsPerSecond),
                    },
                  ]}
                  format={format.number}
                />
              </Panel>
            </>
          )}
          {actor?.isAdministrator === true && <AudienceTable />}
          <Text fz="xs" c="dimmed" maw={720}>
            {t('note')}
          </Text>
        </Stack>
      )}
    </>
  );
}
