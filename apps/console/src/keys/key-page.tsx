/** One key: its value in every format, its past, and its editing. */
import { Badge, Stack } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useMayWrite } from '../session/use-may.ts';
import { ConfirmDialog } from '../widgets/confirm-dialog.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { Loading } from '../widgets/loading.tsx';
import { PageHeader } from '../widgets/page-header.tsx';
import { KeyEditor } from './key-editor.tsx';
import { KeyFacts } from './key-facts.tsx';
import { KeyHistoryPanel } from './key-history.tsx';
import { deleteKey, keyEntry, type Entry } from './key-requests.ts';
import classes from './keys.module.css';
import { RevisionBanner, RevisionField } from '../time-travel/revision-field.tsx';
import { ValuePanel } from './value-panel.tsx';
import { readRevision, withParameters } from '../time-travel/view-address.ts';
import { nameOf, type WireBytes } from './wire-bytes.ts';

export function KeyPage() {
  const { t } = useTranslation('keys');
  const [search, setSearch] = useSearchParams();
  const bytes = search.get('bytes');
  const key: WireBytes = bytes === null ? { text: search.get('name') ?? '' } : { base64: bytes };
  const revision = readRevision(search);
  const entry = useQuery(keyEntry(key, revision));
  const mayWrite = useMayWrite(nameOf(key));
  const [isEditing, setEditing] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  const goTo = (next: number | undefined) =>
    setSearch(withParameters(search, { revision: next?.toString() }));
  const isPast = revision !== undefined;
  const canWrite = entry.data !== undefined && !isPast && entry.data.isProtected !== true;
  return (
    <>
      <PageHeader
        isName
        title={nameOf(key)}
        above={[{ label: t('title'), to: aboveOf(key) }]}
        mark={entry.data?.isProtected === true && <Badge variant="default">{t('protected')}</Badge>}
        actions={
          <>
            <RevisionField revision={revision} onChange={goTo} />
            <GuardedButton
              isPermitted={mayWrite}
              variant="default"
              leftSection={<IconPencil size={14} />}
              disabled={!canWrite || isEditing}
              onClick={() => setEditing(true)}
            >
              {t('edit')}
            </GuardedButton>
            <GuardedButton
              isPermitted={mayWrite}
              variant="default"
              leftSection={<IconTrash size={14} color="var(--bad-mark)" />}
              disabled={!canWrite}
              onClick={() => setDeleting(true)}
            >
              {t('delete.verb')}
            </GuardedButton>
          </>
        }
      />
      <Stack gap="md">
        <RevisionBanner revision={revision} onNow={() => goTo(undefined)} />
        {entry.isPending && <Loading />}
        {entry.isError && <ErrorState error={entry.error} onRetry={() => void entry.refetch()} />}
        {entry.data !== undefined && (
          <div className={classes.sides}>
            <Stack gap="md" miw={0}>
              {isEditing && !isPast ? (
                <KeyEditor wireKey={key} entry={entry.data} onDone={() => setEditing(false)} />
              ) : (
                <ValuePanel entry={entry.data} />
              )}
              <KeyHistoryPanel wireKey={key} shown={entry.data.modRevision} onGo={goTo} />
            </Stack>
            <KeyFacts wireKey={key} entry={entry.data} revision={revision} />
          </div>
        )}
      </Stack>
      {isDeleting && entry.data !== undefined && (
        <DeleteDialog wireKey={key} entry={entry.data} onClose={() => setDeleting(false)} />
      )}
    </>
  );
}

/** The folder of a key. */
function aboveOf(key: WireBytes): string {
  const name = nameOf(key);
  const prefix = name.slice(0, name.lastIndexOf('/') + 1);
  return prefix === '' ? '/keys' : `/keys?${new URLSearchParams({ prefix }).toString()}`;
}

function DeleteDialog(props: {
  readonly wireKey: WireBytes;
  readonly entry: Entry;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('keys');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { wireKey, entry, onClose } = props;
  return (
    <ConfirmDialog
      title={t('delete.title')}
      verb={t('delete.verb')}
      onClose={onClose}
      onConfirm={async () => {
        await deleteKey(wireKey, entry.modRevision);
        await navigate(aboveOf(wireKey));
        // Not the key itself: it is gone.
        await queries.invalidateQueries({ queryKey: ['keys', 'list'] });
        await queries.invalidateQueries({ queryKey: ['keys', 'folders'] });
      }}
    >
      <div>{t('delete.reach', { name: nameOf(wireKey), revision: entry.modRevision })}</div>
    </ConfirmDialog>
  );
}
