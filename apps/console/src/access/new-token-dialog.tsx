/** Makes an API token, then shows its text: once, since only a hash of it is kept. */
import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../widgets/copy-button.tsx';
import { Dialog } from '../widgets/dialog.tsx';
import { Notice } from '../widgets/notice.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { createToken } from './access-requests.ts';
import { newTokenDraft, scopeOf, TokenFields } from './token-fields.tsx';

export function NewTokenDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['access', 'shell']);
  const queries = useQueryClient();
  const [draft, setDraft] = useState(newTokenDraft);
  const creation = useMutation({
    mutationFn: () => createToken(draft.label.trim(), scopeOf(draft), Number(draft.days)),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['access', 'tokens'] }),
  });
  const created = creation.data;
  return (
    <Dialog
      onClose={onClose}
      // Whoever clicks beside it would lose the text.
      closeOnClickOutside={created === undefined}
      title={t(created === undefined ? 'tokens.new' : 'tokens.created')}
    >
      {created === undefined ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            creation.mutate();
          }}
        >
          <Stack gap="md">
            <TokenFields draft={draft} onChange={setDraft} />
            <ProblemNote error={creation.error} />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {t('shell:action.cancel')}
              </Button>
              <Button
                type="submit"
                disabled={draft.label.trim() === '' || draft.verbs.length === 0}
                loading={creation.isPending}
              >
                {t('tokens.create')}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <CreatedToken text={created.token} onClose={onClose} />
      )}
    </Dialog>
  );
}

function CreatedToken({ text, onClose }: { readonly text: string; readonly onClose: () => void }) {
  const { t } = useTranslation('access');
  return (
    <Stack gap="md">
      <Notice tone="warning">{t('tokens.once')}</Notice>
      <Group gap="xs" wrap="nowrap">
        <Code block style={{ flex: 1, overflowWrap: 'anywhere', whiteSpace: 'normal' }} data-token>
          {text}
        </Code>
        <CopyButton text={text} />
      </Group>
      <Text fz="xs" c="dimmed">
        {t('tokens.use')}
      </Text>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('tokens.kept')}</Button>
      </Group>
    </Stack>
  );
}
