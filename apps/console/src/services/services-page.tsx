/** Every service there is, found by name, state, zone and label. */
import { Anchor, Group, Select, TextInput } from '@mantine/core';
import { IconTopologyStar3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useFormat } from '../format/use-format.ts';
import { LiveMark } from '../live/live-mark.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { PageHeader } from '../widgets/page-header.tsx';
import { Panel } from '../widgets/panel.tsx';
import { SearchField } from '../widgets/search-field.tsx';
import { Snippet } from '../widgets/snippet.tsx';
import { useServiceList, type ServiceFilter } from './service-list.ts';
import { instanceStates } from './service-queries.ts';
import { registerSnippets } from './service-snippets.ts';
import { ServiceTable } from './service-table.tsx';

export function ServicesPage() {
  const { t } = useTranslation('services');
  const format = useFormat();
  const [filter, setFilter] = useFilter();
  const list = useServiceList(filter);
  const isFiltered = Object.values(filter).some((value) => value !== '' && value !== undefined);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        mark={<LiveMark state={list.liveState} />}
      />
      <Panel
        isFlush
        toolbar={<Filters filter={filter} onChange={setFilter} />}
        aside={
          list.data !== undefined && (
            <span role="status">
              {t('count', { count: list.count, shown: format.number(list.count) })}
            </span>
          )
        }
      >
        {list.data === undefined ? (
          list.error === null ? (
            <Loading lines={12} />
          ) : (
            <ErrorState error={list.error} onRetry={() => void list.refetch()} />
          )
        ) : list.count === 0 ? (
          isFiltered ? (
            <NothingFound onClear={() => setFilter(noFilter)} />
          ) : (
            <NoServices />
          )
        ) : (
          <ServiceTable
            rows={list.rows}
            isComplete={!list.hasNextPage}
            onEndReached={() => {
              if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
            }}
          />
        )}
      </Panel>
    </>
  );
}

const noFilter: ServiceFilter = { search: '', state: undefined, zone: '', label: '' };

/** The filter is a part of the address: it survives navigation, and can be sent to somebody. */
function useFilter(): readonly [ServiceFilter, (filter: ServiceFilter) => void] {
  const [params, setParams] = useSearchParams();
  const state = params.get('state');
  const filter: ServiceFilter = {
    search: params.get('search') ?? '',
    state: instanceStates.find((known) => known === state),
    zone: params.get('zone') ?? '',
    label: params.get('label') ?? '',
  };
  const setFilter = (next: ServiceFilter) => {
    const given = Object.entries(next).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
    );
    setParams(new URLSearchParams(given), { replace: true });
  };
  return [filter, setFilter];
}

interface FiltersProps {
  readonly filter: ServiceFilter;
  readonly onChange: (filter: ServiceFilter) => void;
}

function Filters({ filter, onChange }: FiltersProps) {
  const { t } = useTranslation('services');
  return (
    <Group gap="xs">
      <SearchField
        label={t('filter.search')}
        value={filter.search}
        onChange={(search) => onChange({ ...filter, search })}
        width={240}
      />
      <Select
        aria-label={t('filter.state')}
        placeholder={t('filter.state')}
        data={instanceStates.map((state) => ({ value: state, label: t(`state.${state}`) }))}
        value={filter.state ?? null}
        onChange={(state) => onChange({ ...filter, state: state ?? undefined })}
        clearable
        w={150}
      />
      <CommittedField
        label={t('filter.zone')}
        value={filter.zone}
        onCommit={(zone) => onChange({ ...filter, zone })}
        width={130}
      />
      <CommittedField
        label={t('filter.label')}
        value={filter.label}
        onCommit={(label) => onChange({ ...filter, label })}
        width={190}
      />
    </Group>
  );
}

interface CommittedFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onCommit: (value: string) => void;
  readonly width: number;
}

/** Taken at Enter or when one leaves it: half a selector is a fault, not a filter. */
function CommittedField({ label, value, onCommit, width }: CommittedFieldProps) {
  return (
    <TextInput
      key={value}
      aria-label={label}
      placeholder={label}
      defaultValue={value}
      w={width}
      onBlur={(event) => {
        const text = event.currentTarget.value.trim();
        if (text !== value) onCommit(text);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}

function NothingFound({ onClear }: { readonly onClear: () => void }) {
  const { t } = useTranslation('services');
  return (
    <EmptyState
      icon={IconTopologyStar3}
      title={t('nothingFound.title')}
      actions={
        <Anchor component="button" type="button" fz="sm" onClick={onClear}>
          {t('nothingFound.clear')}
        </Anchor>
      }
    >
      {t('nothingFound.explanation')}
    </EmptyState>
  );
}

function NoServices() {
  const { t } = useTranslation('services');
  return (
    <EmptyState
      icon={IconTopologyStar3}
      title={t('none.title')}
      actions={<Snippet forms={registerSnippets('orders')} />}
    >
      {t('none.explanation')}
    </EmptyState>
  );
}
