/** Light, dark, or what the machine says. */
import { ActionIcon, Menu, Tooltip, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

const schemes = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop } as const;
const order = ['light', 'dark', 'auto'] as const;

export function ColourSchemeMenu() {
  const { t } = useTranslation('shell');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = schemes[colorScheme];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label={t('colourScheme.name')}>
          <ActionIcon aria-label={t('colourScheme.name')} size="md">
            <Current size={17} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {order.map((scheme) => {
          const Mark = schemes[scheme];
          return (
            <Menu.Item
              key={scheme}
              leftSection={<Mark size={15} />}
              rightSection={scheme === colorScheme ? <IconCheck size={14} /> : undefined}
              onClick={() => setColorScheme(scheme)}
            >
              {t(`colourScheme.${scheme}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
