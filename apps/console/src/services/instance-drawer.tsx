/** One instance in full: what it is, how long its lease would last, what was decided about it, and what it went through. */
import { Badge, Code, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { dataOf, gateway } from '../api/gateway.ts';
import { RelativeTime } from '../format/relative-time.tsx';
import { useFormat } from '../format/use-format.ts';
import { useSession } from '../session/session.ts';
import { useMayWrite } from '../session/use-may.ts';
import { CopyButton } from '../widgets/copy-button.tsx';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { StatusDot } from '../widgets/status-dot.tsx';
import type { DecisionKind } from './decision-dialog.tsx';
import { HealthCheckSection } from './health-check-section.tsx';
import classes from './instance-drawer.module.css';
import { stateTones } from './instances-panel.tsx';
import type { Instance, Override } from './service-queries.ts';
import { TimelineEvents } from './timeline-panel.tsx';

interface Props {
  readonly instance: Instance;
  readonly onDecide: (kind: DecisionKind) => void;
  readonly onClose: () => void;
}

export function InstanceDrawer({ instance, onDecide, onClose }: Props) {
  const { t } = useTranslation('services');
  const { id, service, state, override } = instance;
  const mayWrite = useMayWrite(`/concord/registry/instances/${service}/${id}`);
  const mayDecide = useMayWrite(`/concord/registry/overrides/${service}/${id}`);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={520}
      title={
        <Text ff="monospace" fw={600}>
          {id}
        </Text>
      }
    >
      <Stack gap="lg">
        <Group gap="xs">
          {state !== 'draining' && (
            <GuardedButton
              isPermitted={mayWrite}
              variant="default"
              onClick={() => onDecide('drain')}
            >
              {t('instance.drain')}
            </GuardedButton>
          )}
          <GuardedButton
            isPermitted={mayDecide}
            variant="default"
            onClick={() => onDecide('weight')}
          >
            {t('instance.weight')}
          </GuardedButton>
          {override !== undefined && (
            <GuardedButton
              isPermitted={mayDecide}
              variant="default"
              onClick={() => onDecide('end')}
            >
              {t('instance.endOverride')}
            </GuardedButton>
          )}
          <GuardedButton
            isPermitted={mayWrite}
            variant="subtle"
            color="red"
            c="var(--bad)"
            onClick={() => onDecide('deregister')}
          >
            {t('instance.deregister')}
          </GuardedButton>
        </Group>
        {override !== undefined && <OverrideNote override={override} />}
        <Facts instance={instance} />
        <HealthCheckSection instance={instance} />
        <Stack gap="xs">
          <Title order={3}>{t('instance.history')}</Title>
          <div className={classes.history}>
            <TimelineEvents service={service} instance={id} />
          </div>
        </Stack>
      </Stack>
    </Drawer>
  );
}

function OverrideNote({ override: { by, reason, until } }: { readonly override: Override }) {
  const { t } = useTranslation('services');
  return (
    <div className={classes.override}>
      <Text fw={600} fz="sm">
        {reason}
      </Text>
      <Text fz="sm">
        {t('instance.override.by', { by })}{' '}
        {until === undefined ? t('instance.override.noEnd') : <Until at={until} />}
      </Text>
    </div>
  );
}

function Until({ at }: { readonly at: string }) {
  const { t } = useTranslation('services');
  const format = useFormat();
  return t('instance.override.until', { when: format.moment(at) });
}

function Facts({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('services');
  const format = useFormat();
  const { endpoint, ports, zone, app, incarnation, registeredAt, servingSince } = instance;
  const { weight, state, declared, labels, metadata } = instance;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [
      t('instance.facts.state'),
      <StatusDot key="state" tone={stateTones[state]}>
        {state === declared.state
          ? t(`state.${state}`)
          : t('instance.facts.stateBoth', {
              state: t(`state.${state}`),
              declared: t(`state.${declared.state}`),
            })}
      </StatusDot>,
    ],
    [
      t('instance.facts.weight'),
      weight === declared.weight
        ? format.number(weight)
        : t('instance.facts.weightBoth', { weight, declared: declared.weight }),
    ],
    [
      t('instance.facts.endpoint'),
      <Group key="endpoint" gap={4}>
        <Code>{endpoint}</Code>
        <CopyButton text={endpoint} />
      </Group>,
    ],
    ...(Object.keys(ports).length > 1
      ? [[t('instance.facts.ports'), pairsOf(ports).join(', ')] as const]
      : []),
    [t('instance.facts.zone'), zone ?? '–'],
    [t('instance.facts.app'), app === undefined ? '–' : [app.name, app.version].join(' ')],
    [t('instance.facts.incarnation'), <Code key="incarnation">{incarnation}</Code>],
    ...(registeredAt === undefined
      ? []
      : [[t('instance.facts.registered'), <RelativeTime key="at" at={registeredAt} />] as const]),
    ...(servingSince === undefined
      ? []
      : [[t('instance.facts.serving'), <RelativeTime key="at" at={servingSince} />] as const]),
    [t('instance.facts.margin'), <LeaseMargin key="lease" instance={instance} />],
    [
      t('instance.facts.labels'),
      <Group key="labels" gap={4}>
        {pairsOf(labels).map((pair) => (
          <Badge key={pair} color="gray" ff="monospace">
            {pair}
          </Badge>
        ))}
      </Group>,
    ],
  ];
  return (
    <Stack gap="md">
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {metadata !== null && metadata !== undefined && (
        <div>
          <Text fz="xs" c="dimmed" mb={4}>
            {t('instance.facts.metadata')}
          </Text>
          <Code block>{JSON.stringify(metadata, null, 2)}</Code>
        </div>
      )}
    </Stack>
  );
}

const pairsOf = (values: Readonly<Record<string, string | number>>): string[] =>
  Object.entries(values).map(([name, value]) => `${name}=${value}`);

/** How much of its time-to-live the instance has left: little means that heartbeats come late. */
function LeaseMargin({ instance: { lease, ttlMs } }: { readonly instance: Instance }) {
  const { t } = useTranslation('services');
  const format = useFormat();
  const { actor } = useSession();
  const { data } = useQuery({
    queryKey: ['lease', lease],
    // Leases are shown to administrators.
    enabled: lease !== undefined && actor?.isAdministrator === true,
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
