/** Making a user, and changing what one may and how one signs in. */
import { MultiSelect, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../widgets/confirm-dialog.tsx';
import { changePassword, createUser, roleList, setRoles, type User } from './access-requests.ts';

/** As the gateway has it. */
const PASSWORD_LENGTH_MIN = 8;

export function NewUserDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('access');
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [roles, setNewRoles] = useState<string[]>([]);
  return (
    <ConfirmDialog
      title={t('users.new')}
      verb={t('users.create')}
      isDestructive={false}
      isBlocked={name.trim() === '' || (password !== '' && password.length < PASSWORD_LENGTH_MIN)}
      onClose={onClose}
      onConfirm={async () => {
        await createUser(name.trim(), password, roles);
        await queries.invalidateQueries({ queryKey: ['access'] });
      }}
    >
      <Stack gap="md">
        <TextInput
          data-autofocus
          label={t('column.user')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <PasswordField
          value={password}
          onChange={setPassword}
          description={t('users.passwordOptional')}
        />
        <RoleField value={roles} onChange={setNewRoles} />
      </Stack>
    </ConfirmDialog>
  );
}

export function RolesDialog({
  user,
  onClose,
}: {
  readonly user: User;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('access');
  const queries = useQueryClient();
  const [roles, setWanted] = useState<string[]>(user.roles);
  return (
    <ConfirmDialog
      title={t('users.rolesTitle', { name: user.name })}
      verb={t('users.saveRoles')}
      isDestructive={false}
      onClose={onClose}
      onConfirm={async () => {
        await setRoles(user, roles);
        await queries.invalidateQueries({ queryKey: ['access'] });
      }}
    >
      <Stack gap="sm">
        <RoleField value={roles} onChange={setWanted} />
        <Text fz="xs" c="dimmed">
          {t('users.rolesReach')}
        </Text>
      </Stack>
    </ConfirmDialog>
  );
}

export function PasswordDialog({
  user,
  onClose,
}: {
  readonly user: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('access');
  const [password, setPassword] = useState('');
  return (
    <ConfirmDialog
      title={t('users.passwordTitle', { name: user })}
      verb={t('users.savePassword')}
      isDestructive={false}
      isBlocked={password.length < PASSWORD_LENGTH_MIN}
      onClose={onClose}
      onConfirm={() => changePassword(user, password)}
    >
      <Stack gap="sm">
        <PasswordField
          value={password}
          onChange={setPassword}
          description={t('users.passwordReach')}
        />
      </Stack>
    </ConfirmDialog>
  );
}

function PasswordField(props: {
  readonly value: string;
  readonly description: string;
  readonly onChange: (password: string) => void;
}) {
  const { t } = useTranslation('access');
  const isShort = props.value !== '' && props.value.length < PASSWORD_LENGTH_MIN;
  return (
    <PasswordInput
      label={t('users.passwordField')}
      description={props.description}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      error={isShort && t('users.passwordShort', { count: PASSWORD_LENGTH_MIN })}
      autoComplete="new-password"
    />
  );
}

function RoleField(props: {
  readonly value: string[];
  readonly onChange: (roles: string[]) => void;
}) {
  const { t } = useTranslation('access');
  const roles = useQuery(roleList());
  const names = new Set([
    'root',
    ...(roles.data?.items.map(({ name }) => name) ?? []),
    ...props.value,
  ]);
  return (
    <MultiSelect
      label={t('column.roles')}
      data={[...names]}
      value={props.value}
      onChange={props.onChange}
      searchable
      hidePickedOptions
      size="sm"
    />
  );
}
