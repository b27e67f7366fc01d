/** One level of the key space: folders with how much is in them, and keys. */
import { Group, Text } from '@mantine/core';
import { IconFolder, IconKey } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { usePagedRows } from '../api/paged-list.ts';
import { useFormat } from '../format/use-format.ts';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { folderPages, keyPageOf, type Folder, type KeyPlace } from './key-requests.ts';
import { NoKeys } from './no-keys.tsx';

export interface FolderTableProps {
  readonly place: KeyPlace;
  readonly onGo: (prefix: string) => void;
  readonly onCreate: () => void;
}

export function FolderTable({ place, onGo, onCreate }: FolderTableProps) {
  const { t } = useTranslation('keys');
  const format = useFormat();
  const navigate = useNavigate();
  const level = useInfiniteQuery(folderPages(place));
  const { rows, onEndReached } = usePagedRows(level);
  const columns: Column<Folder>[] = [
    {
      id: 'name',
      header: t('column.name'),
      width: 'minmax(200px, 1fr)',
      cell: ({ name, isFolder }) => (
        <Group gap="xs" wrap="nowrap" miw={0}>
          {isFolder ? (
            <IconFolder size={16} stroke={1.7} color="var(--accent)" aria-label={t('folder')} />
          ) : (
            <IconKey size={16} stroke={1.7} color="var(--text-quiet)" aria-label={t('key')} />
          )}
          <Text span ff="monospace" fz="sm" truncate>
            {name === '' ? t('unnamedKey') : name}
          </Text>
        </Group>
      ),
    },
    {
      id: 'count',
      header: t('column.count'),
      width: '120px',
      align: 'end',
      cell: ({ isFolder, count }) => (isFolder ? format.number(count) : ''),
    },
  ];
  if (level.isPending) return <Loading />;
  if (level.isError) return <ErrorState error={level.error} onRetry={() => void level.refetch()} />;
  return (
    <DataTable
      label={t('view.folders')}
      columns={columns}
      rows={rows}
      rowId={({ prefix, isFolder }) => `${isFolder ? 'folder' : 'key'} ${prefix}`}
      onOpen={({ prefix, isFolder }) =>
        isFolder ? onGo(prefix) : void navigate(keyPageOf({ text: prefix }, place.revision))
      }
      onEndReached={onEndReached}
      empty={<NoKeys prefix={place.prefix} isSearch={false} onCreate={onCreate} />}
    />
  );
}
