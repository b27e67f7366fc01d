/** The releases of an item, newest first: any two compared, any of them restored. */
import { Badge, Checkbox, Group, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DiffView } from '../editor/lazy-editor.tsx';
import { RelativeTime } from '../format/relative-time.tsx';
import { useFormat } from '../format/use-format.ts';
import { useMayWrite } from '../session/use-may.ts';
import { ComparisonPanel, pairOf, usePicks, type Picks } from '../widgets/comparison.tsx';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { Loading } from '../widgets/loading.tsx';
import { StatusDot } from '../widgets/status-dot.tsx';
import { historyOf, type HistoryEntry } from './config-requests.ts';
import { itemKey, type ItemAddress } from './item-address.ts';

export interface HistoryPanelProps {
  readonly address: ItemAddress;
  /** The release that is live. */
  readonly live: number;
  readonly onRestore: (release: number) => void;
}

export function HistoryPanel({ address, live, onRestore }: HistoryPanelProps) {
  const { t } = useTranslation('configuration');
  const history = useQuery(historyOf(address));
  const picks = usePicks();
  const mayRestore = useMayWrite(itemKey(address));
  const columns = useReleaseColumns({ live, ...picks, mayRestore, onRestore });
  if (history.isPending) return <Loading />;
  if (history.isError)
    return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  const { items } = history.data;
  const pair = pairOf(items, picks, ({ release }) => release);
  return (
    <ComparisonPanel
      title={t('tab.history')}
      hint={t('history.hint')}
      action={t('history.compare')}
      comparison={pair && <ReleaseComparison pair={pair} />}
    >
      <DataTable
        label={t('tab.history')}
        columns={columns}
        rows={items}
        rowId={({ release }) => String(release)}
        empty={
          <EmptyState icon={IconHistory} title={t('history.noneTitle')}>
            {t('history.none')}
          </EmptyState>
        }
      />
    </ComparisonPanel>
  );
}

function ReleaseComparison({
  pair: [before, after],
}: {
  readonly pair: readonly [HistoryEntry, HistoryEntry];
}) {
  const format = useFormat();
  return (
    <DiffView
      before={{ text: before.content ?? '', label: `#${format.number(before.release)}` }}
      after={{ text: after.content ?? '', label: `#${format.number(after.release)}` }}
      format={after.format}
    />
  );
}

interface ReleaseColumns extends Pick<HistoryPanelProps, 'live' | 'onRestore'>, Picks {
  readonly mayRestore: boolean;
}

function useReleaseColumns({
  live,
  picked,
  onPick,
  mayRestore,
  onRestore,
}: ReleaseColumns): readonly Column<HistoryEntry>[] {
  const { t } = useTranslation('configuration');
  return [
    {
      id: 'pick',
      header: '',
      width: '28px',
      cell: ({ release }) => (
        <Checkbox
          size="xs"
          aria-label={t('history.pick', { release })}
          checked={picked.includes(release)}
          onChange={(event) => onPick(release, event.currentTarget.checked)}
        />
      ),
    },
    {
      id: 'release',
      header: t('column.release'),
      width: '150px',
      cell: (entry) => <ReleaseMarks entry={entry} live={live} />,
    },
    {
      id: 'comment',
      header: t('column.comment'),
      width: 'minmax(120px, 1.6fr)',
      fromWidth: 560,
      cell: (entry) => <ReleaseComment entry={entry} />,
    },
    {
      id: 'by',
      header: t('column.by'),
      width: 'minmax(70px, 0.6fr)',
      fromWidth: 760,
      cell: ({ by }) => by ?? '–',
    },
    {
      id: 'at',
      header: t('column.at'),
      width: '110px',
      fromWidth: 480,
      cell: ({ at }) => (at === undefined ? '–' : <RelativeTime at={at} />),
    },
    {
      id: 'restore',
      header: '',
      width: '90px',
      align: 'end',
      cell: ({ release, kind, track }) =>
        kind === 'release' && (release !== live || track !== 'base') ? (
          <GuardedButton
            isPermitted={mayRestore}
            variant="default"
            size="compact-xs"
            onClick={() => onRestore(release)}
          >
            {t('history.restore')}
          </GuardedButton>
        ) : null,
    },
  ];
}

/** Its number, and what is special about it. */
function ReleaseMarks({
  entry: { release, track, kind },
  live,
}: {
  readonly entry: HistoryEntry;
  readonly live: number;
}) {
  const { t } = useTranslation('configuration');
  const format = useFormat();
  return (
    <Group gap={6} wrap="nowrap">
      <Text span fz="sm" fw={600}>
        #{format.number(release)}
      </Text>
      {release === live && <StatusDot tone="good">{t('history.live')}</StatusDot>}
      {track !== 'base' && <Badge color="grape">{track}</Badge>}
      {kind === 'deletion' && <StatusDot tone="bad">{t('history.deletion')}</StatusDot>}
    </Group>
  );
}

function ReleaseComment({ entry: { comment, from } }: { readonly entry: HistoryEntry }) {
  const { t } = useTranslation('configuration');
  return (
    <>
      {from !== undefined && (
        <Text span fz="xs" c="dimmed" mr={6}>
          {t('history.from', { release: from })}
        </Text>
      )}
      {comment ?? ''}
    </>
  );
}
