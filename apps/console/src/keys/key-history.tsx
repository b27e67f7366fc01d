/** A key's past: its values newest first, each to be looked at or compared with another. */
import { Anchor, Checkbox, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DiffView } from '../editor/lazy-editor.tsx';
import { useFormat } from '../format/use-format.ts';
import { ComparisonPanel, pairOf, usePicks, type Picks } from '../widgets/comparison.tsx';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { keyHistory, type Entry } from './key-requests.ts';
import { bestFormat, show } from './value-formats.ts';
import { bytesOf, textOf, toHex, type WireBytes } from './wire-bytes.ts';
import { Notice } from '../widgets/notice.tsx';

export interface KeyHistoryProps {
  readonly wireKey: WireBytes;
  /** The revision whose value is on the page. */
  readonly shown: number;
  readonly onGo: (revision: number) => void;
}

export function KeyHistoryPanel({ wireKey, shown, onGo }: KeyHistoryProps) {
  const { t } = useTranslation('keys');
  const history = useQuery(keyHistory(wireKey));
  const picks = usePicks();
  const columns = usePastColumns({ shown, ...picks, onGo });
  if (history.isPending) return <Loading lines={3} />;
  if (history.isError)
    return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  const { items, isComplete } = history.data;
  const pair = pairOf(items, picks, ({ modRevision }) => modRevision);
  return (
    <ComparisonPanel
      title={t('history.title')}
      hint={t('history.hint')}
      action={t('history.compare')}
      comparison={pair && <ValueComparison pair={pair} />}
    >
      <DataTable
        label={t('history.title')}
        columns={columns}
        rows={items}
        rowId={({ modRevision }) => String(modRevision)}
        onOpen={({ modRevision }) => onGo(modRevision)}
        maxHeight="360px"
      />
      {!isComplete && (
        <Stack p="sm">
          <Notice tone="quiet" py="xs">
            {t('history.incomplete')}
          </Notice>
        </Stack>
      )}
    </ComparisonPanel>
  );
}

function ValueComparison({ pair }: { readonly pair: readonly [Entry, Entry] }) {
  const { t } = useTranslation('keys');
  const [before, after] = pair;
  const side = (entry: Entry) => ({
    text: readable(entry),
    label: t('revision.at', { revision: entry.modRevision }),
  });
  return <DiffView before={side(before)} after={side(after)} format="text" />;
}

interface PastColumns extends Pick<KeyHistoryProps, 'shown' | 'onGo'>, Picks {}

function usePastColumns({ shown, picked, onPick, onGo }: PastColumns): readonly Column<Entry>[] {
  const { t } = useTranslation('keys');
  const format = useFormat();
  return [
    {
      id: 'pick',
      header: '',
      width: '28px',
      cell: ({ modRevision }) => (
        <Checkbox
          size="xs"
          aria-label={t('history.pick', { revision: modRevision })}
          checked={picked.includes(modRevision)}
          onChange={(event) => onPick(modRevision, event.currentTarget.checked)}
        />
      ),
    },
    {
      id: 'revision',
      header: t('column.revision'),
      width: '110px',
      cell: ({ modRevision }) => (
        <Anchor
          component="button"
          type="button"
          fz="sm"
          onClick={() => onGo(modRevision)}
          {...(modRevision === shown && { fw: 650 })}
        >
          {format.number(modRevision)}
        </Anchor>
      ),
    },
    {
      id: 'version',
      header: t('column.version'),
      width: '80px',
      cell: ({ version }) => format.number(version),
    },
    {
      id: 'value',
      header: t('column.value'),
      width: 'minmax(100px, 1fr)',
      cell: ({ value }) => {
        if (value === undefined) return '–';
        const bytes = bytesOf(value);
        return (
          <Text span fz="xs" c="dimmed" ff="monospace">
            {(textOf(bytes) ?? toHex(bytes)).slice(0, 200).replace(/\s+/g, ' ')}
          </Text>
        );
      },
    },
  ];
}

/** What of a value can be compared line by line. */
function readable({ value }: Entry): string {
  const bytes = bytesOf(value ?? { text: '' });
  const shown = show(bytes, bestFormat(bytes));
  return shown.fits ? shown.text : '';
}
