/** The roles, each with the ranges of keys that it lets its users read or write. */
import { ActionIcon, Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconPlus, IconTrash, IconUserShield } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { Panel } from '../widgets/panel.tsx';
import { roleList, type Role } from './access-requests.ts';
import { rangeOf } from './permission-range.ts';
import { RangeText } from './range-text.tsx';
import { RoleActionDialog, type RoleAction } from './role-dialogs.tsx';

export function RoleList() {
  const { t } = useTranslation('access');
  const roles = useQuery(roleList());
  const [action, setAction] = useState<RoleAction>();
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
      {action !== undefined && (
        <RoleActionDialog action={action} onClose={() => setAction(undefined)} />
      )}
    </Stack>
  );
}

function RolePanel({
  role,
  onAction,
}: {
  readonly role: Role;
  readonly onAction: (action: RoleAction) => void;
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
