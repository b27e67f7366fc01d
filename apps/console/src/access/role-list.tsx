/** The roles, each with the ranges of keys that it lets its users read or write. */
import { ActionIcon, Badge, Button, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash, IconUserShield } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../widgets/confirm-dialog.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { Panel } from '../widgets/panel.tsx';
import {
  createRole,
  deleteRole,
  revokePermission,
  roleList,
  userList,
  type Permission,
  type Role,
} from './access-requests.ts';
import { GrantDialog } from './grant-dialog.tsx';
import { rangeOf } from './permission-range.ts';
import { RangeText } from './range-text.tsx';

type Action =
  | { readonly kind: 'create' }
  | { readonly kind: 'grant' | 'delete'; readonly role: Role }
  | { readonly kind: 'revoke'; readonly role: Role; readonly permission: Permission };

export function RoleList() {
  const { t } = useTranslation('access');
  const roles = useQuery(roleList());
  const [action, setAction] = useState<Action>();
  if (roles.isPending) return <Loading />;
  if (roles.isError) return <ErrorState error={roles.error} onRetry={() => void roles.refetch()} />;
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <Text fz="sm" c="dimmed" maw={640}>
          {t('roles.description')}
        </Text>
        <Button leftSection={<IconPlus size={14} />} onClick={() => setAction({ kind: 'create' })}>
          {t('roles.new')}
        </Button>
      </Group>
      {roles.data.items.length === 0 && (
        <Panel>
          <EmptyState icon={IconUserShield} title={t('roles.emptyTitle')}>
            {t('roles.empty')}
          </EmptyState>
        </Panel>
      )}
      {roles.data.items.map((role) => (
        <RolePanel key={role.name} role={role} onAction={setAction} />
      ))}
      {action !== undefined && <RoleAction action={action} onClose={() => setAction(undefined)} />}
    </Stack>
  );
}

function RolePanel({
  role,
  onAction,
}: {
  readonly role: Role;
  readonly onAction: (action: Action) => void;
}) {
  const { t } = useTranslation('access');
  const isRoot = role.name === 'root';
  return (
    <Panel
      isFlush
      title={role.name}
      aside={
        !isRoot && (
          <Group gap="xs">
            <Button
              variant="default"
              size="compact-xs"
              onClick={() => onAction({ kind: 'grant', role })}
            >
              {t('roles.grant')}
            </Button>
            <ActionIcon
              size="sm"
              aria-label={t('roles.deleteNamed', { name: role.name })}
              onClick={() => onAction({ kind: 'delete', role })}
            >
              <IconTrash size={14} />
            </ActionIcon>
          </Group>
        )
      }
    >
      {isRoot || role.permissions.length === 0 ? (
        <Text fz="sm" c="dimmed" p="md">
          {t(isRoot ? 'roles.root' : 'roles.noPermissions')}
        </Text>
      ) : (
        <Table verticalSpacing={8} horizontalSpacing="md" fz="sm">
          <Table.Tbody>
            {role.permissions.map((permission) => (
              <Table.Tr key={`${permission.key} ${permission.rangeEnd ?? ''}`}>
                <Table.Td w={130}>
                  <Badge color={permission.access === 'read' ? 'gray' : 'accent'}>
                    {t(`access.${permission.access}`)}
                  </Badge>
                </Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  <RangeText range={rangeOf(permission)} />
                </Table.Td>
                <Table.Td w={48} ta="right">
                  <ActionIcon
                    size="sm"
                    aria-label={t('roles.revoke')}
                    onClick={() => onAction({ kind: 'revoke', role, permission })}
                  >
                    <IconTrash size={14} />
                  </ActionIcon>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  );
}

function RoleAction({
  action,
  onClose,
}: {
  readonly action: Action;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('access');
  const queries = useQueryClient();
  const users = useQuery(userList());
  const [name, setName] = useState('');
  const refresh = () => queries.invalidateQueries({ queryKey: ['access'] });
  const usersWith = (role: string): number =>
    users.data?.items.filter(({ roles }) => roles.includes(role)).length ?? 0;
  switch (action.kind) {
    case 'create':
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
    case 'grant':
      return <GrantDialog role={action.role} onClose={onClose} />;
    case 'revoke':
      return (
        <ConfirmDialog
          title={t('roles.revokeTitle')}
          verb={t('roles.revoke')}
          onClose={onClose}
          onConfirm={async () => {
            const { key, rangeEnd, prefix } = action.permission;
            await revokePermission(
              action.role.name,
              prefix === undefined ? { key, rangeEnd } : { prefix },
            );
            await refresh();
          }}
        >
          <Text fz="sm" component="div">
            {t('roles.revokeReach', { name: action.role.name, count: usersWith(action.role.name) })}{' '}
            <RangeText range={rangeOf(action.permission)} />
          </Text>
        </ConfirmDialog>
      );
    case 'delete':
      return (
        <ConfirmDialog
          title={t('roles.deleteTitle', { name: action.role.name })}
          verb={t('roles.delete')}
          typedName={action.role.name}
          onClose={onClose}
          onConfirm={async () => {
            await deleteRole(action.role.name);
            await refresh();
          }}
        >
          <Text fz="sm">{t('roles.deleteReach', { count: usersWith(action.role.name) })}</Text>
        </ConfirmDialog>
      );
  }
}
