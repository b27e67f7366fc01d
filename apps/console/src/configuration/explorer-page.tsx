/** Configuration at a glance: a namespace's items as a tree, found by path or by content. */
import { Badge, Group, SegmentedControl, Select, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { withParameters } from '../time-travel/view-address.ts';
import { LiveMark } from '../live/live-mark.tsx';
import { useLiveRefresh } from '../live/use-live.ts';
import { useMayWrite } from '../session/use-may.ts';
import { ErrorState } from '../widgets/error-state.tsx';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { Loading } from '../widgets/loading.tsx';
import { PageHeader } from '../widgets/page-header.tsx';
import { SearchField } from '../widgets/search-field.tsx';
import { itemList, namespaceList } from './config-requests.ts';
import { ContentHits } from './content-hits.tsx';
import { ITEM_KEYS } from './item-address.ts';
import { ItemTree } from './item-tree.tsx';
import { NewItemDialog } from './new-item-dialog.tsx';
import { TransferMenu } from './transfer-menu.tsx';

export function ExplorerPage() {
  const { t } = useTranslation('configuration');
  const [search] = useSearchParams();
  const [isCreating, setCreating] = useState(false);
  const { namespace, names, isPending } = useNamespaces(search.get('namespace'));
  const words = search.get('search') ?? '';
  const isByContent = search.get('by') === 'content';
  const items = useQuery({ ...itemList(namespace), enabled: !isPending });
  const live = useLiveRefresh(`v1/configs/${encodeURIComponent(namespace)}/watch`, [
    'configuration',
  ]);
  const mayCreate = useMayWrite(ITEM_KEYS, 'within');
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        mark={<LiveMark state={live} />}
        actions={
          <>
            <TransferMenu namespace={namespace} />
            <GuardedButton
              isPermitted={mayCreate}
              leftSection={<IconPlus size={14} />}
              onClick={() => setCreating(true)}
            >
              {t('new.open')}
            </GuardedButton>
          </>
        }
      />
      <Stack gap="sm">
        <ExplorerFields namespace={namespace} names={names} count={items.data?.length} />
        {(isPending || items.isPending) && <Loading />}
        {items.isError && <ErrorState error={items.error} onRetry={() => void items.refetch()} />}
        {items.data !== undefined &&
          (isByContent && words !== '' ? (
            <ContentHits namespace={namespace} words={words} />
          ) : (
            <ItemTree
              namespace={namespace}
              items={items.data}
              words={isByContent ? '' : words}
              mayCreate={mayCreate}
              onCreate={() => setCreating(true)}
            />
          ))}
      </Stack>
      {isCreating && <NewItemDialog namespace={namespace} onClose={() => setCreating(false)} />}
    </>
  );
}

/** The namespaces there are, and the one that is shown: the one that was chosen, or else the fullest. */
function useNamespaces(chosen: string | null) {
  const { data, isPending } = useQuery(namespaceList());
  const [fullest] = [...(data?.items ?? [])].sort((one, other) => other.items - one.items);
  return {
    namespace: chosen ?? fullest?.name ?? 'default',
    names: [...new Set(['default', ...(data?.items.map(({ name }) => name) ?? [])])],
    isPending,
  };
}

interface ExplorerFieldsProps {
  readonly namespace: string;
  readonly names: readonly string[];
  /** How many items there are, once it is known. */
  readonly count: number | undefined;
}

/** Which namespace, and what of it: all of it is a part of the address. */
function ExplorerFields({ namespace, names, count }: ExplorerFieldsProps) {
  const { t } = useTranslation('configuration');
  const [search, setSearch] = useSearchParams();
  const isByContent = search.get('by') === 'content';
  const go = (changes: Readonly<Record<string, string | undefined>>) =>
    setSearch(withParameters(search, changes));
  return (
    <Group gap="sm">
      <Select
        aria-label={t('namespace')}
        value={namespace}
        onChange={(next) => go({ namespace: next ?? undefined })}
        data={[...names]}
        allowDeselect={false}
        searchable
        w={180}
      />
      <SearchField
        label={t(isByContent ? 'searchContent' : 'searchPath')}
        value={search.get('search') ?? ''}
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
      {count !== undefined && <Badge variant="default">{t('items', { count })}</Badge>}
    </Group>
  );
}
