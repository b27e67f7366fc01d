/** What the tree of items tells of each: folders say how much is in them, items how they stand. */
import { Badge, Group, Text } from '@mantine/core';
import { IconChevronRight, IconFile, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../format/relative-time.tsx';
import { useFormat } from '../format/use-format.ts';
import type { Column } from '../widgets/data-table.tsx';
import type { ItemSummary } from './config-requests.ts';
import classes from './configuration.module.css';
import type { TreeRow } from './tree.ts';

type Row = TreeRow<ItemSummary>;

/** @param isOpen - whether the folder at that path is unfolded */
export function useItemColumns(isOpen: (path: string) => boolean): readonly Column<Row>[] {
  const { t } = useTranslation('configuration');
  const format = useFormat();
  return [
    {
      id: 'path',
      header: t('column.path'),
      width: 'minmax(180px, 1.6fr)',
      cell: (row) => <Branch row={row} isOpen={isOpen(row.node.path)} />,
    },
    {
      id: 'state',
      header: t('column.state'),
      width: 'minmax(90px, 1fr)',
      cell: ofItem((item) => <ItemMarks item={item} />),
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
}

const ofItem = <Shown,>(show: (item: ItemSummary) => Shown) =>
  function cell({ node }: Row): Shown | null {
    return node.kind === 'item' ? show(node.item) : null;
  };

function Branch({ row: { node, depth }, isOpen }: { readonly row: Row; readonly isOpen: boolean }) {
  const { t } = useTranslation('configuration');
  const format = useFormat();
  return (
    <span className={classes.branch} style={{ paddingLeft: depth * 18 }}>
      {node.kind === 'folder' ? (
        <>
          <IconChevronRight size={14} data-open={isOpen || undefined} aria-hidden />
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
  );
}

/** What is under way: a draft, tracks beside the base; and what came here without a release. */
function ItemMarks({ item: { draft, gray, source } }: { readonly item: ItemSummary }) {
  const { t } = useTranslation('configuration');
  const format = useFormat();
  return (
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
  );
}
