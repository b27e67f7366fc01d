/** Configuration at a glance: a namespace's items as a tree, found by path or by content. */
import { Badge, Button, Group, SegmentedControl, Select, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { withParameters } from '../time-travel/view-address.ts';
import { LiveMark } from '../live/live-mark.tsx';
import { useLiveRefresh } from '../live/use-live.ts';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { PageHeader } from '../widgets/page-header.tsx';
import { SearchField } from '../widgets/search-field.tsx';
import { itemList, namespaceList } from './config-requests.ts';
import { ContentHits } from './content-hits.tsx';
import { ItemTree } from './item-tree.tsx';
import { NewItemDialog } from './new-item-dialog.tsx';
import { TransferMenu } from './transfer-menu.tsx';

export function ExplorerPage() {
  const { t } = useTranslation('configuration');
  const [search, setSearch] = useSearchParams();
  const [isCreating, setCreating] = useState(false);
  const namespaces = useQuery(namespaceList());
  const names = [
    ...new Set(['default', ...(namespaces.data?.items.map(({ name }) => name) ?? [])]),
  ];
  const [fullest] = [...(namespaces.data?.items ?? [])].sort(
    (one, other) => other.items - one.items,
  );
  const namespace = search.get('namespace') ?? fullest?.name ?? 'default';
  const words = search.get('search') ?? '';
  const isByContent = search.get('by') === 'content';
  const items = useQuery({ ...itemList(namespace), enabled: !namespaces.isPending });
  const live = useLiveRefresh(`v1/configs/${encodeURIComponent(namespace)}/watch`, [
    'configuration',
  ]);
  const go = (changes: Readonly<Record<string, string | undefined>>) =>
    setSearch(withParameters(search, changes));
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        mark={<LiveMark state={live} />}
        actions={
          <>
            <TransferMenu namespace={namespace} />
            <Button leftSection={<IconPlus size={14} />} onClick={() => setCreating(true)}>
              {t('new.open')}
            </Button>
          </>
        }
      />
      <Stack gap="sm">
        <Group gap="sm">
          <Select
            aria-label={t('namespace')}
            value={namespace}
            onChange={(next) => go({ namespace: next ?? undefined })}
            data={names}
            allowDeselect={false}
            searchable
            w={180}
          />
          <SearchField
            label={t(isByContent ? 'searchContent' : 'searchPath')}
            value={words}
            onChange={(next) => go({ search: next })}
          />
          <SegmentedControl
            aria-label={t('searchBy')}
            value={isByContent ? 'content' : 'path'}
            onChange={(next) => go({ by: next === 'content' ? 'content' : undefined })}
            data={[
              { value: 'path', label: t('byPath') },
              { value: 'content', label: t('byContent') },
            ]}
          />
          {items.data !== undefined && (
            <Badge variant="default">{t('items', { count: items.data.length })}</Badge>
          )}
        </Group>
        {(namespaces.isPending || items.isPending) && <Loading />}
        {items.isError && <ErrorState error={items.error} onRetry={() => void items.refetch()} />}
        {items.data !== undefined &&
          (isByContent && words !== '' ? (
            <ContentHits namespace={namespace} words={words} />
          ) : (
            <ItemTree
              namespace={namespace}
              items={items.data}
              words={isByContent ? '' : words}
              onCreate={() => setCreating(true)}
            />
          ))}
      </Stack>
      {isCreating && <NewItemDialog namespace={namespace} onClose={() => setCreating(false)} />}
    </>
  );
}
