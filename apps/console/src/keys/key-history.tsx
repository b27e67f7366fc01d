/** A key's past: its values newest first, each to be looked at or compared with another. */
import { Anchor, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DiffView } from '../editor/lazy-editor.tsx';
import { useFormat } from '../format/use-format.ts';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { Panel } from '../widgets/panel.tsx';
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
  const [picked, setPicked] = useState<readonly number[]>([]);
  const [isComparing, setComparing] = useState(false);
  // A third pick lets go of the first.
  const pick = (revision: number, isOn: boolean) =>
    setPicked(isOn ? [...picked, revision].slice(-2) : picked.filter((one) => one !== revision));
  const columns = usePastColumns({ shown, picked, onPick: pick, onGo });
  if (history.isPending) return <Loading lines={3} />;
  if (history.isError)
    return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  const { items, isComplete } = history.data;
  const pair = [...picked]
    .sort((one, other) => one - other)
    .map((revision) => items.find(({ modRevision }) => modRevision === revision));
  const [before, after] = pair;
  return (
    <Panel
      isFlush
      title={t('history.title')}
      aside={
        <Group gap="sm">
          <Text fz="xs">{t('history.hint')}</Text>
          <Button
            variant="default"
            size="compact-xs"
            disabled={picked.length !== 2}
            onClick={() => setComparing(!isComparing)}
          >
            {t('history.compare')}
          </Button>
        </Group>
      }
    >
      {isComparing && before !== undefined && after !== undefined && (
        <div style={{ padding: 16 }}>
          <DiffView
            before={{
              text: readable(before),
              label: t('revision.at', { revision: before.modRevision }),
            }}
            after={{
              text: readable(after),
              label: t('revision.at', { revision: after.modRevision }),
            }}
            format="text"
          />
        </div>
      )}
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
    </Panel>
  );
}

interface PastColumns extends Pick<KeyHistoryProps, 'shown' | 'onGo'> {
  readonly picked: readonly number[];
  readonly onPick: (revision: number, isOn: boolean) => void;
}

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
