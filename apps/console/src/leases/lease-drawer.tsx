/** One lease: the keys that go with it, and ending it before its time. */
import { Anchor, Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../format/use-format.ts';
import { keyPageOf } from '../keys/key-requests.ts';
import { RemainingTime } from '../locks/remaining-time.tsx';
import { ConfirmDialog } from '../widgets/confirm-dialog.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { leaseNamed, revoke } from './lease-requests.ts';

export function LeaseDrawer({
  id,
  onClose,
}: {
  readonly id: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(['leases', 'shell']);
  const format = useFormat();
  const queries = useQueryClient();
  const lease = useQuery(leaseNamed(id));
  const [isRevoking, setRevoking] = useState(false);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="md"
      title={t('lease', { id })}
      closeButtonProps={{ 'aria-label': t('shell:action.close') }}
    >
      {lease.isPending && <Loading />}
      {lease.isError && <ErrorState error={lease.error} onRetry={() => void lease.refetch()} />}
      {lease.data !== undefined && (
        <Stack gap="md">
          <Group justify="space-between">
            <Text fz="sm" c="dimmed">
              {t('column.ttl')}
            </Text>
            <Text fz="sm">{format.duration(lease.data.ttlMs)}</Text>
          </Group>
          <Group justify="space-between">
            <Text fz="sm" c="dimmed">
              {t('column.remaining')}
            </Text>
            <RemainingTime remainingMs={lease.data.remainingMs} ttlMs={lease.data.ttlMs} />
          </Group>
          <Stack gap={4}>
            <Text fz="sm" c="dimmed">
              {t('goesWith', { count: lease.data.keyCount })}
            </Text>
            {lease.data.keys.map((key) => (
              <Anchor
                key={key}
                component={Link}
                to={keyPageOf({ text: key })}
                ff="monospace"
                fz="sm"
                style={{ overflowWrap: 'anywhere' }}
              >
                {key}
              </Anchor>
            ))}
            {lease.data.keyCount > lease.data.keys.length && (
              <Text fz="xs" c="dimmed">
                {t('moreKeys', { count: lease.data.keyCount - lease.data.keys.length })}
              </Text>
            )}
          </Stack>
          <Button
            variant="default"
            leftSection={<IconTrash size={14} color="var(--bad-mark)" />}
            onClick={() => setRevoking(true)}
          >
            {t('revoke.verb')}
          </Button>
        </Stack>
      )}
      {isRevoking && lease.data !== undefined && (
        <ConfirmDialog
          title={t('revoke.title')}
          verb={t('revoke.verb')}
          {...(lease.data.keyCount > 0 && { typedName: id })}
          onClose={() => setRevoking(false)}
          onConfirm={async () => {
            await revoke(id);
            onClose();
            await queries.invalidateQueries({ queryKey: ['leases'] });
          }}
        >
          <Text fz="sm">{t('revoke.reach', { count: lease.data.keyCount })}</Text>
        </ConfirmDialog>
      )}
    </Drawer>
  );
}
