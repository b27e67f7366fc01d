/** One lease: the keys that go with it, and ending it before its time. */
import { Anchor, Group, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../format/use-format.ts';
import { keyPageOf } from '../keys/key-requests.ts';
import { RemainingTime } from '../locks/remaining-time.tsx';
import { useIsAdministrator } from '../session/use-may.ts';
import { ConfirmDialog } from '../widgets/confirm-dialog.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { Loading } from '../widgets/loading.tsx';
import { SideSheet } from '../widgets/side-sheet.tsx';
import { leaseNamed, revoke, type Lease } from './lease-requests.ts';

export interface LeaseDrawerProps {
  readonly id: string;
  readonly onClose: () => void;
}

export function LeaseDrawer({ id, onClose }: LeaseDrawerProps) {
  const { t } = useTranslation(['leases', 'shell']);
  const lease = useQuery(leaseNamed(id));
  const isAdministrator = useIsAdministrator();
  const [isRevoking, setRevoking] = useState(false);
  return (
    <SideSheet onClose={onClose} size="md" title={t('lease', { id })}>
      {lease.isPending && <Loading />}
      {lease.isError && <ErrorState error={lease.error} onRetry={() => void lease.refetch()} />}
      {lease.data !== undefined && (
        <Stack gap="md">
          <LeaseTimes lease={lease.data} />
          <LeaseKeys lease={lease.data} />
          <GuardedButton
            isPermitted={isAdministrator}
            takes="administrator"
            variant="default"
            leftSection={<IconTrash size={14} color="var(--bad-mark)" />}
            onClick={() => setRevoking(true)}
          >
            {t('revoke.verb')}
          </GuardedButton>
        </Stack>
      )}
      {isRevoking && lease.data !== undefined && (
        <RevokeDialog lease={lease.data} onRevoked={onClose} onClose={() => setRevoking(false)} />
      )}
    </SideSheet>
  );
}

function LeaseTimes({ lease }: { readonly lease: Lease }) {
  const { t } = useTranslation('leases');
  const format = useFormat();
  return (
    <>
      <Group justify="space-between">
        <Text fz="sm" c="dimmed">
          {t('column.ttl')}
        </Text>
        <Text fz="sm">{format.duration(lease.ttlMs)}</Text>
      </Group>
      <Group justify="space-between">
        <Text fz="sm" c="dimmed">
          {t('column.remaining')}
        </Text>
        <RemainingTime {...lease} />
      </Group>
    </>
  );
}

/** What is deleted with it. */
function LeaseKeys({ lease: { keys, keyCount } }: { readonly lease: Lease }) {
  const { t } = useTranslation('leases');
  return (
    <Stack gap={4}>
      <Text fz="sm" c="dimmed">
        {t('goesWith', { count: keyCount })}
      </Text>
      {keys.map((key) => (
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
      {keyCount > keys.length && (
        <Text fz="xs" c="dimmed">
          {t('moreKeys', { count: keyCount - keys.length })}
        </Text>
      )}
    </Stack>
  );
}

function RevokeDialog(props: {
  readonly lease: Lease;
  readonly onRevoked: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('leases');
  const queries = useQueryClient();
  const { id, keyCount } = props.lease;
  return (
    <ConfirmDialog
      title={t('revoke.title')}
      verb={t('revoke.verb')}
      {...(keyCount > 0 && { typedName: id })}
      onClose={props.onClose}
      onConfirm={async () => {
        await revoke(id);
        props.onRevoked();
        await queries.invalidateQueries({ queryKey: ['leases'] });
      }}
    >
      <Text fz="sm">{t('revoke.reach', { count: keyCount })}</Text>
    </ConfirmDialog>
  );
}
