/** One instance in full: what it is, how long its lease would last, what was decided about it, and what it went through. */
import { Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format.ts';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { SideSheet } from '../widgets/side-sheet.tsx';
import type { DecisionKind } from './decision-dialog.tsx';
import { HealthCheckSection } from './health-check-section.tsx';
import { useInstanceActions } from './instance-actions.ts';
import classes from './instance-drawer.module.css';
import { InstanceFacts } from './instance-facts.tsx';
import type { Instance, Override } from './service-queries.ts';
import { TimelineEvents } from './timeline-panel.tsx';

interface Props {
  readonly instance: Instance;
  readonly onDecide: (kind: DecisionKind) => void;
  readonly onClose: () => void;
}

export function InstanceDrawer({ instance, onDecide, onClose }: Props) {
  const { t } = useTranslation(['services', 'shell']);
  const { id, service, override } = instance;
  return (
    <SideSheet
      onClose={onClose}
      size={520}
      title={
        <Text ff="monospace" fw={600}>
          {id}
        </Text>
      }
    >
      <Stack gap="lg">
        <Group gap="xs">
          {useInstanceActions(instance).map(({ kind, label, isPermitted }) => (
            <GuardedButton
              key={kind}
              isPermitted={isPermitted}
              {...(kind === 'deregister'
                ? { variant: 'subtle', color: 'red', c: 'var(--bad)' }
                : { variant: 'default' })}
              onClick={() => onDecide(kind)}
            >
              {label}
            </GuardedButton>
          ))}
        </Group>
        {override !== undefined && <OverrideNote override={override} />}
        <InstanceFacts instance={instance} />
        <HealthCheckSection instance={instance} />
        <Stack gap="xs">
          <Title order={3}>{t('instance.history')}</Title>
          <div className={classes.history}>
            <TimelineEvents service={service} instance={id} />
          </div>
        </Stack>
      </Stack>
    </SideSheet>
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
