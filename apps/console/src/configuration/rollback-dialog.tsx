/** Restores an earlier release: shows exactly what changes live, and makes a new release of it. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DiffView } from '../editor/lazy-editor.tsx';
import { useFormat } from '../format/use-format.ts';
import { Dialog } from '../widgets/dialog.tsx';
import { Loading } from '../widgets/loading.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { historyOf, rollBack, type HistoryEntry, type Item } from './config-requests.ts';
import type { ItemAddress } from './item-address.ts';

export interface RollbackDialogProps {
  readonly address: ItemAddress;
  readonly live: Item;
  readonly to: number;
  readonly onClose: () => void;
}

export function RollbackDialog({ address, live, to, onClose }: RollbackDialogProps) {
  const { t } = useTranslation(['configuration', 'shell']);
  const format = useFormat();
  const queries = useQueryClient();
  const [comment, setComment] = useState('');
  const history = useQuery(historyOf(address));
  const restored = history.data?.items.find(({ release }) => release === to);
  const rolling = useMutation({
    mutationFn: () => rollBack(address, { to, comment: comment.trim(), base: live.release }),
    onSuccess: async () => {
      notifications.show({ message: t('rollback.done', { release: to }) });
      onClose();
      await queries.invalidateQueries({ queryKey: ['configuration'] });
    },
  });
  const isSame = restored !== undefined && isSameContent(live, restored);
  return (
    <Dialog onClose={onClose} size="min(960px, 94vw)" title={t('rollback.title', { release: to })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rolling.mutate();
        }}
      >
        <Stack gap="md">
          <Text fz="sm">
            {t('rollback.reach', { release: to, live: live.release, next: live.latest + 1 })}
          </Text>
          {history.isPending && <Loading lines={3} />}
          {restored !== undefined && <RestoredDifference live={live} restored={restored} />}
          <TextInput
            data-autofocus
            label={t('confirm.comment')}
            description={t('confirm.commentHint')}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          <ProblemNote error={rolling.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('shell:action.cancel')}
            </Button>
            <Button
              type="submit"
              loading={rolling.isPending}
              disabled={restored === undefined || isSame}
            >
              {t('rollback.verb', { release: format.number(to) })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

const isSameContent = (live: Item, restored: HistoryEntry): boolean =>
  restored.content !== undefined && restored.content === live.content;

/** What would be live instead of what is; a secret is not shown even here. */
function RestoredDifference({
  live,
  restored,
}: {
  readonly live: Item;
  readonly restored: HistoryEntry;
}) {
  const { t } = useTranslation('configuration');
  const format = useFormat();
  const isSame = isSameContent(live, restored);
  if (isSame || restored.isMasked || live.isMasked) {
    return (
      <Text fz="sm" c="dimmed">
        {t(isSame ? 'rollback.same' : 'masked')}
      </Text>
    );
  }
  return (
    <DiffView
      before={{
        text: live.content ?? '',
        label: t('rollback.now', { release: format.number(live.release) }),
      }}
      after={{
        text: restored.content ?? '',
        label: t('rollback.then', { release: format.number(live.latest + 1) }),
      }}
      format={restored.format}
      maxHeight={400}
    />
  );
}
