/** One service: who offers it, who uses it, where calls would go, and what happened. */
import { Group, Stack, Tabs } from '@mantine/core';
import { IconTopologyStar3 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { RequestProblem } from '../api/problem.ts';
import { useFormat } from '../format/use-format.ts';
import { LiveMark } from '../live/live-mark.tsx';
import { readRevision, withParameters } from '../time-travel/view-address.ts';
import { RevisionBanner, RevisionField } from '../time-travel/revision-field.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Figure, FigureRow } from '../widgets/figure.tsx';
import { Loading } from '../widgets/loading.tsx';
import { PageHeader } from '../widgets/page-header.tsx';
import { Snippet } from '../widgets/snippet.tsx';
import { ConsumersPanel } from './consumers-panel.tsx';
import { DrainProgress } from './drain-progress.tsx';
import { HoldBanner } from './hold-banner.tsx';
import { InstancesPanel } from './instances-panel.tsx';
import { PastInstances } from './past-instances.tsx';
import { PickSimulator } from './pick-simulator.tsx';
import { useInstances, useService, type ServiceDetail } from './service-queries.ts';
import { registerSnippets } from './service-snippets.ts';
import { TimelinePanel } from './timeline-panel.tsx';
import { UsePanel } from './use-panel.tsx';

const tabs = ['instances', 'consumers', 'pick', 'timeline', 'use'] as const;
type Tab = (typeof tabs)[number];

export function ServicePage() {
  const { service = '' } = useParams();
  const { t } = useTranslation('services');
  const { data: detail, error, refetch } = useService(service);
  const { collection, state } = useInstances(service);
  const isUnknown = error instanceof RequestProblem && error.code === 'not-found';
  const instances = collection === undefined ? undefined : [...collection.items.values()];
  const [params, setParams] = useSearchParams();
  const revision = readRevision(params);
  const goTo = (next: number | undefined) =>
    setParams(withParameters(params, { revision: next?.toString() }), { replace: true });
  return (
    <>
      <PageHeader
        title={service}
        isName
        above={[{ label: t('title'), to: '/services' }]}
        mark={<LiveMark state={state} />}
        actions={<RevisionField revision={revision} onChange={goTo} />}
      />
      <RevisionBanner revision={revision} onNow={() => goTo(undefined)} />
      {revision !== undefined ? (
        <PastInstances service={service} revision={revision} />
      ) : isUnknown && (instances?.length ?? 0) === 0 ? (
        <EmptyState
          icon={IconTopologyStar3}
          title={t('gone.title')}
          actions={<Snippet forms={registerSnippets(service)} />}
        >
          {t('gone.explanation')}
        </EmptyState>
      ) : error !== null && !isUnknown && detail === undefined ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : instances === undefined || detail === undefined ? (
        <Loading lines={12} />
      ) : (
        <Stack gap="md">
          <HoldBanner service={service} present={instances.length} />
          <ServiceFigures detail={detail} />
          <DrainProgress service={service} instances={instances} />
          <ServiceTabs
            panels={{
              instances: () => <InstancesPanel service={service} instances={instances} />,
              consumers: () => <ConsumersPanel service={service} />,
              pick: () => <PickSimulator service={service} zones={detail.zones} />,
              timeline: () => <TimelinePanel service={service} />,
              use: () => <UsePanel service={service} />,
            }}
          />
        </Stack>
      )}
    </>
  );
}

function ServiceFigures({ detail }: { readonly detail: ServiceDetail }) {
  const { t } = useTranslation('services');
  const format = useFormat();
  const { serving, starting, draining } = detail.instances;
  const total = serving + starting + draining;
  return (
    <FigureRow>
      <Figure
        label={t('figure.serving')}
        value={format.number(serving)}
        detail={t('figure.ofAll', { total: format.number(total) })}
        tone={serving === 0 ? 'bad' : 'good'}
      />
      <Figure label={t('figure.starting')} value={format.number(starting)} />
      <Figure
        label={t('figure.draining')}
        value={format.number(draining)}
        {...(draining > 0 && { tone: 'warning' as const })}
      />
      <Figure
        label={t('figure.weight')}
        value={format.number(detail.weight)}
        detail={t('figure.weightDetail')}
      />
      <Figure
        label={t('figure.consumers')}
        value={format.number(detail.consumers)}
        detail={t('figure.consumersDetail')}
      />
    </FigureRow>
  );
}

/** Only what is open is made, and asks for data; which one is a part of the address. */
function ServiceTabs({ panels }: { readonly panels: Readonly<Record<Tab, () => ReactNode>> }) {
  const { t } = useTranslation('services');
  const [params, setParams] = useSearchParams();
  const open = tabs.find((tab) => tab === params.get('tab')) ?? 'instances';
  return (
    <Tabs
      value={open}
      onChange={(tab) =>
        setParams(tab === 'instances' || tab === null ? {} : { tab }, { replace: true })
      }
    >
      <Tabs.List mb="md">
        <Group gap={0}>
          {tabs.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {t(`tab.${tab}`)}
            </Tabs.Tab>
          ))}
        </Group>
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab} value={tab}>
          {tab === open && panels[tab]()}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
