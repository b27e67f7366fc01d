/** What the table of instances tells of each: what is in force, and a menu of what can be decided. */
import { Text, Tooltip } from '@mantine/core';
import { IconGavel } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../format/relative-time.tsx';
import { useFormat } from '../format/use-format.ts';
import { CodeText } from '../widgets/code-text.tsx';
import type { Column } from '../widgets/data-table.tsx';
import { StatusDot, type Tone } from '../widgets/status-dot.tsx';
import type { DecisionKind } from './decision-dialog.tsx';
import { InstanceMenu } from './instance-menu.tsx';
import type { Instance, InstanceState } from './service-queries.ts';

export const stateTones: Readonly<Record<InstanceState, Tone>> = {
  serving: 'good',
  starting: 'accent',
  draining: 'warning',
};

export function useInstanceColumns(
  onDecide: (kind: DecisionKind, id: string) => void,
): readonly Column<Instance>[] {
  const { t } = useTranslation('services');
  return [
    {
      id: 'id',
      header: t('column.instance'),
      width: 'minmax(110px, 2fr)',
      sortBy: ({ id }) => id,
      cell: ({ id }) => (
        <Text span ff="monospace" fz="sm" fw={500}>
          {id}
        </Text>
      ),
    },
    {
      id: 'state',
      header: t('column.state'),
      width: '112px',
      sortBy: ({ state }) => state,
      cell: (instance) => <StateCell instance={instance} />,
    },
    {
      id: 'weight',
      header: t('column.weight'),
      width: 'minmax(120px, 1fr)',
      fromWidth: 440,
      sortBy: ({ weight }) => weight,
      cell: (instance) => <WeightCell instance={instance} />,
    },
    {
      id: 'endpoint',
      header: t('column.endpoint'),
      width: 'minmax(140px, 1.5fr)',
      fromWidth: 620,
      sortBy: ({ endpoint }) => endpoint,
      cell: ({ endpoint }) => <CodeText isQuiet>{endpoint}</CodeText>,
    },
    {
      id: 'zone',
      header: t('column.zone'),
      width: '110px',
      fromWidth: 760,
      sortBy: ({ zone }) => zone ?? '',
      cell: ({ zone }) => zone ?? '–',
    },
    {
      id: 'version',
      header: t('column.version'),
      width: '90px',
      fromWidth: 900,
      sortBy: (instance) => versionOf(instance),
      cell: (instance) => versionOf(instance) || '–',
    },
    {
      id: 'age',
      header: t('column.age'),
      width: '110px',
      fromWidth: 980,
      sortBy: ({ registeredAt }) => registeredAt ?? '',
      cell: ({ registeredAt: at }) => (at === undefined ? '–' : <RelativeTime at={at} />),
    },
    {
      id: 'actions',
      header: '',
      width: '32px',
      align: 'end',
      cell: (instance) => <InstanceMenu instance={instance} onDecide={onDecide} />,
    },
  ];
}

const versionOf = ({ labels, app }: Instance): string => labels['version'] ?? app?.version ?? '';

function StateCell({ instance: { state, override } }: { readonly instance: Instance }) {
  const { t } = useTranslation('services');
  return (
    <StatusDot tone={stateTones[state]}>
      {t(`state.${state}`)}
      {override !== undefined && (
        <Tooltip
          label={t('instance.overridden', { by: override.by, reason: override.reason })}
          multiline
          maw={320}
        >
          <IconGavel
            size={13}
            style={{ marginLeft: 6, verticalAlign: -2, color: 'var(--warning)' }}
            aria-label={t('instance.override.title')}
          />
        </Tooltip>
      )}
    </StatusDot>
  );
}

/** What is in force; what the instance says of itself beside it, where that differs. */
function WeightCell({ instance: { weight, declared } }: { readonly instance: Instance }) {
  const { t } = useTranslation('services');
  const format = useFormat();
  return (
    <>
      {format.number(weight)}
      {declared.weight !== weight && (
        <Text span c="dimmed" fz="xs" ml={6}>
          {t('instance.weightDeclared', { weight: format.number(declared.weight) })}
        </Text>
      )}
    </>
  );
}
