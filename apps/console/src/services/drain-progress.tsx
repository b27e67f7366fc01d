/** How far the news that an instance drains has come: consumers tell up to which override they have taken in. */
import { Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../widgets/panel.tsx';
import { useConsumers, type Consumer, type Instance } from './service-queries.ts';

interface Props {
  readonly service: string;
  readonly instances: readonly Instance[];
}

/** Names that are told of those that are waited for. */
const NAMES_MAX = 4;

export function DrainProgress({ service, instances }: Props) {
  const draining = instances.filter(
    ({ state, override }) => state === 'draining' && override?.state === 'draining',
  );
  if (draining.length === 0) return null;
  return <Draining service={service} draining={draining} />;
}

function Draining({
  service,
  draining,
}: {
  readonly service: string;
  readonly draining: readonly Instance[];
}) {
  const { data } = useConsumers(service, true);
  const consumers = data?.items ?? [];
  if (data === undefined) return null;
  return (
    <Panel>
      <Stack gap="md">
        {draining.map((instance) => (
          <OneDrain key={instance.id} instance={instance} consumers={consumers} />
        ))}
      </Stack>
    </Panel>
  );
}

interface OneDrainProps {
  readonly instance: Instance;
  readonly consumers: readonly Consumer[];
}

function OneDrain({ instance: { id, override }, consumers }: OneDrainProps) {
  const { t } = useTranslation('services');
  const revision = override?.revision ?? 0;
  const pending = consumers.filter(({ overrides }) => overrides < revision);
  const total = consumers.length;
  const seen = total - pending.length;
  if (total === 0) return <Text fz="sm">{t('progress.nobody', { id })}</Text>;
  return (
    <Stack gap={6} aria-live="polite">
      <Text fz="sm" fw={550}>
        {t(pending.length === 0 ? 'progress.done' : 'progress.waiting', { id })}
      </Text>
      <Progress
        value={(seen / total) * 100}
        color={pending.length === 0 ? 'green.7' : 'accent'}
        size="sm"
        aria-label={t('progress.seen', { seen, total })}
      />
      <Text fz="xs" c="dimmed">
        {t('progress.seen', { seen, total })}
        {pending.length > 0 &&
          ` · ${t('progress.pending', {
            names: pending
              .slice(0, NAMES_MAX)
              .map(({ client }) => client)
              .join(', '),
          })}`}
      </Text>
    </Stack>
  );
}
