/** Watches: how many follow the store, and how much they are told. The members count theirs; their clients are not told apart. */
import { Stack, Text } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useClusterStream, useSamples, type Sample } from '../cluster/cluster-status.ts';
import { LiveMark } from '../live/live-mark.tsx';
import { useIsAdministrator } from '../session/use-may.ts';
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
  const isAdministrator = useIsAdministrator();
  const state = useClusterStream();
  const samples = useSamples(state);
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
          <WatchFigures newest={samples.data.items.at(-1)} />
          {samples.data.items.length < 2 ? (
            <Panel>
              <EmptyState icon={IconEye} title={t('empty.title')}>
                {t('empty.text')}
              </EmptyState>
            </Panel>
          ) : (
            <WatchCharts samples={samples.data.items} />
          )}
          {isAdministrator && <AudienceTable />}
          <Text fz="xs" c="dimmed" maw={720}>
            {t('note')}
          </Text>
        </Stack>
      )}
    </>
  );
}

function WatchFigures({ newest }: { readonly newest: Sample | undefined }) {
  const { t } = useTranslation('watches');
  const format = useFormat();
  const shown = (value: number | undefined) => (value === undefined ? '–' : format.number(value));
  return (
    <FigureRow>
      <Figure
        label={t('figure.watchers')}
        value={shown(newest?.watchers)}
        detail={t('figure.watchersDetail')}
      />
      <Figure
        label={t('figure.events')}
        value={shown(newest?.eventsPerSecond)}
        detail={t('figure.eventsDetail')}
      />
    </FigureRow>
  );
}

/** The last ten minutes. */
function WatchCharts({ samples }: { readonly samples: readonly Sample[] }) {
  const { t } = useTranslation('watches');
  const format = useFormat();
  const times = samples.map(({ at }) => Date.parse(at));
  const charts = [
    ['watchers', samples.map(({ watchers }) => watchers ?? null)],
    ['events', samples.map(({ eventsPerSecond }) => eventsPerSecond ?? null)],
  ] as const;
  return charts.map(([name, values]) => (
    <Panel key={name} title={t(`chart.${name}`)}>
      <Chart
        label={t(`chart.${name}`)}
        times={times}
        lines={[{ label: t(`figure.${name}`), values }]}
        format={format.number}
      />
    </Panel>
  ));
}
