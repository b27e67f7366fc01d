/** Takes an item away: says who has it now, and has its path typed. */
import { Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '../widgets/confirm-dialog.tsx';
import { acknowledgementsOf, deleteItem, type Item } from './config-requests.ts';
import type { ItemAddress } from './item-address.ts';

export interface DeleteItemDialogProps {
  readonly address: ItemAddress;
  readonly live: Item;
  readonly onClose: () => void;
}

export function DeleteItemDialog({ address, live, onClose }: DeleteItemDialogProps) {
  const { t } = useTranslation('configuration');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [comment, setComment] = useState('');
  const told = useQuery(acknowledgementsOf(address));
  const programs = told.data?.items.length ?? 0;
  return (
    <ConfirmDialog
      title={t('delete.title', { path: address.path })}
      verb={t('delete.verb')}
      typedName={address.path}
      onClose={onClose}
      onConfirm={async () => {
        await deleteItem(address, comment.trim(), live.release);
        await navigate(`/configuration?namespace=${encodeURIComponent(address.namespace)}`);
        await queries.invalidateQueries({ queryKey: ['configuration'] });
      }}
    >
      <Stack gap="sm">
        <Text fz="sm">{t('delete.reach', { count: programs })}</Text>
        <TextInput
          label={t('confirm.comment')}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
      </Stack>
    </ConfirmDialog>
  );
}
