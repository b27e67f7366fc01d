/** Which cluster this is and how it is, the way to everything by keyboard, and the person's own settings. */
import { ActionIcon, Burger, Group, Kbd, Tooltip, UnstyledButton } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { IconKeyboard, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ActorMenu } from './actor-menu.tsx';
import { ClusterMark } from './cluster-mark.tsx';
import { ColourSchemeMenu } from './colour-scheme-menu.tsx';
import classes from './header.module.css';
import { MOD } from './keyboard.ts';
import { LanguageMenu } from './language-menu.tsx';

export interface HeaderProps {
  readonly isMenuOpen: boolean;
  readonly onMenu: () => void;
  readonly onShortcuts: () => void;
}

export function Header({ isMenuOpen, onMenu, onShortcuts }: HeaderProps) {
  const { t } = useTranslation('shell');
  return (
    <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
      <Group gap="sm" wrap="nowrap" miw={0}>
        <Burger
          opened={isMenuOpen}
          onClick={onMenu}
          hiddenFrom="sm"
          size="sm"
          aria-label={t('navigation')}
          aria-expanded={isMenuOpen}
        />
        <ClusterMark />
      </Group>
      <Group gap={6} wrap="nowrap">
        <UnstyledButton className={classes.search} onClick={spotlight.open} visibleFrom="sm">
          <IconSearch size={14} aria-hidden />
          <span>{t('palette.open')}</span>
          <Kbd size="xs">{`${MOD} K`}</Kbd>
        </UnstyledButton>
        <Tooltip label={t('palette.open')}>
          <ActionIcon hiddenFrom="sm" onClick={spotlight.open} aria-label={t('palette.open')}>
            <IconSearch size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('shortcuts.title')}>
          <ActionIcon
            visibleFrom="sm"
            size="md"
            onClick={onShortcuts}
            aria-label={t('shortcuts.title')}
          >
            <IconKeyboard size={17} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        <LanguageMenu />
        <ColourSchemeMenu />
        <ActorMenu />
      </Group>
    </Group>
  );
}
