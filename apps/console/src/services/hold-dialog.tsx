/** Asks before consumers are told to let go of what they hold, or to hold on for longer. */
import { Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dataOf, gateway } from '../api/gateway.ts';
import { ConfirmDialog } from '../widgets/confirm-dialog.tsx';

export type HoldAction = 'release' | 'extend';

interface Props {
  readonly service: string;
  readonly action: HoldAction;
  readonly expired: number;
  readonly onClose: () => void;
}

export function HoldDialog({ service, action, expired, onClose }: Props) {
  const { t } = useTranslation('services');
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const decide = async (): Promise<void> => {
    await dataOf(
      gateway.POST('/v1/services/{service}/hold', {
        params: { path: { service } },
        body: { action, reason },
      }),
    );
    await queries.invalidateQueries({ queryKey: ['service', service, 'timeline'] });
  };
  return (
    <ConfirmDialog
      title={t(`hold.dialog.${action}.title`)}
      verb={t(`hold.${action}`)}
      isDestructive={action === 'release'}
      isBlocked={reason.trim() === ''}
      onConfirm={decide}
      onClose={onClose}
    >
      <Text fz="sm">{t(`hold.dialog.${action}.reach`, { count: expired })}</Text>
      <TextInput
        data-autofocus
        required
        label={t('hold.dialog.reason')}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
