/** What stands in the way of a draft: a release that it does not know of, and faults of its content. */
import { Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMayWrite } from '../session/use-may.ts';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { Notice } from '../widgets/notice.tsx';
import { refreshItem, saveDraft, type Draft, type Validation } from './config-requests.ts';
import { IssueLines } from './issue-lines.tsx';
import { itemKey, type ItemAddress } from './item-address.ts';

/** Something else was released since the draft was begun. */
export function OutdatedNote(props: {
  readonly address: ItemAddress;
  readonly draft: Draft;
  readonly content: string;
}) {
  const { address, draft, content } = props;
  const { t } = useTranslation('configuration');
  const queries = useQueryClient();
  const mayWrite = useMayWrite(itemKey(address));
  const rebase = useMutation({
    mutationFn: () => saveDraft(address, { content, format: draft.format, base: draft.live }),
    onSuccess: () => refreshItem(queries, true),
  });
  return (
    <Notice tone="warning">
      <Stack gap="xs" align="flex-start">
        {t('draftPane.outdated', { base: draft.base, release: draft.live })}
        <GuardedButton
          isPermitted={mayWrite}
          variant="default"
          size="compact-xs"
          onClick={() => rebase.mutate()}
          loading={rebase.isPending}
        >
          {t('draftPane.rebase', { release: draft.live })}
        </GuardedButton>
      </Stack>
    </Notice>
  );
}

/** What keeps the content from being read, or else from being applied by versions that run. */
export function DraftFaults({ validation }: { readonly validation: Validation | undefined }) {
  const { t } = useTranslation('configuration');
  const issues = validation?.issues ?? [];
  const failing = validation?.versions.filter(({ state }) => state === 'invalid') ?? [];
  if (issues.length > 0) {
    return (
      <Notice tone="bad" py="xs" role="status">
        <IssueLines issues={issues.slice(0, 5)} />
      </Notice>
    );
  }
  if (failing.length === 0) return null;
  return (
    <Notice tone="warning" py="xs" role="status">
      {failing.map(({ app, version, instances, issues: [first] }) => (
        <Text key={`${app} ${version}`} fz="sm">
          {t('draftPane.failsFor', { app, version, count: instances })}
          {first !== undefined && `: ${first.path ?? ''} ${first.message}`}
        </Text>
      ))}
    </Notice>
  );
}
