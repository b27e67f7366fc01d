/** The first page: the cluster at a glance, what needs attention, and what changed. */
import { SimpleGrid, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useClusterStatus, useSamples } from '../cluster/cluster-status.ts';
import { LiveMark } from '../live/live-mark.tsx';
import { useSession } from '../session/session.ts';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { PageHeader } from '../widgets/page-header.tsx';
import { Attention } from './attention.tsx';
import { ClusterCharts } from './cluster-charts.tsx';
import { ClusterFigures } from './cluster-figures.tsx';
import { MembersPanel } from './members-panel.tsx';
import { RecentChanges } from './recent-changes.tsx';

export function OverviewPage() {
  const { t } = useTranslation('overview');
  const {
    status: { data: status, error, refetch },
    state,
  } = useClusterStatus();
  const { data: samples } = useSamples(state);
  // The audit is for administrators.
  const { actor } = useSession();
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        mark={<LiveMark state={state} />}
      />
      {status === undefined ? (
        error === null ? (
          <Loading lines={10} />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <Stack gap="md">
          <Attention status={status} />
          <ClusterFigures status={status} samples={samples?.items ?? []} />
          <ClusterCharts samples={samples?.items ?? []} />
          <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
            <MembersPanel members={status.members} />
            {actor?.isAdministrator === true && <RecentChanges />}
          </SimpleGrid>
        </Stack>
      )}
    </>
  );
}
