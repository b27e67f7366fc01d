/** What is being worked on, apart from what is live: begun here, or edited. */
import { IconPencil } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMayWrite } from '../session/use-may.ts';
import { EmptyState } from '../widgets/empty-state.tsx';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { Notice } from '../widgets/notice.tsx';
import { Panel } from '../widgets/panel.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { StatusDot } from '../widgets/status-dot.tsx';
import { refreshItem, saveDraft, type Draft, type Item } from './config-requests.ts';
import { DraftEditor } from './draft-editor.tsx';
import { itemKey, type ItemAddress } from './item-address.ts';

export interface DraftPaneProps {
  readonly address: ItemAddress;
  readonly live: Item | undefined;
  readonly draft: Draft | undefined;
  /** Somebody wants to release what they have written. */
  readonly onRelease: (draft: Draft) => void;
}

export function DraftPane({ address, live, draft, onRelease }: DraftPaneProps) {
  if (draft === undefined) return <NoDraft address={address} live={live} />;
  if (draft.isMasked) return <MaskedDraft />;
  return (
    <DraftEditor
      // Another draft is another editor: what was typed belongs to the one before.
      key={`${address.namespace}/${address.path}`}
      address={address}
      live={live}
      draft={draft}
      onRelease={onRelease}
    />
  );
}

function NoDraft({ address, live }: Pick<DraftPaneProps, 'address' | 'live'>) {
  const { t } = useTranslation('configuration');
  const queries = useQueryClient();
  const mayWrite = useMayWrite(itemKey(address));
  const begin = useMutation({
    mutationFn: () =>
      saveDraft(address, {
        content: live?.content ?? '',
        format: live?.format ?? 'text',
        base: live?.release ?? 0,
        ...(live?.secret === true && { secret: true }),
      }),
    onSuccess: () => refreshItem(queries, live !== undefined),
  });
  return (
    <Panel title={<StatusDot tone="quiet">{t('draft')}</StatusDot>}>
      <EmptyState
        icon={IconPencil}
        title={t('draftPane.noneTitle')}
        actions={
          <>
            <GuardedButton
              isPermitted={mayWrite}
              loading={begin.isPending}
              disabled={live?.isMasked === true}
              onClick={() => begin.mutate()}
            >
              {t('draftPane.begin')}
            </GuardedButton>
            <ProblemNote error={begin.error} />
          </>
        }
      >
        {t(live?.isMasked === true ? 'draftPane.revealFirst' : 'draftPane.none')}
      </EmptyState>
    </Panel>
  );
}

function MaskedDraft() {
  const { t } = useTranslation('configuration');
  return (
    <Panel title={<StatusDot tone="accent">{t('draft')}</StatusDot>}>
      <Notice tone="quiet">{t('masked')}</Notice>
    </Panel>
  );
}
