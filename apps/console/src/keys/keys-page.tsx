/** The key browser: a prefix's folders, or all of its keys; now, or as the store was at an earlier revision. */
import { Group, SegmentedControl, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useMayWrite } from '../session/use-may.ts';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { PageHeader } from '../widgets/page-header.tsx';
import { Panel } from '../widgets/panel.tsx';
import { SearchField } from '../widgets/search-field.tsx';
import { FolderTable } from './folder-table.tsx';
import { KeyTable } from './key-table.tsx';
import { NewKeyDialog } from './new-key-dialog.tsx';
import { PrefixTrail } from './prefix-trail.tsx';
import { RevisionBanner, RevisionField } from '../time-travel/revision-field.tsx';
import { readRevision, withParameters } from '../time-travel/view-address.ts';

export function KeysPage() {
  const { t } = useTranslation('keys');
  const [search, setSearch] = useSearchParams();
  const [isCreating, setCreating] = useState(false);
  const prefix = search.get('prefix') ?? '';
  const words = search.get('search') ?? '';
  const revision = readRevision(search);
  const mayCreate = useMayWrite(prefix, 'within');
  const view: View = search.get('view') === 'all' || words !== '' ? 'all' : 'folders';
  const go = (changes: Readonly<Record<string, string | undefined>>) =>
    setSearch(withParameters(search, changes));
  const place = { prefix, revision };
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <>
            <RevisionField
              revision={revision}
              onChange={(next) => go({ revision: next?.toString() })}
            />
            <GuardedButton
              isPermitted={mayCreate}
              leftSection={<IconPlus size={14} />}
              onClick={() => setCreating(true)}
            >
              {t('newKey')}
            </GuardedButton>
          </>
        }
      />
      <Stack gap="sm">
        <RevisionBanner revision={revision} onNow={() => go({ revision: undefined })} />
        <KeyFields words={words} view={view} onGo={go} />
        <Panel
          isFlush
          title={
            <PrefixTrail prefix={prefix} onGo={(next) => go({ prefix: next, search: undefined })} />
          }
        >
          {view === 'folders' ? (
            <FolderTable
              place={place}
              onGo={(next) => go({ prefix: next })}
              onCreate={() => setCreating(true)}
            />
          ) : (
            <KeyTable place={place} search={words} onCreate={() => setCreating(true)} />
          )}
        </Panel>
      </Stack>
      {isCreating && <NewKeyDialog prefix={prefix} onClose={() => setCreating(false)} />}
    </>
  );
}

type View = 'folders' | 'all';

interface KeyFieldsProps {
  readonly words: string;
  readonly view: View;
  /** To the same place with these parameters of the address. */
  readonly onGo: (changes: Readonly<Record<string, string | undefined>>) => void;
}

function KeyFields({ words, view, onGo }: KeyFieldsProps) {
  const { t } = useTranslation('keys');
  return (
    <Group gap="sm">
      <SearchField label={t('search')} value={words} onChange={(next) => onGo({ search: next })} />
      <SegmentedControl
        aria-label={t('view.label')}
        value={view}
        onChange={(next) => onGo({ view: next === 'all' ? 'all' : undefined, search: undefined })}
        data={[
          { value: 'folders', label: t('view.folders') },
          { value: 'all', label: t('view.all') },
        ]}
      />
    </Group>
  );
}
