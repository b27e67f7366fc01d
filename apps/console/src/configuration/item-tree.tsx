/** The items of a namespace as a tree that folds; what a search finds is unfolded. */
import { IconAdjustments, IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { DataTable } from '../widgets/data-table.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { Panel } from '../widgets/panel.tsx';
import { Snippet } from '../widgets/snippet.tsx';
import type { ItemSummary } from './config-requests.ts';
import { itemPageOf } from './item-address.ts';
import { useItemColumns } from './item-columns.tsx';
import { rowsOf, treeOf, type TreeRow } from './tree.ts';

/** Few enough that nobody has to unfold anything. */
const UNFOLDED_MAX = 40;

export interface ItemTreeProps {
  readonly namespace: string;
  readonly items: readonly ItemSummary[];
  /** A part of the path. */
  readonly words: string;
  readonly mayCreate: boolean;
  readonly onCreate: () => void;
}

export function ItemTree({ namespace, items, words, mayCreate, onCreate }: ItemTreeProps) {
  const { t } = useTranslation('configuration');
  const navigate = useNavigate();
  const isSmall = items.length <= UNFOLDED_MAX;
  // What was turned from how it began.
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const found = useMemo(
    () => items.filter(({ path }) => path.toLowerCase().includes(words.toLowerCase())),
    [items, words],
  );
  const isOpen = (path: string): boolean => (words !== '' || isSmall) !== turned.has(path);
  const columns = useItemColumns(isOpen);
  const open = ({ node }: TreeRow<ItemSummary>) => {
    if (node.kind === 'item') return void navigate(itemPageOf({ namespace, path: node.path }));
    const next = new Set(turned);
    if (!next.delete(node.path)) next.add(node.path);
    setTurned(next);
  };
  return (
    <Panel isFlush>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rowsOf(treeOf(found), isOpen)}
        rowId={({ node }) => `${node.kind} ${node.path}`}
        onOpen={open}
        empty={
          words === '' ? (
            <NoItems mayCreate={mayCreate} onCreate={onCreate} />
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

/** What programs do with an item that is here. */
const WATCHED = `const settings = await concord.config.watch(defineConfig({ id: 'orders/db', schema }));
settings.onChange(({ value }) => pool.resize(value.max));`;

function NoItems({ mayCreate, onCreate }: Pick<ItemTreeProps, 'mayCreate' | 'onCreate'>) {
  const { t } = useTranslation('configuration');
  return (
    <EmptyState
      icon={IconAdjustments}
      title={t('empty.title')}
      actions={
        <>
          <GuardedButton isPermitted={mayCreate} onClick={onCreate}>
            {t('new.open')}
          </GuardedButton>
          <Snippet forms={[{ name: 'SDK', code: WATCHED }]} />
        </>
      }
    >
      {t('empty.text')}
    </EmptyState>
  );
}
