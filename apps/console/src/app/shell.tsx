/** The frame of every page: navigation at the left, the cluster and the person above, the page itself. */
import { AppShell, Box } from '@mantine/core';
import { useDisclosure, useWindowEvent } from '@mantine/hooks';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import { Loading } from '../widgets/loading.tsx';
import { Header } from './header.tsx';
import { isTyping } from './keyboard.ts';
import { Navigation } from './navigation.tsx';
import { Palette } from './palette.tsx';
import classes from './shell.module.css';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { StaleBanner } from './stale-banner.tsx';

export function Shell() {
  const { t } = useTranslation('shell');
  const [isMenuOpen, menu] = useDisclosure(false);
  const [areShortcutsShown, shortcuts] = useDisclosure(false);
  const { pathname } = useLocation();
  const { close } = menu;
  useEffect(close, [pathname, close]);
  useWindowEvent('keydown', ({ key, target }) => {
    if (key === '?' && !isTyping(target)) shortcuts.open();
  });
  return (
    <AppShell
      layout="alt"
      header={{ height: 48 }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !isMenuOpen } }}
      padding={0}
    >
      <a href="#content" className={classes.skip}>
        {t('skipToContent')}
      </a>
      <AppShell.Header className={classes.header}>
        <Header isMenuOpen={isMenuOpen} onMenu={menu.toggle} onShortcuts={shortcuts.open} />
      </AppShell.Header>
      <AppShell.Navbar className={classes.navigation}>
        <Navigation onClose={close} />
      </AppShell.Navbar>
      <AppShell.Main className={classes.main}>
        <StaleBanner />
        <Box id="content" className={classes.content} tabIndex={-1}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </Box>
      </AppShell.Main>
      <Palette />
      {areShortcutsShown && <ShortcutsDialog onClose={shortcuts.close} />}
    </AppShell>
  );
}
