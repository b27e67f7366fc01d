/** Restores an earlier release: shows exactly what changes live, and makes a new release of it. */
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DiffView } from '../editor/lazy-editor.tsx';
import { useFormat } from '../format/use-format.ts';
import { Loading } from '../widgets/loading.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { historyOf, rollBack, type Item } from './config-requests.ts';
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
  const isSame = restored?.content !== undefined && restored.content === live.content;
  return (
    <Modal
      opened
      onClose={onClose}
      size="min(960px, 94vw)"
      title={t('rollback.title', { release: to })}
      closeButtonProps={{ 'aria-label': t('shell:action.close') }}
    >
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
          {restored !== undefined &&
            (isSame ? (
              <Text fz="sm" c="dimmed">
                {t('rollback.same')}
              </Text>
            ) : restored.isMasked || live.isMasked ? (
              <Text fz="sm" c="dimmed">
                {t('masked')}
              </Text>
            ) : (
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
            ))}
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
    </Modal>
  );
}
