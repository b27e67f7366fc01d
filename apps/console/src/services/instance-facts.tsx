/** What is known of an instance: what is in force and what it says of itself, where it is, since when, and its metadata. */
import { Badge, Code, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { dataOf, gateway } from '../api/gateway.ts';
import { RelativeTime } from '../format/relative-time.tsx';
import { useFormat } from '../format/use-format.ts';
import { useIsAdministrator } from '../session/use-may.ts';
import { CopyButton } from '../widgets/copy-button.tsx';
import { StatusDot } from '../widgets/status-dot.tsx';
import { stateTones } from './instance-columns.tsx';
import classes from './instance-drawer.module.css';
import type { Instance } from './service-queries.ts';

interface Props {
  readonly instance: Instance;
}

export function InstanceFacts({ instance }: Props) {
  const { t } = useTranslation('services');
  const { ports, zone, app, incarnation, registeredAt, servingSince, metadata } = instance;
  const hasPorts = Object.keys(ports).length > 1;
  return (
    <Stack gap="md">
      <dl className={classes.facts}>
        <Fact name={t('instance.facts.state')}>
          <StateFact instance={instance} />
        </Fact>
        <Fact name={t('instance.facts.weight')}>
          <WeightFact instance={instance} />
        </Fact>
        <Fact name={t('instance.facts.endpoint')}>
          <EndpointFact instance={instance} />
        </Fact>
        {hasPorts && <Fact name={t('instance.facts.ports')}>{pairsOf(ports).join(', ')}</Fact>}
        <Fact name={t('instance.facts.zone')}>{zone ?? '–'}</Fact>
        <Fact name={t('instance.facts.app')}>
          {app === undefined ? '–' : [app.name, app.version].join(' ')}
        </Fact>
        <Fact name={t('instance.facts.incarnation')}>
          <Code>{incarnation}</Code>
        </Fact>
        {registeredAt !== undefined && (
          <Fact name={t('instance.facts.registered')}>
            <RelativeTime at={registeredAt} />
          </Fact>
        )}
        {servingSince !== undefined && (
          <Fact name={t('instance.facts.serving')}>
            <RelativeTime at={servingSince} />
          </Fact>
        )}
        <Fact name={t('instance.facts.margin')}>
          <LeaseMargin instance={instance} />
        </Fact>
        <Fact name={t('instance.facts.labels')}>
          <LabelsFact instance={instance} />
        </Fact>
      </dl>
      {metadata !== null && metadata !== undefined && <Metadata value={metadata} />}
    </Stack>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function StateFact({ instance: { state, declared } }: Props) {
  const { t } = useTranslation('services');
  return (
    <StatusDot tone={stateTones[state]}>
      {state === declared.state
        ? t(`state.${state}`)
        : t('instance.facts.stateBoth', {
            state: t(`state.${state}`),
            declared: t(`state.${declared.state}`),
          })}
    </StatusDot>
  );
}

function WeightFact({ instance: { weight, declared } }: Props) {
  const { t } = useTranslation('services');
  const format = useFormat();
  if (weight === declared.weight) return format.number(weight);
  return t('instance.facts.weightBoth', { weight, declared: declared.weight });
}

const EndpointFact = ({ instance: { endpoint } }: Props) => (
  <Group gap={4} wrap="nowrap">
    <Code style={{ overflowWrap: 'anywhere' }}>{endpoint}</Code>
    <CopyButton text={endpoint} />
  </Group>
);

const LabelsFact = ({ instance: { labels } }: Props) => (
  <Group gap={4}>
    {pairsOf(labels).map((pair) => (
      <Badge key={pair} color="gray" ff="monospace">
        {pair}
      </Badge>
    ))}
  </Group>
);

const pairsOf = (values: Readonly<Record<string, string | number>>): string[] =>
  Object.entries(values).map(([name, value]) => `${name}=${value}`);

/** How much of its time-to-live the instance has left: little means that heartbeats come late. */
function LeaseMargin({ instance: { lease, ttlMs } }: Props) {
  const { t } = useTranslation('services');
  const format = useFormat();
  const isAdministrator = useIsAdministrator();
  const { data } = useQuery({
    queryKey: ['lease', lease],
    // Leases are shown to administrators.
    enabled: lease !== undefined && isAdministrator,
    queryFn: () =>
      dataOf(gateway.GET('/v1/leases/{lease}', { params: { path: { lease: lease ?? '' } } })),
    refetchInterval: 1_000,
  });
  if (lease === undefined) return t('instance.facts.marginNone');
  if (data === undefined) return format.duration(ttlMs);
  return t('instance.facts.marginLeft', {
    left: format.duration(data.remainingMs),
    ttl: format.duration(ttlMs),
  });
}

function Metadata({ value }: { readonly value: unknown }) {
  const { t } = useTranslation('services');
  return (
    <div>
      <Text fz="xs" c="dimmed" mb={4}>
        {t('instance.facts.metadata')}
      </Text>
      <Code block>{JSON.stringify(value, null, 2)}</Code>
    </div>
  );
}
