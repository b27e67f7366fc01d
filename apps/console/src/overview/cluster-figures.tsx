/** The cluster in numbers, each with its course over the last minutes. */
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { requestOf } from '../api/gateway.ts';
import { useFormat } from '../format/use-format.ts';
import { Figure, FigureRow } from '../widgets/figure.tsx';
import type { ClusterStatus, Sample } from '../cluster/cluster-status.ts';

interface Props {
  readonly status: ClusterStatus;
  readonly samples: readonly Sample[];
}

/** As many samples as a sparkline has room for. */
const COURSE_SAMPLES = 60;

export function ClusterFigures({ status, samples }: Props) {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const newest = samples.at(-1);
  const courseOf = (of: (sample: Sample) => number | undefined): number[] =>
    samples
      .slice(-COURSE_SAMPLES)
      .map(of)
      .filter((value) => value !== undefined);
  const rate = (value: number | undefined) => (value === undefined ? '–' : format.compact(value));
  const lag = newest?.lagMax ?? 0;
  return (
    <FigureRow>
      <Members status={status} />
      <Services />
      <Figure
        label={t('figure.lag')}
        value={format.number(lag)}
        detail={t('figure.lagDetail')}
        {...(lag > LAG_NOTICED && { tone: 'warning' as const })}
      />
      <Figure
        label={t('figure.writes')}
        value={rate(newest?.writesPerSecond)}
        detail={t('figure.perSecond')}
        course={courseOf(({ writesPerSecond }) => writesPerSecond)}
      />
      <Figure
        label={t('figure.reads')}
        value={rate(newest?.readsPerSecond)}
        detail={t('figure.perSecond')}
        course={courseOf(({ readsPerSecond }) => readsPerSecond)}
      />
      <Figure
        label={t('figure.keys')}
        value={newest?.keys === undefined ? '–' : format.compact(newest.keys)}
        detail={t('figure.watchers', { count: newest?.watchers ?? 0 })}
      />
      <Figure
        label={t('figure.database')}
        value={newest?.databaseBytes === undefined ? '–' : format.bytes(newest.databaseBytes)}
        detail={t('figure.revision', { revision: format.number(status.revision ?? 0) })}
      />
    </FigureRow>
  );
}

/** Entries behind that one begins to notice: followers are a few behind while there are writes. */
const LAG_NOTICED = 1_000;

function Members({ status }: { readonly status: ClusterStatus }) {
  const { t } = useTranslation('overview');
  const healthy = status.members.filter(({ state }) => state === 'healthy').length;
  const leader = status.members.find(({ isLeader }) => isLeader);
  return (
    <Figure
      label={t('figure.members')}
      value={`${healthy} / ${status.members.length}`}
      tone={!status.hasQuorum ? 'bad' : healthy < status.members.length ? 'warning' : 'good'}
      detail={
        leader === undefined ? t('figure.noLeader') : t('figure.leader', { name: leader.name })
      }
    />
  );
}

function Services() {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const { data } = useQuery({
    queryKey: ['services', 'count'],
    queryFn: async () =>
      (await (await requestOf('v1/services?limit=1')).json()) as { count: number },
    refetchInterval: 10_000,
  });
  return (
    <Figure
      label={t('figure.services')}
      value={data === undefined ? '–' : format.number(data.count)}
      detail={
        <Anchor component={Link} to="/services" fz="xs">
          {t('figure.toServices')}
        </Anchor>
      }
    />
  );
}
