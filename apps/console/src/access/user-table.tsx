/** The users of the cluster, with their roles. */
import { ActionIcon, Badge, Button, Group, Menu, Text } from '@mantine/core';
import {
  IconDots,
  IconKey,
  IconPlus,
  IconTrash,
  IconUser,
  IconUserShield,
} from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session.ts';
import { ConfirmDialog } from '../widgets/confirm-dialog.tsx';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { Panel } from '../widgets/panel.tsx';
import { deleteUser, userList, type User } from './access-requests.ts';
import { NewUserDialog, PasswordDialog, RolesDialog } from './user-dialogs.tsx';

type Action = 'roles' | 'password' | 'delete';

export function UserTable() {
  const { t } = useTranslation('access');
  const queries = useQueryClient();
  const users = useQuery(userList());
  const [isCreating, setCreating] = useState(false);
  const [action, setAction] = useState<{ readonly kind: Action; readonly user: User }>();
  const close = () => setAction(undefined);
  const columns = useUserColumns((kind, user) => setAction({ kind, user }));
  if (users.isPending) return <Loading />;
  if (users.isError) return <ErrorState error={users.error} onRetry={() => void users.refetch()} />;
  return (
    <>
      <Panel
        isFlush
        title={t('users.tab')}
        aside={
          <Button leftSection={<IconPlus size={14} />} onClick={() => setCreating(true)}>
            {t('users.new')}
          </Button>
        }
      >
        <DataTable
          label={t('users.tab')}
          columns={columns}
          rows={users.data.items}
          rowId={({ name }) => name}
          onOpen={(user) => setAction({ kind: 'roles', user })}
          empty={
            <EmptyState icon={IconUser} title={t('users.emptyTitle')}>
              {t('users.empty')}
            </EmptyState>
          }
        />
      </Panel>
      {isCreating && <NewUserDialog onClose={() => setCreating(false)} />}
      {action?.kind === 'roles' && <RolesDialog user={action.user} onClose={close} />}
      {action?.kind === 'password' && <PasswordDialog user={action.user.name} onClose={close} />}
      {action?.kind === 'delete' && (
        <ConfirmDialog
          title={t('users.deleteTitle', { name: action.user.name })}
          verb={t('users.delete')}
          typedName={action.user.name}
          onClose={close}
          onConfirm={async () => {
            await deleteUser(action.user.name);
            await queries.invalidateQueries({ queryKey: ['access'] });
          }}
        >
          <Text fz="sm">{t('users.deleteReach', { name: action.user.name })}</Text>
        </ConfirmDialog>
      )}
    </>
  );
}

function useUserColumns(onChoose: (kind: Action, user: User) => void): readonly Column<User>[] {
  const { t } = useTranslation('access');
  const { actor } = useSession();
  return [
    {
      id: 'name',
      header: t('column.user'),
      width: 'minmax(140px, 1fr)',
      sortBy: ({ name }) => name,
      cell: ({ name }) => (
        <Group gap={6} wrap="nowrap">
          <Text span fz="sm" fw={550} truncate>
            {name}
          </Text>
          {name === actor?.name && <Badge variant="default">{t('users.you')}</Badge>}
        </Group>
      ),
    },
    {
      id: 'roles',
      header: t('column.roles'),
      width: 'minmax(160px, 2fr)',
      cell: ({ roles }) => (
        <Group gap={4} wrap="nowrap">
          {roles.length === 0 && (
            <Text span fz="sm" c="dimmed">
              {t('users.noRoles')}
            </Text>
          )}
          {roles.map((role) => (
            <Badge key={role} color={role === 'root' ? 'yellow' : 'accent'}>
              {role}
            </Badge>
          ))}
        </Group>
      ),
    },
    {
      id: 'actions',
      header: '',
      width: '32px',
      cell: (user) => <UserMenu user={user} onChoose={(kind) => onChoose(kind, user)} />,
    },
  ];
}

interface UserMenuProps {
  readonly user: User;
  readonly onChoose: (kind: Action) => void;
}

function UserMenu({ user, onChoose }: UserMenuProps) {
  const { t } = useTranslation('access');
  const { actor } = useSession();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="sm" aria-label={t('users.actions', { name: user.name })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconUserShield size={14} />} onClick={() => onChoose('roles')}>
          {t('users.roles')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKey size={14} />} onClick={() => onChoose('password')}>
          {t('users.password')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconTrash size={14} />}
          c="var(--bad)"
          disabled={user.name === actor?.name}
          onClick={() => onChoose('delete')}
        >
          {t('users.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
