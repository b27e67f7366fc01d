/** The instances of a service, with what is in force and what each declares, and what one can decide about them. */
import { Menu, ActionIcon, Text, Tooltip } from '@mantine/core';
import { IconDots, IconGavel } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { RelativeTime } from '../format/relative-time.tsx';
import { useFormat } from '../format/use-format.ts';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { Panel } from '../widgets/panel.tsx';
import { SearchField } from '../widgets/search-field.tsx';
import { StatusDot, type Tone } from '../widgets/status-dot.tsx';
import { DecisionDialog, type DecisionKind } from './decision-dialog.tsx';
import { InstanceDrawer } from './instance-drawer.tsx';
import type { Instance, InstanceState } from './service-queries.ts';

export const stateTones: Readonly<Record<InstanceState, Tone>> = {
  serving: 'good',
  starting: 'accent',
  draining: 'warning',
};

interface Props {
  readonly service: string;
  readonly instances: readonly Instance[];
}

interface Asked {
  readonly kind: DecisionKind;
  readonly id: string;
}

export function InstancesPanel({ service, instances }: Props) {
  const { t } = useTranslation('services');
  const [params, setParams] = useSearchParams();
  const [search, setSearch] = useState('');
  const [asked, ask] = useState<Asked>();
  const openId = params.get('instance');
  const found = useMemo(() => matching(instances, search), [instances, search]);
  const open = (id: string | undefined) =>
    setParams(id === undefined ? {} : { instance: id }, { replace: true });
  const shown = instances.find(({ id }) => id === openId);
  const subject = instances.find(({ id }) => id === asked?.id);
  const columns = useInstanceColumns((kind, id) => ask({ kind, id }));
  return (
    <Panel
      isFlush
      toolbar={
        <SearchField label={t('filter.searchInstances')} value={search} onChange={setSearch} />
      }
    >
      <DataTable
        label={t('tab.instances')}
        columns={columns}
        rows={found}
        rowId={({ id }) => id}
        onOpen={({ id }) => open(id)}
        initialOrder={{ column: 'id', direction: 'ascending' }}
        maxHeight="max(320px, calc(100vh - 400px))"
        empty={
          <Text c="dimmed" fz="sm" p="lg" ta="center">
            {t('instance.noMatch')}
          </Text>
        }
      />
      {shown !== undefined && (
        <InstanceDrawer
          instance={shown}
          onClose={() => open(undefined)}
          onDecide={(kind) => ask({ kind, id: shown.id })}
        />
      )}
      {asked !== undefined && subject !== undefined && (
        <DecisionDialog
          kind={asked.kind}
          service={service}
          instance={subject}
          instances={instances}
          onClose={() => ask(undefined)}
        />
      )}
    </Panel>
  );
}

/** Substrings of the id, the address and `name=value` of labels; no wildcards. */
function matching(instances: readonly Instance[], search: string): readonly Instance[] {
  const words = search.trim().toLowerCase();
  if (words === '') return instances;
  return instances.filter(({ id, endpoint, labels }) =>
    [id, endpoint, ...Object.entries(labels).map(([name, text]) => `${name}=${text}`)].some(
      (text) => text.toLowerCase().includes(words),
    ),
  );
}

function useInstanceColumns(
  onDecide: (kind: DecisionKind, id: string) => void,
): readonly Column<Instance>[] {
  const { t } = useTranslation('services');
  const format = useFormat();
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
      width: 'minmax(90px, 1fr)',
      fromWidth: 440,
      sortBy: ({ weight }) => weight,
      cell: ({ weight, declared }) => (
        <>
          {format.number(weight)}
          {declared.weight !== weight && (
            <Text span c="dimmed" fz="xs" ml={6}>
              {t('instance.weightDeclared', { weight: format.number(declared.weight) })}
            </Text>
          )}
        </>
      ),
    },
    {
      id: 'endpoint',
      header: t('column.endpoint'),
      width: 'minmax(140px, 1.5fr)',
      fromWidth: 620,
      sortBy: ({ endpoint }) => endpoint,
      cell: ({ endpoint }) => (
        <Text span ff="monospace" fz="xs" c="dimmed">
          {endpoint}
        </Text>
      ),
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
      cell: ({ registeredAt }) =>
        registeredAt === undefined ? '–' : <RelativeTime at={registeredAt} />,
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

interface InstanceMenuProps {
  readonly instance: Instance;
  readonly onDecide: (kind: DecisionKind, id: string) => void;
}

function InstanceMenu({ instance: { id, state, override }, onDecide }: InstanceMenuProps) {
  const { t } = useTranslation('services');
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon size="sm" aria-label={t('instance.actions', { id })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {state !== 'draining' && (
          <Menu.Item onClick={() => onDecide('drain', id)}>{t('instance.drain')}…</Menu.Item>
        )}
        <Menu.Item onClick={() => onDecide('weight', id)}>{t('instance.weight')}…</Menu.Item>
        {override !== undefined && (
          <Menu.Item onClick={() => onDecide('end', id)}>{t('instance.endOverride')}…</Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item color="red" onClick={() => onDecide('deregister', id)}>
          {t('instance.deregister')}…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
