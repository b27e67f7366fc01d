/** What can be decided about an instance, at the end of its row. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { GuardedMenuItem } from '../widgets/guarded-menu-item.tsx';
import type { DecisionKind } from './decision-dialog.tsx';
import { useInstanceActions } from './instance-actions.ts';
import type { Instance } from './service-queries.ts';

export interface InstanceMenuProps {
  readonly instance: Instance;
  readonly onDecide: (kind: DecisionKind, id: string) => void;
}

export function InstanceMenu(props: InstanceMenuProps) {
  const { t } = useTranslation('services');
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon size="sm" aria-label={t('instance.actions', { id: props.instance.id })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <InstanceMenuItems {...props} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Apart from the menu, so that what one may is asked for when it is opened: not for each row. */
function InstanceMenuItems({ instance, onDecide }: InstanceMenuProps) {
  return useInstanceActions(instance).map(({ kind, label, isPermitted }) => (
    <Fragment key={kind}>
      {kind === 'deregister' && <Menu.Divider />}
      <GuardedMenuItem
        isPermitted={isPermitted}
        {...(kind === 'deregister' && { c: 'var(--bad)' })}
        onClick={() => onDecide(kind, instance.id)}
      >
        {label}…
      </GuardedMenuItem>
    </Fragment>
  ));
}
