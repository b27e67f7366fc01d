/** Dialogs that make a role, grant and take ranges, and delete it; each says how many users feel it. */
import { Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../widgets/confirm-dialog.tsx';
import {
  createRole,
  deleteRole,
  revokePermission,
  userList,
  type Permission,
  type Role,
} from './access-requests.ts';
import { GrantDialog } from './grant-dialog.tsx';
import { rangeOf } from './permission-range.ts';
import { RangeText } from './range-text.tsx';

export type RoleAction =
  | { readonly kind: 'create' }
  | { readonly kind: 'grant' | 'delete'; readonly role: Role }
  | { readonly kind: 'revoke'; readonly role: Role; readonly permission: Permission };

interface Closing {
  readonly onClose: () => void;
}

export function RoleActionDialog({ action, onClose }: Closing & { readonly action: RoleAction }) {
  switch (action.kind) {
    case 'create':
      return <NewRoleDialog onClose={onClose} />;
    case 'grant':
      return <GrantDialog role={action.role} onClose={onClose} />;
    case 'revoke':
      return <RevokeDialog {...action} onClose={onClose} />;
    case 'delete':
      return <DeleteRoleDialog role={action.role} onClose={onClose} />;
  }
}

function useRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['access'] });
}

/** How many users have the role; none while it is not known. */
function useUserCount(role: Role): number {
  const users = useQuery(userList());
  return users.data?.items.filter(({ roles }) => roles.includes(role.name)).length ?? 0;
}

function NewRoleDialog({ onClose }: Closing) {
  const { t } = useTranslation('access');
  const refresh = useRefresh();
  const [name, setName] = useState('');
  return (
    <ConfirmDialog
      title={t('roles.new')}
      verb={t('roles.create')}
      isDestructive={false}
      isBlocked={name.trim() === ''}
      onClose={onClose}
      onConfirm={async () => {
        await createRole(name.trim());
        await refresh();
      }}
    >
      <TextInput
        data-autofocus
        label={t('column.role')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        autoComplete="off"
      />
    </ConfirmDialog>
  );
}

interface RevokeDialogProps extends Closing {
  readonly role: Role;
  readonly permission: Permission;
}

function RevokeDialog({ role, permission, onClose }: RevokeDialogProps) {
  const { t } = useTranslation('access');
  const refresh = useRefresh();
  const { key, rangeEnd, prefix } = permission;
  return (
    <ConfirmDialog
      title={t('roles.revokeTitle')}
      verb={t('roles.revoke')}
      onClose={onClose}
      onConfirm={async () => {
        await revokePermission(role.name, prefix === undefined ? { key, rangeEnd } : { prefix });
        await refresh();
      }}
    >
      <Text fz="sm" component="div">
        {t('roles.revokeReach', { name: role.name, count: useUserCount(role) })}{' '}
        <RangeText range={rangeOf(permission)} />
      </Text>
    </ConfirmDialog>
  );
}

function DeleteRoleDialog({ role, onClose }: Closing & { readonly role: Role }) {
  const { t } = useTranslation('access');
  const refresh = useRefresh();
  return (
    <ConfirmDialog
      title={t('roles.deleteTitle', { name: role.name })}
      verb={t('roles.delete')}
      typedName={role.name}
      onClose={onClose}
      onConfirm={async () => {
        await deleteRole(role.name);
        await refresh();
      }}
    >
      <Text fz="sm">{t('roles.deleteReach', { count: useUserCount(role) })}</Text>
    </ConfirmDialog>
  );
}
