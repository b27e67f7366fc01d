/** Everything by keyboard (Ctrl K or ⌘ K): pages, services by name, and what one does to the console itself. */
import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import {
  IconBook2,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSearch,
  IconSun,
  IconTopologyStar3,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { addressOf, requestOf } from '../api/gateway.ts';
import { languages, speak, spokenLanguage } from '../language/language.ts';
import { useSession, useSignOut } from '../session/session.ts';
import { pages } from './pages.ts';

/** Services that the palette offers at most. */
const SERVICES_MAX = 6;
const DEBOUNCE_MS = 150;
const ICON = { size: 17, stroke: 1.6 } as const;

export function Palette() {
  const { t } = useTranslation('shell');
  const [query, setQuery] = useState('');
  const services = useServicesNamed(query.trim());
  const groups: ActionGroup[] = [
    { group: t('palette.pages'), actions: usePageActions() },
    { group: t('palette.actions'), actions: useConsoleActions() },
  ];
  const found = groups
    .map(({ group, actions }) => ({
      group,
      actions: actions.filter(({ label, keywords = [] }) =>
        [label, ...keywords].some((word) =>
          word.toLowerCase().includes(query.trim().toLowerCase()),
        ),
      ),
    }))
    .concat({ group: t('palette.services'), actions: services })
    .filter(({ actions }) => actions.length > 0);
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      size="md"
      clearQueryOnClose
      centered={false}
      yOffset="14vh"
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        leftSection={<IconSearch size={17} stroke={1.7} />}
      />
      <Spotlight.ActionsList>
        {found.map(({ group, actions }) => (
          <Spotlight.ActionsGroup key={group} label={group}>
            {actions.map((action) => (
              <Spotlight.Action key={action.id} {...action} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {found.length === 0 && <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

interface Action extends Omit<SpotlightActionData, 'keywords' | 'label'> {
  readonly label: string;
  readonly keywords?: string[];
}

interface ActionGroup {
  readonly group: string;
  readonly actions: readonly Action[];
}

function usePageActions(): Action[] {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const { actor } = useSession();
  return pages
    .filter((page) => page.isForAdministrators !== true || actor?.isAdministrator === true)
    .map(({ path, name, icon: Mark }) => ({
      id: `page:${path}`,
      label: t(name),
      // Who reads Chinese may type the address's word.
      keywords: [path],
      leftSection: <Mark {...ICON} />,
      onClick: () => void navigate(`/${path}`),
    }));
}

function useConsoleActions(): Action[] {
  const { t } = useTranslation('shell');
  const { mode } = useSession();
  const signOut = useSignOut();
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  const other = spokenLanguage() === 'en' ? 'zh' : 'en';
  return [
    {
      id: 'scheme',
      label: t(isDark ? 'palette.toLight' : 'palette.toDark'),
      keywords: ['dark', 'light', 'theme'],
      leftSection: isDark ? <IconSun {...ICON} /> : <IconMoon {...ICON} />,
      onClick: () => setColorScheme(isDark ? 'light' : 'dark'),
    },
    {
      id: 'language',
      label: t('palette.speak', { language: languages[other] }),
      keywords: ['language', '语言', other],
      leftSection: <IconLanguage {...ICON} />,
      onClick: () => void speak(other),
    },
    {
      id: 'api',
      label: t('palette.api'),
      keywords: ['openapi', 'swagger', 'rest'],
      leftSection: <IconBook2 {...ICON} />,
      onClick: () => void window.open(addressOf('docs'), '_blank', 'noopener'),
    },
    ...(mode === 'development'
      ? []
      : [
          {
            id: 'sign-out',
            label: t('session.signOut'),
            leftSection: <IconLogout {...ICON} />,
            onClick: () => signOut.mutate(),
          },
        ]),
  ];
}

/** Asked of the gateway: ten thousand names need not be here. */
function useServicesNamed(query: string): Action[] {
  const navigate = useNavigate();
  const [words] = useDebouncedValue(query, DEBOUNCE_MS);
  const { data = [] } = useQuery({
    queryKey: ['palette-services', words],
    enabled: words !== '',
    queryFn: async () => {
      const search = new URLSearchParams({ search: words, limit: String(SERVICES_MAX) });
      const answer = await requestOf(`v1/services?${search.toString()}`);
      return ((await answer.json()) as { items: { name: string }[] }).items;
    },
  });
  if (query === '') return [];
  return data.map(({ name }) => ({
    id: `service:${name}`,
    label: name,
    leftSection: <IconTopologyStar3 {...ICON} />,
    onClick: () => void navigate(`/services/${encodeURIComponent(name)}`),
  }));
}
