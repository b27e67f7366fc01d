/** What was done, by whom, and what it changed; new records come by themselves. */
import { Button, Group, Menu, Stack, Switch, Text } from '@mantine/core';
import { IconDownload, IconHistoryToggle } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { addressOf } from '../api/gateway.ts';
import { usePagedRows } from '../api/paged-list.ts';
import { RelativeTime } from '../format/relative-time.tsx';
import { useFormat } from '../format/use-format.ts';
import { LiveMark } from '../live/live-mark.tsx';
import { useLiveRefresh } from '../live/use-live.ts';
import { withParameters } from '../time-travel/view-address.ts';
import { CodeText } from '../widgets/code-text.tsx';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { PageHeader } from '../widgets/page-header.tsx';
import { Panel } from '../widgets/panel.tsx';
import { StatusDot, type Tone } from '../widgets/status-dot.tsx';
import { AuditFilterFields } from './audit-filter-fields.tsx';
import { readFilter, writeFilter, type AuditFilter } from './audit-filter.ts';
import { RecordDrawer } from './record-drawer.tsx';
import { auditPages, exportPath, type AuditRecord } from './audit-requests.ts';

const TONES: Readonly<Record<AuditRecord['outcome'], Tone>> = {
  done: 'good',
  refused: 'warning',
  failed: 'bad',
};

export function AuditPage() {
  const { t } = useTranslation('audit');
  const [search, setSearch] = useSearchParams();
  const filter = readFilter(search);
  const isLive = search.get('live') !== '0' && filter.to === undefined;
  const set = (name: string, value: string | undefined) =>
    setSearch(withParameters(search, { [name]: value }));
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        mark={isLive && <LiveRecords />}
        actions={<ExportMenu filter={filter} />}
      />
      <Stack gap="sm">
        <Group gap="md" align="flex-end">
          <AuditFilterFields
            filter={filter}
            onChange={(next) => setSearch(writeFilter(next, search))}
          />
          <Switch
            label={t('live')}
            checked={isLive}
            disabled={filter.to !== undefined}
            onChange={(event) => set('live', event.currentTarget.checked ? undefined : '0')}
            mb={8}
          />
        </Group>
        <RecordTable
          filter={filter}
          opened={search.get('record')}
          onOpen={(id) => set('record', id)}
        />
      </Stack>
    </>
  );
}

function ExportMenu({ filter }: { readonly filter: AuditFilter }) {
  const { t } = useTranslation('audit');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={14} />}>
          {t('export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={addressOf(exportPath(filter, 'csv'))} download="audit.csv">
          {t('exportCsv')}
        </Menu.Item>
        <Menu.Item
          component="a"
          href={addressOf(exportPath(filter, 'ndjson'))}
          download="audit.ndjson"
        >
          {t('exportNdjson')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface RecordTableProps {
  readonly filter: AuditFilter;
  /** The id of the record that is shown in full. */
  readonly opened: string | null;
  readonly onOpen: (id: string | undefined) => void;
}

function RecordTable({ filter, opened, onOpen }: RecordTableProps) {
  const { t } = useTranslation('audit');
  const list = useInfiniteQuery(auditPages(filter));
  const { rows, isSearching, onEndReached } = usePagedRows(list);
  const columns = useRecordColumns();
  if (list.isPending) return <Loading />;
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  const record = rows.find(({ id }) => id === opened);
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <Panel isFlush>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        onOpen={({ id }) => onOpen(id)}
        onEndReached={onEndReached}
        empty={
          isSearching ? (
            <Loading />
          ) : (
            <EmptyState
              icon={IconHistoryToggle}
              title={t(isFiltered ? 'empty.filteredTitle' : 'empty.title')}
            >
              {t(isFiltered ? 'empty.filtered' : 'empty.text')}
            </EmptyState>
          )
        }
      />
      {record !== undefined && <RecordDrawer record={record} onClose={() => onOpen(undefined)} />}
    </Panel>
  );
}

function useRecordColumns(): readonly Column<AuditRecord>[] {
  const { t } = useTranslation('audit');
  const format = useFormat();
  return [
    {
      id: 'at',
      header: t('column.at'),
      width: '104px',
      cell: ({ at }) => <RelativeTime at={at} />,
    },
    {
      id: 'clock',
      header: t('column.clock'),
      width: '90px',
      fromWidth: 860,
      cell: ({ at }) => format.clock(at),
    },
    {
      id: 'actor',
      header: t('column.actor'),
      width: 'minmax(80px, 0.7fr)',
      cell: ({ actor }) => (
        <Text span fz="sm" fw={550}>
          {actor}
        </Text>
      ),
    },
    {
      id: 'action',
      header: t('column.action'),
      width: 'minmax(110px, 1fr)',
      cell: ({ action }) => (
        <Text span ff="monospace" fz="xs">
          {action}
        </Text>
      ),
    },
    {
      id: 'subject',
      header: t('column.subject'),
      width: 'minmax(120px, 1.6fr)',
      fromWidth: 640,
      cell: ({ subject }) => <CodeText isQuiet>{subject}</CodeText>,
    },
    {
      id: 'outcome',
      header: t('column.outcome'),
      width: '90px',
      fromWidth: 480,
      cell: ({ outcome }) => <StatusDot tone={TONES[outcome]}>{t(`outcome.${outcome}`)}</StatusDot>,
    },
    {
      id: 'source',
      header: t('column.source'),
      width: '130px',
      fromWidth: 1000,
      cell: ({ source }) => <CodeText isQuiet>{source.address}</CodeText>,
    },
  ];
}

/** Mounted, the list is read again with each new record. */
function LiveRecords() {
  return <LiveMark state={useLiveRefresh('v1/audit/watch', ['audit'])} />;
}
