/** In which language the console speaks. */
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconCheck, IconLanguage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { languages, speak, spokenLanguage, type Language } from '../language/language.ts';

export function LanguageMenu() {
  const { t } = useTranslation('shell');
  const spoken = spokenLanguage();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label={t('language')}>
          <ActionIcon aria-label={t('language')} size="md">
            <IconLanguage size={17} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {Object.entries(languages).map(([language, name]) => (
          <Menu.Item
            key={language}
            lang={language}
            rightSection={language === spoken ? <IconCheck size={14} /> : undefined}
            onClick={() => void speak(language as Language)}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
