/** The instances of a service, with what is in force and what each declares, and what one can decide about them. */
import { Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { DataTable } from '../widgets/data-table.tsx';
import { Panel } from '../widgets/panel.tsx';
import { SearchField } from '../widgets/search-field.tsx';
import { DecisionDialog, type DecisionKind } from './decision-dialog.tsx';
import { useInstanceColumns } from './instance-columns.tsx';
import { InstanceDrawer } from './instance-drawer.tsx';
import type { Instance } from './service-queries.ts';

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
