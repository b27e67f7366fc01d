/** What can be done to a member; only administrators may. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowUpCircle, IconCrown, IconDots, IconStack2, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useIsAdministrator } from '../session/use-may.ts';
import { GuardedMenuItem } from '../widgets/guarded-menu-item.tsx';
import type { MemberStatus } from './cluster-status.ts';
import type { MemberAction } from './member-action-dialog.tsx';

export interface MemberMenuProps {
  readonly member: MemberStatus;
  readonly onChoose: (kind: MemberAction) => void;
}

export function MemberMenu({ member, onChoose }: MemberMenuProps) {
  const { t } = useTranslation('cluster');
  const guard = { isPermitted: useIsAdministrator(), takes: 'administrator' } as const;
  const { isLearner, isLeader, state, name, id } = member;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="sm" aria-label={t('actions', { name: name === '' ? id : name })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isLearner ? (
          <GuardedMenuItem
            {...guard}
            leftSection={<IconArrowUpCircle size={14} />}
            onClick={() => onChoose('promote')}
          >
            {t('promote.verb')}
          </GuardedMenuItem>
        ) : (
          <GuardedMenuItem
            {...guard}
            leftSection={<IconCrown size={14} />}
            disabled={isLeader || state !== 'healthy'}
            onClick={() => onChoose('lead')}
          >
            {t('lead.verb')}
          </GuardedMenuItem>
        )}
        <GuardedMenuItem
          {...guard}
          leftSection={<IconStack2 size={14} />}
          disabled={state !== 'healthy'}
          onClick={() => onChoose('defragment')}
        >
          {t('defragment.verb')}
        </GuardedMenuItem>
        <Menu.Divider />
        <GuardedMenuItem
          {...guard}
          leftSection={<IconTrash size={14} />}
          c="var(--bad)"
          onClick={() => onChoose('remove')}
        >
          {t('remove.verb')}
        </GuardedMenuItem>
      </Menu.Dropdown>
    </Menu>
  );
}
