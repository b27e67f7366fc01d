/** The services that were found: how many instances each has in which state, and what was decided about them. */
import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useFormat } from '../format/use-format.ts';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { HealthBar } from './health-bar.tsx';
import { pathOfService } from './service-path.ts';
import type { ServiceSummary } from './service-queries.ts';

export interface ServiceTableProps {
  readonly rows: readonly ServiceSummary[];
  /** All that match are there: they can be sorted. */
  readonly isComplete: boolean;
  readonly onEndReached: () => void;
}

export function ServiceTable({ rows, isComplete, onEndReached }: ServiceTableProps) {
  const { t } = useTranslation('services');
  const navigate = useNavigate();
  const columns = useServiceColumns();
  return (
    <DataTable
      label={t('title')}
      columns={isComplete ? columns : columns.map(unsorted)}
      rows={rows}
      rowId={({ name }) => name}
      onOpen={({ name }) => void navigate(pathOfService(name))}
      onEndReached={onEndReached}
      maxHeight="calc(100vh - 230px)"
    />
  );
}

/** Without an order: a part of what was found, sorted, would pass for the first of all. */
function unsorted(column: Column<ServiceSummary>): Column<ServiceSummary> {
  const without = { ...column };
  delete without.sortBy;
  return without;
}

function useServiceColumns(): readonly Column<ServiceSummary>[] {
  const { t } = useTranslation('services');
  const format = useFormat();
  return [
    {
      id: 'name',
      header: t('column.service'),
      width: 'minmax(140px, 2fr)',
      sortBy: ({ name }) => name,
      cell: ({ name }) => (
        <Anchor
          component={Link}
          to={pathOfService(name)}
          ff="monospace"
          fz="sm"
          c="var(--text)"
          fw={500}
        >
          {name}
        </Anchor>
      ),
    },
    {
      id: 'health',
      header: t('column.health'),
      width: 'minmax(150px, 2fr)',
      sortBy: ({ instances }) => instances.serving,
      cell: ({ instances }) => <HealthBar instances={instances} />,
    },
    {
      id: 'weight',
      header: t('column.weight'),
      width: '90px',
      align: 'end',
      fromWidth: 560,
      sortBy: ({ weight }) => weight,
      cell: ({ weight }) => format.number(weight),
    },
    {
      id: 'overrides',
      header: t('column.decisions'),
      width: '90px',
      align: 'end',
      fromWidth: 720,
      sortBy: ({ overrides }) => overrides,
      cell: ({ overrides }) =>
        overrides === 0 ? (
          <Text span c="dimmed" fz="sm">
            –
          </Text>
        ) : (
          format.number(overrides)
        ),
    },
    {
      id: 'zones',
      header: t('column.zones'),
      width: 'minmax(120px, 3fr)',
      fromWidth: 860,
      cell: ({ zones }) => (
        <Text span c="dimmed" fz="sm">
          {zones.join(', ')}
        </Text>
      ),
    },
  ];
}
