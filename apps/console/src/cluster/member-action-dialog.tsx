/** Asks before something is done to a member, and says what it does to the cluster. */
import { Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../widgets/confirm-dialog.tsx';
import { defragment, moveLeader, promote, removeMember } from './cluster-requests.ts';
import type { MemberStatus } from './cluster-status.ts';
import { HealthWait } from './health-wait.tsx';
import { quorumWithout } from './quorum.ts';
import { useMembershipChange } from './use-membership-change.ts';
import { Notice } from '../widgets/notice.tsx';

export type MemberAction = 'promote' | 'lead' | 'defragment' | 'remove';

const doing: Readonly<Record<MemberAction, (id: string) => Promise<unknown>>> = {
  promote,
  lead: moveLeader,
  defragment,
  remove: removeMember,
};

export interface MemberActionDialogProps {
  readonly kind: MemberAction;
  readonly member: MemberStatus;
  readonly members: readonly MemberStatus[];
  readonly onClose: () => void;
}

export function MemberActionDialog({ kind, member, members, onClose }: MemberActionDialogProps) {
  const { t } = useTranslation('cluster');
  const queries = useQueryClient();
  const name = member.name === '' ? member.id : member.name;
  const change = useMembershipChange();
  const after = quorumWithout(members, member.id);
  return (
    <ConfirmDialog
      title={t(`${kind}.title`, { name })}
      verb={t(`${kind}.verb`)}
      isDestructive={kind === 'remove'}
      {...(kind === 'remove' && { typedName: name })}
      onClose={onClose}
      onConfirm={async () => {
        await change.make(() => doing[kind](member.id));
        await queries.invalidateQueries({ queryKey: ['cluster'] });
      }}
    >
      <Stack gap="sm">
        <Text fz="sm">{t(`${kind}.reach`, { name })}</Text>
        {kind === 'remove' && !member.isLearner && (
          <Notice tone={after.holds ? (after.spare === 0 ? 'warning' : 'quiet') : 'bad'}>
            {t(after.holds ? 'remove.quorumHolds' : 'remove.quorumLost', {
              needed: after.needed,
              left: after.left,
              spare: after.spare,
            })}
          </Notice>
        )}
        <HealthWait isWaiting={change.isWaiting} />
      </Stack>
    </ConfirmDialog>
  );
}
