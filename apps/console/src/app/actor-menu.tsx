/** Who is signed in, as what, and the way out. */
import { Avatar, Badge, Group, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession, useSignOut } from '../session/session.ts';

export function ActorMenu() {
  const { t } = useTranslation('shell');
  const { mode, actor } = useSession();
  const signOut = useSignOut();
  if (actor === undefined) return null;
  return (
    <>
      {mode === 'development' && (
        <Badge bg="var(--warning-soft)" c="var(--warning)" visibleFrom="md" mr={4}>
          {t('session.development')}
        </Badge>
      )}
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <UnstyledButton aria-label={t('session.actorMenu', { name: actor.name })}>
            <Group gap={8} wrap="nowrap">
              <Avatar size={28} radius="xl" color="accent" alt="" />
              <Text fz="sm" fw={500} maw={140} truncate visibleFrom="lg">
                {actor.name}
              </Text>
            </Group>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <Text fz="sm" fw={600} c="var(--text)" truncate>
              {actor.name}
            </Text>
            <Text fz="xs" c="dimmed">
              {t(`session.via.${actor.via}`)} ·{' '}
              {t(actor.isAdministrator ? 'session.administrator' : 'session.user')}
            </Text>
          </Menu.Label>
          {mode === 'development' && (
            <Text fz="xs" c="dimmed" px="sm" pb={6} maw={230}>
              {t('session.developmentExplanation')}
            </Text>
          )}
          {mode !== 'development' && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => signOut.mutate()}>
                {t('session.signOut')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
