/** Rates and latencies of the last ten minutes. */
import { SimpleGrid } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format.ts';
import { Chart } from '../widgets/chart.tsx';
import { Panel } from '../widgets/panel.tsx';
import type { Sample } from '../cluster/cluster-status.ts';

export function ClusterCharts({ samples }: { readonly samples: readonly Sample[] }) {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const data = useMemo(() => {
    const line = (label: string, of: (sample: Sample) => number | undefined) => ({
      label,
      values: samples.map((sample) => of(sample) ?? null),
    });
    return {
      times: samples.map(({ at }) => Date.parse(at)),
      rates: [
        line(t('chart.reads'), ({ readsPerSecond }) => readsPerSecond),
        line(t('chart.writes'), ({ writesPerSecond }) => writesPerSecond),
        line(t('chart.events'), ({ eventsPerSecond }) => eventsPerSecond),
      ],
      latencies: [
        line(t('chart.readLatency'), ({ readLatencyMs }) => readLatencyMs),
        line(t('chart.syncP50'), ({ syncLatencyP50Ms }) => syncLatencyP50Ms),
        line(t('chart.syncP99'), ({ syncLatencyP99Ms }) => syncLatencyP99Ms),
      ],
    };
  }, [samples, t]);
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <Panel title={t('chart.rates')} aside={t('figure.perSecond')}>
        <Chart
          label={t('chart.rates')}
          times={data.times}
          lines={data.rates}
          format={format.compact}
        />
      </Panel>
      <Panel title={t('chart.latencies')} aside={t('chart.lastMinutes')}>
        <Chart
          label={t('chart.latencies')}
          times={data.times}
          lines={data.latencies}
          format={format.duration}
        />
      </Panel>
    </SimpleGrid>
  );
}
