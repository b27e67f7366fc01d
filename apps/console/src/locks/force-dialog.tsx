/** Takes a lock, or a place in its queue, away from somebody: says who feels it, and has the lock's name typed. */
import { Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdministrator } from '../session/use-may.ts';
import { ConfirmDialog } from '../widgets/confirm-dialog.tsx';
import { takeAway, type Lock, type Place } from './lock-requests.ts';
import { ownerOf } from './wait-graph.ts';

export interface ForceDialogProps {
  readonly lock: Lock;
  readonly place: Place;
  readonly onClose: () => void;
}

export function ForceDialog({ lock, place, onClose }: ForceDialogProps) {
  const { t } = useTranslation(['locks', 'shell']);
  const isAdministrator = useIsAdministrator();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [endsSession, setEndsSession] = useState(false);
  const isHolder = lock.holders.some(({ lease }) => lease === place.lease);
  const next = lock.waiters[0];
  const who = ownerOf(place);
  return (
    <ConfirmDialog
      title={t(isHolder ? 'force.title' : 'force.waiterTitle')}
      verb={t(isHolder ? 'force.verb' : 'force.waiterVerb')}
      typedName={lock.name}
      onClose={onClose}
      onConfirm={async () => {
        await takeAway(lock.name, place.lease, { reason, endsSession });
        await queries.invalidateQueries({ queryKey: ['locks'] });
      }}
    >
      <Stack gap="sm">
        <Text fz="sm">
          {!isHolder
            ? t('force.waiterReach', { who })
            : next === undefined
              ? t('force.reachNobody', { who })
              : t('force.reach', { who, next: ownerOf(next), waiters: lock.waiterCount })}
        </Text>
        {isHolder && (
          <Text fz="sm" c="dimmed">
            {t('force.token', { token: place.token })}
          </Text>
        )}
        <TextInput
          label={t('force.reason')}
          description={t('force.reasonHint')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Checkbox
          label={t('force.session')}
          description={t(isAdministrator ? 'force.sessionHint' : 'shell:refusal.administrator')}
          disabled={!isAdministrator}
          checked={endsSession}
          onChange={(event) => setEndsSession(event.currentTarget.checked)}
        />
      </Stack>
    </ConfirmDialog>
  );
}
