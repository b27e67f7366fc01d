/** The items of a namespace as a tree that folds; what a search finds is unfolded. */
import { Badge, Button, Group, Text } from '@mantine/core';
import {
  IconAdjustments,
  IconChevronRight,
  IconFile,
  IconLock,
  IconSearch,
} from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { RelativeTime } from '../format/relative-time.tsx';
import { useFormat } from '../format/use-format.ts';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { Panel } from '../widgets/panel.tsx';
import { Snippet } from '../widgets/snippet.tsx';
import type { ItemSummary } from './config-requests.ts';
import classes from './configuration.module.css';
import { itemPageOf } from './item-address.ts';
import { rowsOf, treeOf, type TreeRow } from './tree.ts';

/** Few enough that nobody has to unfold anything. */
const UNFOLDED_MAX = 40;

export interface ItemTreeProps {
  readonly namespace: string;
  readonly items: readonly ItemSummary[];
  /** A part of the path. */
  readonly words: string;
  readonly onCreate: () => void;
}

export function ItemTree({ namespace, items, words, onCreate }: ItemTreeProps) {
  const { t } = useTranslation('configuration');
  const format = useFormat();
  const navigate = useNavigate();
  const isSmall = items.length <= UNFOLDED_MAX;
  // What was turned from how it began.
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const found = useMemo(
    () => items.filter(({ path }) => path.toLowerCase().includes(words.toLowerCase())),
    [items, words],
  );
  const isOpen = (path: string): boolean => (words !== '' || isSmall) !== turned.has(path);
  const rows = rowsOf(treeOf(found), isOpen);
  const open = ({ node }: TreeRow<ItemSummary>) => {
    if (node.kind === 'item') return void navigate(itemPageOf({ namespace, path: node.path }));
    const next = new Set(turned);
    if (!next.delete(node.path)) next.add(node.path);
    setTurned(next);
  };
  const ofItem = <Shown,>(show: (item: ItemSummary) => Shown) =>
    function cell({ node }: TreeRow<ItemSummary>): Shown | null {
      return node.kind === 'item' ? show(node.item) : null;
    };
  const columns: Column<TreeRow<ItemSummary>>[] = [
    {
      id: 'path',
      header: t('column.path'),
      width: 'minmax(180px, 1.6fr)',
      cell: ({ node, depth }) => (
        <span className={classes.branch} style={{ paddingLeft: depth * 18 }}>
          {node.kind === 'folder' ? (
            <>
              <IconChevronRight size={14} data-open={isOpen(node.path) || undefined} aria-hidden />
              <Text span fz="sm" fw={550}>
                {node.label}/
              </Text>
              <Text span fz="xs" c="dimmed">
                {format.number(node.count)}
              </Text>
            </>
          ) : (
            <>
              <IconFile size={14} color="var(--text-quiet)" aria-hidden />
              <Text span ff="monospace" fz="sm" truncate>
                {node.label}
              </Text>
              {node.item.secret && (
                <IconLock size={13} color="var(--warning-mark)" aria-label={t('secret')} />
              )}
            </>
          )}
        </span>
      ),
    },
    {
      id: 'state',
      header: t('column.state'),
      width: 'minmax(90px, 1fr)',
      cell: ofItem(({ draft, gray, source }) => (
        <Group gap={4} wrap="nowrap">
          {source === 'plain' && <Badge variant="default">{t('plain')}</Badge>}
          {draft !== undefined && (
            <Badge color={draft.isOutdated ? 'yellow' : 'accent'}>
              {t(draft.isOutdated ? 'draftOutdated' : 'draft')}
            </Badge>
          )}
          {gray.map(({ name, percent }) => (
            <Badge key={name} color="grape">
              {percent === undefined ? name : `${name} ${format.number(percent)}%`}
            </Badge>
          ))}
        </Group>
      )),
    },
    {
      id: 'release',
      header: t('column.release'),
      width: '80px',
      align: 'end',
      cell: ofItem(({ release }) => (release === 0 ? '–' : `#${format.number(release)}`)),
    },
    {
      id: 'format',
      header: t('column.format'),
      width: '70px',
      fromWidth: 640,
      cell: ofItem((one) => one.format.toUpperCase()),
    },
    {
      id: 'by',
      header: t('column.by'),
      width: 'minmax(80px, 0.6fr)',
      fromWidth: 860,
      cell: ofItem(({ by }) => by ?? '–'),
    },
    {
      id: 'at',
      header: t('column.at'),
      width: '110px',
      fromWidth: 560,
      cell: ofItem(({ at }) => (at === undefined ? '–' : <RelativeTime at={at} />)),
    },
  ];
  return (
    <Panel isFlush>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={({ node }) => `${node.kind} ${node.path}`}
        onOpen={open}
        empty={
          words === '' ? (
            <EmptyState
              icon={IconAdjustments}
              title={t('empty.title')}
              actions={
                <>
                  <Button onClick={onCreate}>{t('new.open')}</Button>
                  <Snippet
                    forms={[
                      {
                        name: 'SDK',
                        code: `const settings = await concord.config.watch(defineConfig({ id: 'orders/db', schema }));\nsettings.onChange(({ value }) => pool.resize(value.max));`,
                      },
                    ]}
                  />
                </>
              }
            >
              {t('empty.text')}
            </EmptyState>
          ) : (
            <EmptyState icon={IconSearch} title={t('empty.searchTitle')}>
              {t('empty.search')}
            </EmptyState>
          )
        }
      />
    </Panel>
  );
}
